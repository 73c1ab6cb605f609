"""The one rule that holds on a day; where it does not hold, what holds in its place."""

from collections.abc import Iterable, Iterator
from datetime import date

from crisis.model.day_word import day_words
from crisis.model.errors import BadInput, NotFound
from crisis.model.law import Law, rules_in_force
from crisis.model.law_rule import LawRule
from crisis.model.regime import Regime
from crisis.model.validity import holding_on
from crisis.model.words import Words, words


def rule_in_force(law: Law, name: str, on: date) -> LawRule:
    """The one rule of that id or purpose in force on the day `on`.

    Raises `NotFound` where there is none, with what holds instead, and `BadInput` where a purpose
    has several.
    """
    known = [rule for rule in law.rules if name in (rule.id, rule.purpose)]
    found = rules_in_force(known, name, on)
    if not known:
        raise NotFound(
            words(f"Không có quy định nào tên là “{name}”.", f"There is no rule named “{name}”.")
        )
    if not found:
        raise NotFound(_joined([_not_in_force(name, on, known), *_instead(law, known, on)]))
    if len(found) > 1:
        told = _listed(found)
        raise BadInput(
            words(
                f"“{name}” gồm nhiều quy định đang có hiệu lực; hãy chọn một: {told.vi}.",
                f"“{name}” has several rules in force; choose one of: {told.en}.",
            ),
            field="rule",
        )
    return found[0]


def _not_in_force(name: str, on: date, known: list[LawRule]) -> Words:
    day, spans = day_words(on), [_span(rule) for rule in known]
    vi, en = "; ".join(one.vi for one in spans), "; ".join(one.en for one in spans)
    return words(
        f"“{name}” không có hiệu lực vào ngày {day.vi}; hiệu lực {vi}.",
        f"“{name}” is not in force on {day.en}; it holds {en}.",
    )


def _span(rule: LawRule) -> Words:
    since, until = day_words(rule.valid_from), rule.valid_to and day_words(rule.valid_to)
    return words(
        f"từ {since.vi}" + (f" đến {until.vi}" if until else ""),
        f"from {since.en}" + (f" to {until.en}" if until else ""),
    )


def _instead(law: Law, known: list[LawRule], on: date) -> Iterator[Words]:
    """The rules of the same purpose on that day, else the instruments that govern its topic."""
    purposes = {rule.purpose for rule in known}
    beside = [rule for rule in holding_on(on, law.rules) if rule.purpose in purposes]
    if beside:
        told = _listed(beside)
        yield words(
            f"Vào ngày này áp dụng: {told.vi}.", f"On that day this holds instead: {told.en}."
        )
        return
    for regime in _regimes(law, known, on):
        named, since = regime.named(law.instruments), day_words(regime.valid_from)
        yield words(
            f"Lĩnh vực này từ {since.vi} theo {named.vi}; tệp quy định không có thời hạn thay thế.",
            f"Since {since.en} the matter is governed by {named.en}; the law file has no limit "
            "that replaces it.",
        )
        if regime.note is not None:
            yield words(f"{regime.note.vi}.", f"{regime.note.en}.")


def _regimes(law: Law, known: list[LawRule], on: date) -> list[Regime]:
    """The regimes of the day for the topics whose instruments set these rules."""
    refs = {source.ref for rule in known for source in rule.sources}
    topics = {regime.topic for regime in law.regimes if refs & set(regime.instruments)}
    return [regime for regime in holding_on(on, law.regimes) if regime.topic in topics]


def _listed(rules: Iterable[LawRule]) -> Words:
    """Rules as one asks for them and as one reads them."""
    of = list(rules)
    vi = "; ".join(f"{rule.id} ({rule.title.vi})" for rule in of)
    en = "; ".join(f"{rule.id} ({rule.title.en})" for rule in of)
    return words(vi, en)


def _joined(sentences: list[Words]) -> Words:
    vi, en = " ".join(one.vi for one in sentences), " ".join(one.en for one in sentences)
    return words(vi, en)
