"""A playbook answers the flows' questions and refuses what would leave somebody waiting."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from crisis.model.fault import faults
from crisis.model.limit import parse_target
from crisis.model.playbook import Playbook
from crisis.model.playbook_section import OutletId, PressAudience, ReportKind, Step
from crisis.model.role import Role, Rung
from crisis.model.severity import Severity
from crisis.model.statement import StatementKind

FILE = Path(__file__).parents[2] / "playbooks" / "press-report.yaml"
RAW: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf8"))
PLAYBOOK = Playbook.model_validate(RAW)


def changed(path: str, value: object) -> dict[str, Any]:
    """The playbook with one field set; `None` removes it; numbers are list positions."""
    content = deepcopy(RAW)
    *above, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    here: Any = content
    for part in above:
        here = here[part]
    if value is None:
        del here[last]
    else:
        here[last] = value
    return content


def refused_fields(content: dict[str, Any]) -> set[str]:
    with pytest.raises(ValidationError) as error:
        Playbook.model_validate(content)
    found = faults(error.value)
    assert all(one.sentence.vi and one.sentence.en for one in found)
    return {one.field for one in found}


@pytest.mark.parametrize(
    ("severity", "step", "target"),
    [
        ("S4", "triage", "0.5h"),
        ("S4", "publish", "9h"),
        ("S3", "holding_statement", "6h"),
        ("S3", "next_update_every", "24h"),
        ("S2", "agency_first_facts", "16wh"),
        ("S1", "agency_report", "40wh"),
    ],
)
def test_a_step_has_its_target(severity: str, step: str, target: str) -> None:
    assert PLAYBOOK.target(Severity(severity), Step(step)) == parse_target(target)


def test_a_step_without_a_target_has_none() -> None:
    assert PLAYBOOK.target(Severity.S1, Step.PUBLISH) is None


def test_the_agency_answers_by_its_first_facts_or_by_its_report_where_only_that_is_set() -> None:
    assert PLAYBOOK.answer_target(Severity.S3) == parse_target("10h")
    assert PLAYBOOK.answer_target(Severity.S1) == parse_target("40wh")


def test_a_confirmation_has_its_time_and_lapses_without_progress() -> None:
    assert PLAYBOOK.acknowledge_within(Severity.S2) == parse_target("4wh")
    assert PLAYBOOK.progress_limits(Severity.S4) == (parse_target("1h"), parse_target("0.5h"))


def test_the_ladder_goes_from_the_focal_point_to_the_provincial_leaders() -> None:
    assert [step.role for step in PLAYBOOK.ladder()] == list(Rung)
    assert PLAYBOOK.ladder_wait(Severity.S3, 0) == parse_target("1h")


def test_a_rung_may_have_a_wait_of_its_own() -> None:
    own = Playbook.model_validate(changed("escalation/steps/0/wait", {"S4": "0.25h"}))
    assert own.ladder_wait(Severity.S4, 0) == parse_target("0.25h")
    assert own.ladder_wait(Severity.S3, 0) == parse_target("1h")


def test_a_denial_is_signed_by_two_and_a_kind_without_its_own_chain_takes_the_default() -> None:
    denial = PLAYBOOK.approval_steps(Severity.S2, StatementKind.CORRECT)
    assert [step.role for step in denial] == [Role.APPROVER, Role.LEADER]
    assert len(PLAYBOOK.approval_steps(Severity.S2, StatementKind.CLARIFY)) == 1
    assert len(PLAYBOOK.approval_steps(Severity.S2, StatementKind.HOLDING)) == 1


@pytest.mark.parametrize("kind", list(StatementKind))
def test_every_kind_of_statement_has_outlets_a_template_and_signatures(kind: StatementKind) -> None:
    assert PLAYBOOK.outlets_for(kind)
    assert PLAYBOOK.template_for(kind) == kind.value
    assert all(PLAYBOOK.approval_steps(severity, kind) for severity in Severity)


def test_a_private_note_goes_to_the_reporting_newsrooms_alone() -> None:
    assert PLAYBOOK.outlets_for(StatementKind.REMEDY_NOTE) == (OutletId.PRESS_LIST,)
    assert PLAYBOOK.press_audience(StatementKind.REMEDY_NOTE) is PressAudience.REPORTING_OUTLETS


def test_a_playbook_is_chosen_by_kind_severity_and_topic() -> None:
    narrow = Playbook.model_validate(
        changed("applies_to", {"kinds": ["press"], "severities": ["S2"], "topics": ["schools"]})
    )
    fits = {"kind": ReportKind.PRESS, "severity": Severity.S2, "topics": ["roads", "schools"]}
    assert narrow.applies(**fits)
    assert not narrow.applies(**{**fits, "kind": ReportKind.SOCIAL})
    assert not narrow.applies(**{**fits, "severity": Severity.S3})
    assert not narrow.applies(**{**fits, "topics": ["roads"]})
    assert PLAYBOOK.applies(kind=ReportKind.HOTLINE, severity=Severity.S4, topics=[])


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("basis", [], "basis"),
        ("version", 0, "version"),
        ("reminders", [0.5, 0.5], "reminders[2]"),
        ("reminders", [1.5], "reminders[1]"),
        ("targets/S3", None, "targets.S3"),
        ("targets/S3/draft", None, "targets.S3.draft"),
        ("targets/S3/draft", "9h", "targets.S3.draft"),
        ("targets/S3/triage", "0h", "targets.S3.triage"),
        ("targets/S3/publish", "25h", "targets.S3.publish"),
        ("targets/S3/publish", "20wh", "targets.S3.publish"),
        ("targets/S2/publish", "24h", "targets.S2.publish"),
        ("targets/S4/holding_statement", "10h", "targets.S4.publish"),
        ("targets/S1/agency_report", None, "targets.S1.agency_report"),
        ("targets/S5", {"triage": "1h"}, "targets.S5"),
        ("acknowledgement/within/S4", "5h", "acknowledgement.within.S4"),
        ("acknowledgement/within/S4", None, "acknowledgement.within.S4"),
        ("acknowledgement/lapses_after/S2", "4h", "acknowledgement.lapses_after.S2"),
        ("escalation/steps", [], "escalation.steps"),
        ("escalation/steps/1/role", "mayor", "escalation.steps[2].role"),
        ("escalation/steps/1/role", "agency_focal_point", "escalation.steps[2].role"),
        ("escalation/wait/S3", "9h", "escalation.wait.S3"),
        ("escalation/repeat", 9, "escalation.repeat"),
        ("approvals/default/S2", [], "approvals.default.S2"),
        ("approvals/default/S2", None, "approvals.default.S2"),
        ("approvals/default/S4/0/role", "auditor", "approvals.default.S4[1].role"),
        ("approvals/default/S4/0/within", "5h", "approvals.default.S4"),
        ("approvals/default/S4/0/within", "1wh", "approvals.default.S4"),
        ("approvals/holding_statement/S4/0/within", "2h", "approvals.holding_statement.S4"),
        ("approvals/denial", {}, "approvals.denial"),
        ("statements/clarify", None, "statements.clarify"),
        ("statements/rumour", {}, "statements.rumour"),
        ("statements/clarify/outlets", [], "statements.clarify.outlets"),
        ("statements/clarify/outlets", ["site", "fax"], "statements.clarify.outlets[2]"),
        ("statements/clarify/outlets", ["site", "site"], "statements.clarify.outlets[2]"),
        ("statements/referral/outlets", ["site"], "statements.referral.outlets"),
        ("holding/publish_from", "S4", "holding.publish_from"),
        ("holding/prepare_from", "S4", "holding.prepare_from"),
        ("no_response/up_to", "S2", "no_response.up_to"),
        ("no_response/recheck_every", "soon", "no_response.recheck_every"),
    ],
)
def test_what_would_leave_somebody_waiting_is_refused(path: str, value: Any, field: str) -> None:
    assert field in refused_fields(changed(path, value))


@pytest.mark.parametrize("severity", list(Severity))
def test_a_denial_with_a_single_signature_is_refused(severity: Severity) -> None:
    single = [{"role": "approver", "within": "1h" if severity.rank > 2 else "1wh"}]
    path = f"approvals/correct_with_evidence/{severity}"
    assert f"approvals.correct_with_evidence.{severity}" in refused_fields(changed(path, single))


def test_a_ladder_that_ends_after_the_legal_24_hours_is_refused() -> None:
    late = changed("escalation/wait/S4", "8h")
    assert "escalation.wait.S4" in refused_fields(late)


def test_all_faults_of_all_sections_are_named_at_once() -> None:
    content = changed("targets/S3/draft", "9h")
    content["approvals"]["default"]["S2"] = []
    content["no_response"]["up_to"] = "S3"
    assert {"targets.S3.draft", "approvals.default.S2", "no_response.up_to"} <= refused_fields(
        content
    )


def test_the_targets_are_those_of_the_law_table_and_stay_inside_its_limit() -> None:
    for severity in (Severity.S3, Severity.S4):
        limit = PLAYBOOK.target(severity, Step.PUBLISH)
        assert limit is not None
        assert limit.value <= 24
        assert limit.unit == "hour"
