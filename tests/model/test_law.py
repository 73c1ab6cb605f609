"""The law file: what it may say, and which rule is in force on a day."""

from copy import deepcopy
from datetime import date

import pytest
from pydantic import ValidationError

from crisis.model.citation import Provision, RuleKind
from crisis.model.errors import BadInput, NotFound
from crisis.model.law import Law, rules_in_force
from crisis.model.law_rule import LawRule
from crisis.model.refusal_ground import RefusalGround
from crisis.model.rule_of_day import rule_in_force
from crisis.model.severity import LOWEST, Severity
from crisis.model.validity import holding_on
from crisis.model.verdict import VERDICT_WORDS
from crisis.model.words import words

LAST_OLD, FIRST_NEW = date(2026, 6, 30), date(2026, 7, 1)


def ids(rules):
    return [rule.id for rule in rules]


@pytest.mark.parametrize(
    ("name", "on", "found"),
    [
        ("initial_statement", date(2017, 3, 29), []),
        ("initial_statement", date(2024, 5, 1), ["initial_statement_old"]),
        ("initial_statement", LAST_OLD, ["initial_statement_old"]),
        (
            "initial_statement",
            FIRST_NEW,
            ["initial_statement_major_event", "initial_statement_divided_opinion"],
        ),
        ("reply_forwarded_opinion", LAST_OLD, ["reply_forwarded_opinion_old"]),
        ("reply_forwarded_opinion", FIRST_NEW, ["reply_forwarded_opinion"]),
        ("delegation_publish", LAST_OLD, ["delegation_publish_old"]),
        ("delegation_publish", FIRST_NEW, []),
        ("ati_publish_default", date(2026, 8, 31), ["ati_publish_default"]),
        ("ati_publish_default", date(2026, 9, 1), []),
        ("no_such_rule", FIRST_NEW, []),
    ],
)
def test_the_rules_of_a_purpose_change_on_the_day_the_law_changes(name, on, found, law):
    assert ids(rules_in_force(law.rules, name, on)) == found


def test_one_rule_is_found_by_its_id_or_its_purpose(law):
    assert rule_in_force(law, "reply_in_press", FIRST_NEW).actor == "responsible_agency"
    assert rule_in_force(law, "initial_statement", LAST_OLD).id == "initial_statement_old"


def test_an_unknown_rule_is_said_to_be_unknown(law):
    with pytest.raises(NotFound, match="no rule named"):
        rule_in_force(law, "no_such_rule", FIRST_NEW)


@pytest.mark.parametrize(
    ("name", "on", "said"),
    [
        ("initial_statement_old", FIRST_NEW, "from 30 March 2017 to 30 June 2026"),
        ("annual_report", LAST_OLD, "from 1 July 2026"),
        ("reply_forwarded_opinion_old", FIRST_NEW, "this holds instead: reply_forwarded_opinion "),
        (
            "initial_statement_major_event",
            LAST_OLD,
            r"this holds instead: initial_statement_old \(Initial statement \(old rule\)\)",
        ),
        ("ati_online_simple", date(2026, 9, 1), "not found: ask the office's legal unit"),
        (
            "ati_online_simple",
            date(2026, 9, 1),
            r"Since 1 September 2026 the matter is governed by Law on Access to Information \(rev",
        ),
        ("delegation_publish_old", FIRST_NEW, "governed by Decree 244/2026/NĐ-CP; the law file"),
        ("na_verify_press", date(2020, 1, 1), "it holds from 6 November 2023.$"),
    ],
)
def test_a_rule_out_of_force_says_when_it_holds_and_what_holds_instead(name, on, said, law):
    with pytest.raises(NotFound, match=said):
        rule_in_force(law, name, on)


def test_a_purpose_with_two_rules_asks_which_one(law):
    with pytest.raises(BadInput, match="initial_statement_divided_opinion") as refused:
        rule_in_force(law, "initial_statement", FIRST_NEW)
    assert refused.value.field == "rule"


@pytest.mark.parametrize(
    ("on", "grounds"), [(LAST_OLD, 5), (FIRST_NEW, 4), (date(2016, 12, 31), 0)]
)
def test_policy_drafts_were_a_ground_of_refusal_until_the_new_law(on, grounds, law):
    assert len(holding_on(on, law.refusal_grounds)) == grounds


@pytest.mark.parametrize(
    ("topic", "on", "instruments"),
    [
        ("speaking", LAST_OLD, ["ND09"]),
        ("speaking", FIRST_NEW, ["ND244"]),
        ("press", FIRST_NEW, ["LBC2025", "ND237"]),
        ("access_to_information", date(2026, 9, 1), ["LTCTT2026"]),
    ],
)
def test_each_topic_has_one_regime_on_a_day(topic, on, instruments, law):
    found = [regime for regime in holding_on(on, law.regimes) if regime.topic == topic]
    assert [list(regime.instruments) for regime in found] == [instruments]


@pytest.mark.parametrize(
    ("provision", "vi", "en"),
    [
        (
            Provision(ref="X", article=6, clause="3", point="a"),
            "điểm a khoản 3 Điều 6 Luật X",
            "Law X, article 6, clause 3, point a",
        ),
        (Provision(ref="X", article=12), "Điều 12 Luật X", "Law X, article 12"),
        (Provision(ref="X"), "Luật X", "Law X"),
        (
            Provision(ref="X", article=10, clause="1-2", appendix=True),
            "khoản 1-2 Điều 10 Luật X và Phụ lục",
            "Law X, article 10, clauses 1-2, appendix",
        ),
    ],
)
def test_a_provision_is_cited_as_officials_write_it(provision, vi, en):
    cited = provision.cited(words("Luật X", "Law X"))
    assert (cited.vi, cited.en) == (vi, en)


