"""Which playbook an incident gets: by the kind of report, its severity and its topics."""

from collections.abc import Collection, Iterable

from crisis.model.errors import NotFound
from crisis.model.playbook import Playbook
from crisis.model.playbook_section import ReportKind
from crisis.model.severity import Severity
from crisis.model.words import words

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


def chosen(
    playbooks: Iterable[Playbook],
    *,
    kind: ReportKind,
    severity: Severity,
    topics: Collection[str],
) -> Playbook:
    """The closest playbook. Raises NotFound where none is for such an incident."""
    found = fitting(playbooks, kind=kind, severity=severity, topics=topics)
    if not found:
        raise NotFound(
            words(
                "Không có kịch bản nào cho loại tin, mức độ và lĩnh vực này.",
                "No playbook is for this kind of report, severity and topic.",
            )
        )
    return found[0]


def _rank(playbook: Playbook) -> Rank:
    scope = playbook.applies_to
    kinds = len(scope.kinds) or len(ReportKind)
    severities = len(scope.severities) or len(Severity)
    return (kinds != 1, not scope.topics, severities, kinds, playbook.id)
