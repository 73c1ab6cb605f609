"""The parts of the law file fit together: time is covered once, and every code is something's."""

from copy import deepcopy
from datetime import date

import pytest
from pydantic import ValidationError

from crisis.model.fault import faults
from crisis.model.law import Law


def first_rule(data):
    return data["rules"][0]


def dated(data, rule_id):
    return next(rule for rule in data["rules"] if rule["id"] == rule_id)


TOO_EARLY, TOO_LATE = date(2026, 6, 30), date(2026, 7, 15)


@pytest.mark.parametrize(
    ("rule", "begins", "said"),
    [
        ("reply_forwarded_opinion", TOO_EARLY, "holds from 30 June 2026 while “"),
        ("reply_forwarded_opinion", TOO_LATE, "in force from 1 July 2026 to 14 July 2026"),
        ("initial_statement_major_event", TOO_EARLY, "holds from 30 June 2026 while “"),
        ("initial_statement_major_event", TOO_LATE, None),  # the other new one covers the days
    ],
)
def test_rules_that_replace_one_another_leave_no_gap_and_do_not_overlap(
    rule, begins, said, law_data
):
    changed = deepcopy(law_data)
    dated(changed, rule)["valid_from"] = begins
    if said is None:
        assert Law.model_validate(changed)
        return
    with pytest.raises(ValidationError) as refused:
        Law.model_validate(changed)
    (found,) = faults(refused.value)
    assert said in found.sentence.en
    number = [one["id"] for one in changed["rules"]].index(rule)
    assert found.at == ("rules", number, "valid_from")


@pytest.mark.parametrize("until", [date(2026, 7, 30), None])
def test_a_rule_that_another_instrument_replaced_does_not_hold_beside_it(until, law_data):
    """Though the old rule counts from the event, and the new ones from other facts."""
    changed = deepcopy(law_data)
    dated(changed, "initial_statement_old")["valid_to"] = until
    with pytest.raises(ValidationError) as refused:
        Law.model_validate(changed)
    ids = [one["id"] for one in changed["rules"]]
    found = [(ids[one.at[1]], one.sentence.en) for one in faults(refused.value)]
    assert [rule for rule, _ in found] == [
        "initial_statement_major_event",
        "initial_statement_divided_opinion",
    ]
    assert all("holds from 1 July 2026 while “Initial statement (" in told for _, told in found)


def test_a_fault_of_time_names_both_rules_as_a_legal_officer_cites_them(law_data):
    changed = deepcopy(law_data)
    dated(changed, "reply_forwarded_opinion")["valid_from"] = TOO_EARLY
    with pytest.raises(ValidationError) as refused:
        Law.model_validate(changed)
    (found,) = faults(refused.value)
    assert found.sentence.vi == (
        "“Thông báo biện pháp giải quyết ý kiến, kiến nghị, phản ánh, phê bình do báo chí chuyển "
        "đến” (khoản 3 Điều 18 Nghị định 237/2026/NĐ-CP) có hiệu lực từ 30/06/2026, trong khi "
        "“Thông báo biện pháp giải quyết (quy định cũ, gồm cả khiếu nại, tố cáo)” (khoản 2 Điều 39 "
        "Luật Báo chí 103/2016/QH13) còn hiệu lực đến hết 30/06/2026: hai nội dung này thay thế "
        "nhau nên không được cùng hiệu lực."
    )
    assert "reply_forwarded" not in found.sentence.vi + found.sentence.en


def test_a_rule_without_end_stands_in_the_way_of_the_next(law_data):
    changed = deepcopy(law_data)
    del dated(changed, "reply_forwarded_opinion_old")["valid_to"]
    with pytest.raises(ValidationError, match="has no last day"):
        Law.model_validate(changed)


@pytest.mark.parametrize(
    ("begins", "said"),
    [
        (TOO_EARLY, "Decree 244/2026/NĐ-CP holds from 30 June 2026 while Decree 09/2017/NĐ-CP"),
        (TOO_LATE, "from 1 July 2026 to 14 July 2026: Decree 09/2017/NĐ-CP has ended"),
    ],
)
def test_the_instruments_of_a_topic_follow_one_another_too(begins, said, law_data):
    changed = deepcopy(law_data)
    changed["regimes"][1]["valid_from"] = begins
    with pytest.raises(ValidationError, match=said):
        Law.model_validate(changed)


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (
            lambda d: first_rule(d).update(sources=[{"ref": "ND9"}]),
            ("rules", 0, "sources", 0, "ref"),
        ),
        (lambda d: d["regimes"][2].update(instruments=["ND9"]), ("regimes", 2, "instruments", 0)),
        (
            lambda d: d["internal"].update(sources=[{"ref": "ND9"}]),
            ("internal", "sources", 0, "ref"),
        ),
        (lambda d: d["rules"][4].update(id=d["rules"][1]["id"]), ("rules", 4, "id")),
    ],
)
def test_a_code_that_nothing_has_and_an_id_used_twice_are_told_with_their_place(
    change, at, law_data
):
    changed = deepcopy(law_data)
    change(changed)
    with pytest.raises(ValidationError) as refused:
        Law.model_validate(changed)
    assert [one.at for one in faults(refused.value)] == [at]
