"""What a press request starts by law, where refusals stand in it, and what ends a request."""

from datetime import date

import pytest
from pydantic import ValidationError

from crisis.model.limit import Limit, Unit
from crisis.model.press_request import (
    AT_CONCLUSION,
    AT_RECEIPT,
    KIND_WORDS,
    STATUS_WORDS,
    RequestIn,
    RequestKind,
    RequestStatus,
    check_form,
    check_open,
    legal_rules,
    refusal_basis,
    why_no_limit,
)

LAST_OLD, FIRST_NEW = date(2026, 6, 30), date(2026, 7, 1)
FORWARDED = AT_RECEIPT[RequestKind.FORWARDED_OPINION]


@pytest.mark.parametrize(
    ("start", "on", "rules"),
    [
        (FORWARDED, LAST_OLD, ["reply_forwarded_opinion_old"]),
        (FORWARDED, FIRST_NEW, ["reply_forwarded_opinion"]),
        (AT_RECEIPT[RequestKind.REPLY_IN_PRESS], FIRST_NEW, ["reply_in_press"]),
        (AT_CONCLUSION, FIRST_NEW, ["complaint_conclusion_to_press"]),
        (AT_CONCLUSION, LAST_OLD, []),
        (AT_RECEIPT.get(RequestKind.QUESTION), FIRST_NEW, []),  # no number of hours in the law
    ],
)
def test_each_kind_has_the_limit_of_the_day_of_its_fact(start, on, rules, law):
    assert [rule.id for rule in legal_rules(law, start, on)] == rules


@pytest.mark.parametrize(
    ("on", "cited"),
    [
        (LAST_OLD, "khoản 2 Điều 38 Luật Báo chí 103/2016"),
        (FIRST_NEW, "khoản 2 Điều 31 Luật Báo chí 126/2025"),
    ],
)
def test_grounds_of_refusal_are_cited_from_the_press_law_in_force(on, cited, law):
    assert refusal_basis(law, on).vi.startswith(cited)


@pytest.mark.parametrize(
    ("form", "kind_of_rule", "refused_by"),
    [
        ("briefing", "reply_forwarded_opinion", "reply_forwarded_opinion"),
        ("press_release_or_email", "reply_forwarded_opinion", None),
        ("briefing", "reply_in_press", None),
    ],
)
def test_only_what_the_law_wants_in_writing_is_not_answered_by_word_of_mouth(
    form, kind_of_rule, refused_by, law, refused
):
    rules = [rule for rule in law.rules if rule.id == kind_of_rule]
    assert refused(check_form, form, rules) == refused_by


def test_a_request_is_settled_once(refused):
    assert refused(check_open, RequestStatus.OPEN) is None
    assert refused(check_open, RequestStatus.ANSWERED) == "request"
    assert refused(check_open, RequestStatus.REFUSED) == "request"


def test_every_kind_and_status_has_its_words():
    assert set(KIND_WORDS) == set(RequestKind)
    assert set(STATUS_WORDS) == set(RequestStatus)


def test_a_request_names_an_outlet_and_no_person():
    told = {
        "kind": "question",
        "outlet": "Báo Ví Dụ",
        "subject": "Sân trường",
        "received_at": "2026-08-03T09:00",
    }
    assert RequestIn.model_validate(told).email is None
    with pytest.raises(ValidationError):
        RequestIn.model_validate(told | {"journalist": "Một người"})


@pytest.mark.parametrize(
    ("kind", "on", "says"),
    [
        (RequestKind.QUESTION, FIRST_NEW, "no number of hours"),
        (RequestKind.QUESTION, LAST_OLD, "not in the data"),
        (RequestKind.REPLY_IN_PRESS, LAST_OLD, "not in the data"),
        (RequestKind.COMPLAINT, LAST_OLD, "not in the data"),
        (RequestKind.COMPLAINT, FIRST_NEW, "5 working days"),
    ],
)
def test_why_no_legal_clock_runs_is_told_as_it_is(kind, on, says, law):
    assert says in why_no_limit(law, kind, on).en


def test_a_limit_of_one_working_day_is_told_in_the_singular(law):
    one_day = Limit(value=1, unit=Unit.WORKING_DAY)
    rules = tuple(
        rule.model_copy(update={"limit": one_day})
        if rule.purpose == AT_CONCLUSION.purpose
        else rule
        for rule in law.rules
    )
    short = law.model_copy(update={"rules": rules})
    assert "limit of 1 working day runs" in why_no_limit(short, RequestKind.COMPLAINT, FIRST_NEW).en
