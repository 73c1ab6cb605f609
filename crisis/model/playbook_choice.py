"""Which playbook an incident gets: by the kind of report, its severity and its topics."""

from collections.abc import Collection, Iterable

from crisis.model.playbook import Playbook
from crisis.model.playbook_section import ReportKind
from crisis.model.severity import Severity

Rank = tuple[bool, bool, int, int, str]


def fitting(
    playbooks: Iterable[Playbook],
    *,
    kind: ReportKind,
    severity: Severity,
    topics: Collection[str],
) -> tuple[Playbook, ...]:
    """The playbooks that are for such an incident, the closest first.

    One made for this kind of report alone comes before one made for a topic, that before one for
    every matter; among equals the one for fewer severities, then for fewer kinds.
    """
    found = [p for p in playbooks if p.applies(kind=kind, severity=severity, topics=topics)]
    return tuple(sorted(found, key=_rank))


def _rank(playbook: Playbook) -> Rank:
    scope = playbook.applies_to
    kinds = len(scope.kinds) or len(ReportKind)
    severities = len(scope.severities) or len(Severity)
    return (kinds != 1, not scope.topics, severities, kinds, playbook.id)
