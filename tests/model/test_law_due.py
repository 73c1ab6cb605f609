"""When the rules of law fall due, on both sides of 1/7/2026, worked out by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crisis.model.citation import Confidence, RuleKind
from crisis.model.deadline import DeadlineState, Kind
from crisis.model.errors import BadInput, NotFound
from crisis.model.law_due import law_due, legal_dues
from crisis.model.law_rule import StartingFact

DUE = [
    # rule, from, due
    ("initial_statement_old", "Sun 2025-10-19 09:00", "Mon 2025-10-20 09:00"),
    ("initial_statement_old", "Tue 2026-06-30 23:59", "Wed 2026-07-01 23:59"),
    ("initial_statement", "Tue 2026-06-30 23:59", "Wed 2026-07-01 23:59"),
    ("initial_statement_major_event", "Wed 2026-07-01 00:00", "Thu 2026-07-02 00:00"),
    ("initial_statement_divided_opinion", "Sat 2026-08-29 20:15", "Sun 2026-08-30 20:15"),
    ("spokesperson_contact_publish", "Mon 2026-11-23 16:00", "Tue 2026-11-24 16:00"),
    ("delegation_publish_old", "Fri 2024-02-09 22:00", "Sat 2024-02-10 10:00"),
    ("reply_in_press", "Mon 2026-11-23 16:00", "Wed 2026-12-23 24:00"),
    ("reply_in_press", "Thu 2026-12-03 16:00", "Mon 2027-01-04 24:00"),  # 2/1 is a Saturday
    ("reply_forwarded_opinion_old", "Tue 2026-06-30 10:00", "Thu 2026-07-30 24:00"),
    ("reply_forwarded_opinion", "Tue 2026-06-30 10:00", "Thu 2026-07-30 24:00"),
    ("reply_forwarded_opinion", "Wed 2026-07-01 10:00", "Wed 2026-07-22 24:00"),
    ("reply_forwarded_opinion", "Tue 2026-11-10 10:00", "Wed 2026-12-02 24:00"),
    ("complaint_conclusion_to_press", "Fri 2026-08-14 10:00", "Fri 2026-08-21 24:00"),
    ("outlet_answers_agency", "Fri 2026-08-21 10:00", "Tue 2026-09-15 24:00"),
    ("outlet_correction_online", "Sun 2026-03-08 10:00", "Sun 2026-03-08 10:00"),
    ("outlet_correction_print_broadcast", "Thu 2026-03-05 10:00", "Mon 2026-03-09 24:00"),
    ("press_conference_notice", "Mon 2026-09-07 09:00", "Sun 2026-09-06 09:00"),
    ("press_conference_refusal", "Mon 2026-09-07 09:00", "Sun 2026-09-06 21:00"),
    ("outgoing_doc_issue", "Fri 2026-02-13 16:00", "Mon 2026-02-23 24:00"),
    ("dsr_acknowledge", "Mon 2026-11-23 16:00", "Thu 2026-11-26 24:00"),
    ("data_breach_notice", "Fri 2026-08-28 16:00", "Mon 2026-08-31 16:00"),
    ("ati_online_simple", "Fri 2026-08-28 10:00", "Mon 2026-09-07 24:00"),
    ("ati_fix_own_public_error", "Fri 2026-08-14 10:00", "Thu 2026-09-03 24:00"),
    ("internal_regulation", "Mon 2026-11-23 10:00", "Mon 2026-08-17 24:00"),  # fixed start
    ("annual_report", "Mon 2026-11-23 10:00", "Sat 2026-12-19 24:00"),  # before 20 December
    ("annual_report", "Sun 2026-12-20 00:00", "Sat 2026-12-19 24:00"),  # at the last moment
    ("annual_report", "Sun 2026-12-20 00:01", "Sun 2027-12-19 24:00"),  # next year's
    ("periodic_information", "Fri 2026-07-10 10:00", "Fri 2026-07-31 24:00"),
    ("periodic_information", "Thu 2026-12-31 23:59", "Thu 2026-12-31 24:00"),
    ("periodic_press_conference", "Wed 2026-07-15 10:00", "Thu 2026-10-15 24:00"),
    ("na_verify_press", "Sun 2025-10-19 09:00", "Fri 2025-10-24 24:00"),
    ("na_report_press_true", "Sun 2025-10-19 09:00", "Mon 2025-11-10 24:00"),  # 8/11 Saturday
]


@pytest.mark.parametrize(("rule", "start", "due"), DUE)
def test_a_rule_of_law_falls_due(rule, start, due, law, office, hanoi):
    assert law_due(law, office, rule, hanoi(start)).due_at == hanoi(due)


def test_every_rule_has_a_due_time_on_its_first_day(law, office):
    for rule in law.rules:
        start = max(office.midnight(rule.valid_from), office.table.midnights[0])
        answer = law_due(law, office, rule.id, start)
        assert answer.rule == rule.id
        assert answer.title == rule.title
        assert answer.source.vi


def test_the_answer_names_its_source_and_how_sure_the_office_is(law, office, hanoi):
    answer = law_due(law, office, "press_conference_notice", hanoi("Mon 2026-09-07 09:00"))
    assert answer.source.vi == "khoản 3-4 Điều 22 Nghị định 237/2026/NĐ-CP"
    assert answer.confidence is Confidence.MEDIUM
    assert answer.starts_at == hanoi("Mon 2026-09-07 09:00")


def test_a_duty_of_the_calendar_names_the_period_it_is_about(law, office, hanoi):
    report = law_due(law, office, "annual_report", hanoi("Mon 2026-11-23 10:00"))
    assert report.starts_at == hanoi("Mon 2025-12-15 00:00")
    monthly = law_due(law, office, "periodic_information", hanoi("Fri 2026-07-10 10:00"))
    assert monthly.starts_at == hanoi("Wed 2026-07-01 00:00")
    fixed = law_due(law, office, "internal_regulation", hanoi("Mon 2026-11-23 10:00"))
    assert fixed.starts_at == hanoi("Wed 2026-07-01 00:00")


def test_a_rule_that_borrows_answers_for_each_case_and_shows_the_strictest(law, office, hanoi):
    start = hanoi("Fri 2026-08-14 10:00")
    answer = law_due(law, office, "outlet_publishes_feedback", start)
    assert answer.rule == "outlet_publishes_feedback"
    assert answer.due_at == start
    assert {case.rule: case.due_at for case in answer.cases} == {
        "outlet_correction_online": start,
        "outlet_correction_print_broadcast": hanoi("Mon 2026-08-17 24:00"),
    }
    assert "Điều 21" in answer.source.vi


@pytest.mark.parametrize(
    ("rule", "start", "asked"),
    [
        ("reply_in_press", "Mon 2026-11-23 16:00", False),
        ("reply_in_press", "Thu 2026-12-03 16:00", True),  # due in 2027, not yet published
        ("initial_statement_major_event", "Mon 2027-02-08 10:00", False),  # clock hours
    ],
)
def test_a_due_time_in_an_unpublished_year_is_marked_as_a_question(
    rule, start, asked, law, office, hanoi
):
    assert (law_due(law, office, rule, hanoi(start)).question is not None) is asked


def test_a_rule_outside_its_time_has_no_due_time(law, office, hanoi):
    with pytest.raises(NotFound):
        law_due(law, office, "initial_statement_old", hanoi("Wed 2026-07-01 00:00"))
    with pytest.raises(NotFound):
        law_due(law, office, "reply_in_press", hanoi("Tue 2026-06-30 23:59"))


def test_an_instant_without_a_time_zone_is_refused(law, office, hanoi):
    with pytest.raises(BadInput) as refused:
        law_due(law, office, "reply_in_press", hanoi("Mon 2026-11-23 16:00").replace(tzinfo=None))
    assert refused.value.field == "from"


def test_recorded_facts_start_the_clocks_of_the_law_of_their_own_day(law, office, hanoi):
    facts = {
        StartingFact.EVENT_OCCURRED: hanoi("Tue 2026-06-30 23:00"),
        StartingFact.AGENCY_RECEIVED_AND_HANDLING: hanoi("Wed 2026-07-01 08:00"),
        StartingFact.REPORT_PUBLISHED: hanoi("Wed 2026-07-01 07:00"),
    }
    started = legal_dues(law, office, facts)
    assert {due.rule: (due.fact, due.due_at) for due in started} == {
        "initial_statement_old": (
            StartingFact.EVENT_OCCURRED,
            hanoi("Wed 2026-07-01 23:00"),
        ),
        "initial_statement_major_event": (
            StartingFact.AGENCY_RECEIVED_AND_HANDLING,
            hanoi("Thu 2026-07-02 08:00"),
        ),
    }


@pytest.mark.parametrize(
    ("fact", "start"),
    [
        (StartingFact.EVENT_OCCURRED, "Wed 2026-07-01 08:00"),
        (StartingFact.AGENCY_RECEIVED_AND_HANDLING, "Tue 2026-06-30 08:00"),
        (StartingFact.AGENCY_DETERMINED_PUBLIC_IMPACT, "Tue 2026-06-30 08:00"),
    ],
)
def test_a_fact_starts_no_clock_under_a_law_that_does_not_count_from_it(
    fact, start, law, office, hanoi
):
    assert legal_dues(law, office, {fact: hanoi(start)}) == ()


def test_a_due_time_becomes_a_running_deadline(law, office, hanoi):
    start = hanoi("Fri 2026-08-14 10:00")
    legal = law_due(law, office, "reply_in_press", start).deadline()
    assert legal.kind is Kind.LAW
    assert legal.state(start) is DeadlineState.RUNNING
    assert legal.state(legal.due_at + timedelta(seconds=1)) is DeadlineState.MISSED
    precedent = law_due(law, office, "na_verify_press", start)
    assert precedent.deadline().kind is Kind.INTERNAL
    assert replace(precedent, kind=RuleKind.LAW).deadline().kind is Kind.LAW


def test_the_internal_targets_of_the_file_are_in_order(law):
    for steps in law.internal.steps.values():
        hours = [limit.span for step, limit in steps.items() if step != "next_update_every"]
        assert hours == sorted(hours)
