"""Faults between the parts of the law file: codes that nothing has, ids twice, time not covered."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from crisis.model.citation import Instrument, Provision
from crisis.model.continuity import Placed, gaps, overlaps
from crisis.model.fault import Fault, Path, fault
from crisis.model.law_rule import LawRule
from crisis.model.regime import Regime
from crisis.model.validity import Dated
from crisis.model.words import Words, words

Instruments = Mapping[str, Instrument]


def cited_words(instruments: Instruments, sources: Iterable[Provision]) -> Words:
    """The citations of `sources` in both languages, separated by semicolons."""
    cited = [source.cited(instruments[source.ref].title) for source in sources]
    return words("; ".join(c.vi for c in cited), "; ".join(c.en for c in cited))


def ids_twice(rules: Sequence[LawRule]) -> Iterator[Fault]:
    """Faults of rules whose id an earlier rule has."""
    seen: Counter[str] = Counter()
    for number, rule in enumerate(rules):
        seen[rule.id] += 1
        if seen[rule.id] > 1:
            yield fault(
                f"Mã “{rule.id}” đã dùng cho một quy định ở trên.",
                f"The id “{rule.id}” is used twice: a rule above has it.",
                *("rules", number, "id"),
            )


def codes_missing(
    rules: Sequence[LawRule], regimes: Sequence[Regime], instruments: Instruments
) -> Iterator[Fault]:
    """Faults of rules and regimes that name an instrument or a rule that the file does not have."""
    for number, rule in enumerate(rules):
        yield from sources_missing(rule.sources, instruments, "rules", number)
    for number, regime in enumerate(regimes):
        for n, code in enumerate(regime.instruments):
            if code not in instruments:
                yield _no_instrument(code, "regimes", number, "instruments", n)
    yield from _lenders_missing(rules)


def _lenders_missing(rules: Sequence[LawRule]) -> Iterator[Fault]:
    lendable = {rule.id for rule in rules if not rule.same_as}
    for number, rule in enumerate(rules):
        for n, id_ in enumerate(rule.same_as):
            if id_ not in lendable:
                yield fault(
                    f"Tệp này không có quy định có thời hạn mang mã “{id_}”.",
                    f"This file has no rule with a limit of its own called “{id_}”.",
                    *("rules", number, "same_as", n),
                )


def sources_missing(
    sources: Sequence[Provision], instruments: Instruments, *at: str | int
) -> Iterator[Fault]:
    """Faults of the citations at `at` of an instrument that the file does not have."""
    for n, source in enumerate(sources):
        if source.ref not in instruments:
            yield _no_instrument(source.ref, *at, "sources", n, "ref")


def _no_instrument(code: str, *at: str | int) -> Fault:
    where: Path = at
    return fault(
        f"Phần văn bản của tệp này không có mã “{code}”.",
        f"No instrument of this file is called “{code}”.",
        *where,
    )


def time_uncovered(
    rules: Sequence[LawRule], regimes: Sequence[Regime], instruments: Instruments
) -> Iterator[Fault]:
    """Faults of rules of one purpose and regimes of one topic that overlap or leave a gap."""

    def rule_named(rule: LawRule) -> Words:
        cited = cited_words(instruments, rule.sources)
        return words(f"“{rule.title.vi}” ({cited.vi})", f"“{rule.title.en}” ({cited.en})")

    def regime_named(regime: Regime) -> Words:
        return regime.named(instruments)

    for same in _grouped(rules, lambda rule: rule.purpose):
        yield from overlaps(same, named=rule_named, at="rules", beside=_beside)
        yield from gaps(same, named=rule_named, at="rules")
    for alike in _grouped(regimes, lambda regime: regime.topic):
        yield from overlaps(alike, named=regime_named, at="regimes")
        yield from gaps(alike, named=regime_named, at="regimes")


def _beside(one: LawRule, other: LawRule) -> bool:
    """Rules of one purpose hold together where one instrument sets both, each from its own fact."""
    shared = {source.ref for source in one.sources} & {source.ref for source in other.sources}
    return bool(shared) and one.starts_at is not other.starts_at


D = TypeVar("D", bound=Dated)


def _grouped(things: Sequence[D], key: Callable[[D], str]) -> Iterator[list[Placed[D]]]:
    placed = sorted(enumerate(things), key=lambda pair: key(pair[1]))
    for _, same in groupby(placed, key=lambda pair: key(pair[1])):
        yield list(same)
