"""Which limits a person can start, and which rule the day of the fact picks."""

from datetime import date

import pytest

from crisis.model.errors import BadInput, NotFound
from crisis.model.startable import startable, started_by

OLD_DAY, NEW_DAY = date(2026, 6, 30), date(2026, 7, 1)


def test_every_limit_with_a_starting_fact_is_offered_once(law):
    offered = [one.value for one in startable(law, ())]
    assert len(set(offered)) == len(offered)
    purposes = {rule.purpose for rule in law.rules if rule.starts_at is not None}
    assert purposes <= set(offered)
    assert "outlet_publishes_feedback/outlet_correction_online" in offered
    assert not {"periodic_information", "annual_report", "internal_regulation"} & set(offered)


def test_what_is_recorded_elsewhere_is_not_offered_and_waiting_is_told_apart(law):
    offered = {one.value: one for one in startable(law, {"initial_statement"})}
    assert "initial_statement" not in offered
    assert offered["outlet_answers_agency"].waits
    assert not offered["complaint_conclusion_to_press"].waits


def test_what_ended_before_the_facts_is_not_offered_and_what_replaced_it_is(law):
    ended = {"delegation_publish", "ati_publish_default"}
    assert "delegation_publish" in {one.value for one in startable(law, (), OLD_DAY)}
    offered = {one.value for one in startable(law, (), date(2026, 9, 1))}
    assert not ended & offered
    assert "reply_forwarded_opinion" in offered


@pytest.mark.parametrize(
    ("value", "on", "rule", "by"),
    [
        ("reply_forwarded_opinion", OLD_DAY, "reply_forwarded_opinion_old", None),
        ("reply_forwarded_opinion", NEW_DAY, "reply_forwarded_opinion", None),
        ("delegation_publish", OLD_DAY, "delegation_publish_old", None),
        (
            "outlet_publishes_feedback/outlet_correction_print_broadcast",
            NEW_DAY,
            "outlet_publishes_feedback",
            "outlet_correction_print_broadcast",
        ),
    ],
)
def test_the_day_of_the_fact_picks_the_rule(value, on, rule, by, law):
    found = started_by(law, value, on)
    assert (found.rule.id, found.counts_by.id) == (rule, by or rule)


@pytest.mark.parametrize(
    ("value", "on", "error"),
    [
        ("delegation_publish", NEW_DAY, NotFound),
        ("ati_publish_default", date(2026, 9, 1), NotFound),
        ("no_such_rule", NEW_DAY, NotFound),
        ("outlet_publishes_feedback", NEW_DAY, BadInput),  # which case?
        ("outlet_publishes_feedback/annual_report", NEW_DAY, BadInput),
        ("outlet_answers_agency/outlet_correction_online", NEW_DAY, BadInput),
        ("annual_report", NEW_DAY, BadInput),
    ],
)
def test_what_no_fact_of_that_day_starts_is_refused(value, on, error, law):
    with pytest.raises(error):
        started_by(law, value, on)
