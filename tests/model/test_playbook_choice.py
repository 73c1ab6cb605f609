"""Which playbook a matter gets, told by the shipped ones."""

from pathlib import Path

import pytest
import yaml

from crisis.model.playbook import Playbook
from crisis.model.playbook_choice import fitting
from crisis.model.playbook_section import ReportKind
from crisis.model.severity import Severity

BOOKS = Path(__file__).parents[2] / "playbooks"
NAMES = (
    *("press-report", "public-health", "disaster", "false-rumour", "press-request"),
    "policy-campaign",
)
SHIPPED = [
    Playbook.model_validate(yaml.safe_load((BOOKS / f"{name}.yaml").read_text("utf8")))
    for name in NAMES
]
K, S = ReportKind, Severity


@pytest.mark.parametrize(
    ("kind", "severity", "topics", "name"),
    [
        (K.PRESS, S.S2, ["roads"], "press-report"),
        (K.SOCIAL, S.S4, [], "press-report"),
        (K.PRESS, S.S3, ["schools", "school_meals"], "public-health"),
        (K.HOTLINE, S.S2, ["epidemics"], "public-health"),
        (K.PRESS, S.S1, ["healthcare"], "press-report"),
        (K.CITIZEN, S.S4, ["natural_disaster"], "disaster"),
        (K.CITIZEN, S.S2, ["natural_disaster"], "press-report"),
        (K.PRESS, S.S3, ["natural_disaster", "epidemics"], "disaster"),
        (K.RUMOUR, S.S3, ["epidemics"], "false-rumour"),
        (K.RUMOUR, S.S1, [], "false-rumour"),
        (K.PRESS_REQUEST, S.S4, ["fire"], "press-request"),
        (K.POLICY, S.S2, ["schools"], "policy-campaign"),
    ],
)
def test_the_playbook_follows_from_kind_severity_and_topic(
    kind: ReportKind, severity: Severity, topics: list[str], name: str
) -> None:
    assert fitting(SHIPPED, kind=kind, severity=severity, topics=topics)[0].id == name


def test_every_shipped_playbook_is_somebodys_first_choice() -> None:
    reached = {
        fitting(SHIPPED, kind=kind, severity=severity, topics=[topic])[0].id
        for kind in ReportKind
        for severity in Severity
        for topic in ("roads", "epidemics", "natural_disaster")
    }
    assert reached == set(NAMES)


def test_no_playbook_fits_a_matter_that_none_is_for() -> None:
    only = [one for one in SHIPPED if one.id == "policy-campaign"]
    assert fitting(only, kind=K.PRESS, severity=S.S2, topics=[]) == ()