def test_the_floors_in_the_file_are_the_floors_in_the_code(law):
    assert law.severity.floors == LOWEST


def test_every_severity_verdict_and_invariant_has_its_words(law):
    assert set(law.severity.levels) == set(Severity)
    assert law.verdicts == VERDICT_WORDS
    assert [invariant.id for invariant in law.invariants] == [f"INV{n}" for n in range(1, 13)]


def test_every_rule_that_is_not_law_says_so(law):
    assert {r.id for r in law.rules if r.kind is not RuleKind.LAW} == {
        "na_verify_press",
        "na_report_press_true",
        "na_report_social_true",
    }


def test_a_file_of_an_earlier_release_may_still_carry_the_decision_table(law, law_data):
    assert Law.model_validate(law_data | {"decisions": [{"outcome": "accurate"}]}) == law


def test_the_law_has_a_schema_for_editors():
    schema = Law.model_json_schema()
    assert {"rules", "regimes", "refusal_grounds"} <= set(schema["properties"])


def first_rule(data):
    return data["rules"][0]


def yearly(data):
    return next(rule["yearly"] for rule in data["rules"] if "yearly" in rule)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: first_rule(d).update(limit="soon"), "not a time limit"),
        (lambda d: first_rule(d).update(starts_at="whenever"), "starts_at"),
        (lambda d: first_rule(d).update(valid_to=date(2026, 6, 30)), "lies before the first day"),
        (lambda d: first_rule(d).pop("limit"), "exactly one of limit, yearly and same_as"),
        (lambda d: first_rule(d).pop("starts_at"), "exactly one of starts_at, starts_on"),
        (lambda d: first_rule(d).update(recurrence="monthly"), "exactly one of starts_at"),
        (lambda d: first_rule(d).update(id=d["rules"][1]["id"]), "used twice"),
        (lambda d: first_rule(d).update(sources=[{"ref": "ND999"}]), "ND999"),
        (
            lambda d: first_rule(d).update(direction="before_event", limit="3wd"),
            "“3wd” runs back from an event: only clock hours can",
        ),
        (lambda d: first_rule(d).update(limit="1.5d"), "“1.5d”: days and months are whole"),
        (lambda d: first_rule(d).update(limit=["24", "h"]), "is not a time limit"),
        (lambda d: yearly(d).update(before="02-30"), "“02-30” is no day of the year"),
        (lambda d: yearly(d).update(before="W10-1"), "“W10-1” is no day of the year"),
        (lambda d: d["regimes"][0].update(instruments=["ND998"]), "ND998"),
        (lambda d: first_rule(d).update(sources=[]), "A rule without source"),
        (lambda d: first_rule(d).pop("sources"), "Field required"),
        (lambda d: d["internal"].update(sources=[{"ref": "ND997"}]), "ND997"),
        (lambda d: d["internal"]["steps"]["S3"].update(publish="25h"), "longer than the law"),
        (lambda d: d.update(opinion=1), "opinion"),
    ],
)
def test_a_law_file_that_makes_no_sense_is_refused_with_the_reason(change, said, law_data):
    changed = deepcopy(law_data)
    change(changed)
    with pytest.raises(ValidationError, match=said):
        Law.model_validate(changed)


@pytest.mark.parametrize("borrowed", [["no_such_rule"], ["outlet_publishes_feedback"]])
def test_a_rule_borrows_only_from_rules_that_have_limits(borrowed, law_data):
    changed = deepcopy(law_data)
    rule = next(r for r in changed["rules"] if "same_as" in r)
    rule["same_as"] = borrowed
    with pytest.raises(ValidationError, match=borrowed[0]):
        Law.model_validate(changed)


@pytest.mark.parametrize("day", ["12-32", "02-29", "13-01", "1-1"])
def test_a_yearly_duty_needs_a_day_that_every_year_has(day, law_data):
    rule = deepcopy(next(r for r in law_data["rules"] if "yearly" in r))
    rule["yearly"]["before"] = day
    with pytest.raises(ValidationError):
        LawRule.model_validate(rule)


def test_each_ground_of_refusal_has_a_sentence_of_its_own_that_names_the_article(law):
    basis = words("khoản 2 Điều 31 Luật Báo chí", "article 31")
    said = [ground.sentence(basis) for ground in law.refusal_grounds]
    assert len({one.vi for one in said}) == len({one.en for one in said}) == len(said)
    for one in said:
        assert one.vi.startswith("Theo khoản 2 Điều 31 Luật Báo chí, cơ quan được từ chối")
        assert one.en.startswith("Under article 31, an agency may decline")


def test_a_ground_without_a_sentence_is_cited_and_one_without_an_article_refused():
    told = {"id": "x", "title": {"vi": "Bí mật", "en": "A secret"}, "confidence": "high"}
    told |= {"valid_from": "2026-07-01"}
    plain = RefusalGround.model_validate(told).sentence(words("Điều 31", "article 31"))
    assert plain.vi == "Căn cứ (Điều 31): Bí mật"
    with pytest.raises(ValidationError):
        RefusalGround.model_validate(told | {"letter": {"vi": "Không", "en": "No"}})
