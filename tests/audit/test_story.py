"""What the office itself tells wrongly: signed by its own key, and still seen."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from types import ModuleType
from typing import Any

import pytest

from crisis.audit.contents import PackContents
from crisis.audit.pack import pack_files
from crisis.model.action import Action

Change = Callable[[PackContents], PackContents]


@pytest.fixture
def judged(verifier: ModuleType, confirmed: str) -> Callable[[Any], list[Any]]:
    """What the verifier finds in the pack that an office exports."""
    return lambda office: verifier.check_files(pack_files(office.export()), confirmed, [])


def wrongs(findings: list[Any]) -> set[tuple[str, str]]:
    return {(finding.place, finding.code) for finding in findings if finding.level == "wrong"}


def first(**changes: object) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    return lambda items: (replace(items[0], **changes), *items[1:])


CHANGES: list[tuple[str, Change, set[tuple[str, str]]]] = [
    (
        "a mail that the ledger does not know",
        lambda c: replace(c, mails={**c.mails, "0002.eml": b"secret"}),
        {("mail/0002.eml", "unspoken")},
    ),
    ("a mail left out", lambda c: replace(c, mails={}), {("ledger.jsonl", "absent")}),
    (
        "another published text",
        lambda c: replace(c, published={**c.published, "site.vi.txt": b"other"}),
        {("publications/site.vi.txt", "unspoken"), ("publications/site.vi.txt", "changed")},
    ),
    (
        "a publication nobody listed",
        lambda c: replace(c, published={**c.published, "copy.txt": c.published["site.vi.txt"]}),
        {("publications/copy.txt", "unlisted")},
    ),
    (
        "a publication told as another outlet's",
        lambda c: replace(c, publications=first(outlet="webhook")(c.publications)),
        {("publications/index.json", "not_frozen"), ("publications/index.json", "untold")},
    ),
    (
        "a publication kept back",
        lambda c: replace(
            c,
            publications=c.publications[:1],
            published={"press_list.vi.txt": b"To the press\n"},
        ),
        {("publications/index.json", "untold")},
    ),
    ("a clock kept back", lambda c: replace(c, deadlines=()), {("deadlines.json", "clock")}),
    (
        "a clock told better",
        lambda c: replace(c, deadlines=first(state="running")(c.deadlines)),
        {("deadlines.json", "clock")},
    ),
    (
        "a clock told twice",
        lambda c: replace(c, deadlines=c.deadlines * 2),
        {("deadlines.json", "twice")},
    ),
    (
        "a clock that never ran",
        lambda c: replace(c, deadlines=(*c.deadlines, replace(c.deadlines[0], deadline="k-2"))),
        {("deadlines.json", "clock")},
    ),
    ("a run kept back", lambda c: replace(c, runs=c.runs[1:]), {("runs.json", "run")}),
    ("a run without id", lambda c: replace(c, runs=({"name": "x"},)), {("runs.json", "malformed")}),
]


@pytest.mark.parametrize(
    ("change", "expected"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES]
)
def test_a_list_that_the_ledger_does_not_bear_out_is_seen(
    judged: Any, office: Any, change: Change, expected: set[tuple[str, str]]
) -> None:
    office.contents = change(office.contents)
    assert wrongs(judged(office)) == expected


def test_a_publication_after_its_approval_was_voided_is_seen(judged: Any, office: Any) -> None:
    frozen = office.contents.publications[0]
    office.note(Action.APPROVAL_VOIDED, {"statement": "s-1", "version": 2})
    variants = [
        {"outlet": p.outlet, "language": p.language, "sha256": p.sha256}
        for p in office.contents.publications
    ]
    facts = {"statement": "s-1", "version": 2, "digest": frozen.digest, "variants": variants}
    again = office.note(Action.PUBLICATION_FROZEN, facts)
    earlier = office.contents.publications
    publications = (*earlier, *(replace(item, entry=again.seq) for item in earlier))
    office.contents = replace(office.contents, publications=publications)
    assert wrongs(judged(office)) == {("publications/index.json", "not_approved")}


def test_a_publication_that_nobody_approved_is_seen(judged: Any, office: Any) -> None:
    sha, digest = sha256(b"new").hexdigest(), "1" * 64
    variants = [{"outlet": "site", "language": "vi", "sha256": sha}]
    told = {"statement": "s-9", "version": 1, "digest": digest, "variants": variants}
    entry = office.note(Action.PUBLICATION_FROZEN, told)
    item = replace(
        office.contents.publications[0],
        entry=entry.seq,
        digest=digest,
        outlet="site",
        sha256=sha,
        file="publications/new.txt",
    )
    office.contents = replace(
        office.contents,
        publications=(*office.contents.publications, item),
        published={**office.contents.published, "new.txt": b"new"},
    )
    assert wrongs(judged(office)) == {("publications/index.json", "not_approved")}


def test_an_approval_that_the_ledger_tells_must_be_listed(judged: Any, office: Any) -> None:
    digest = office.contents.approvals[0].digest
    office.note(Action.APPROVAL_GIVEN, {"statement": "s-1", "version": 2, "digest": digest})
    assert wrongs(judged(office)) == {("approvals.json", "untold")}


def test_bytes_erased_under_a_decision_are_no_fault(judged: Any, office: Any) -> None:
    texts = list(office.contents.statements.values())
    erased = [sha256(raw).hexdigest() for raw in [*texts, *office.contents.mails.values()]]
    office.note(Action.DATA_ERASED, {"decision": "12/QĐ-VP", "erased": erased})
    office.contents = replace(office.contents, mails={}, statements={}, published={})
    findings = judged(office)
    assert wrongs(findings) == set()
    assert {"erased"} <= {finding.code for finding in findings if finding.level == "note"}


@pytest.mark.parametrize(
    ("actions", "state"),
    [
        ([], "met"),
        ([Action.CLOCK_MISSED], "missed"),
        ([Action.CLOCK_MISSED, Action.CLOCK_DONE_LATE], "late"),
        ([Action.CLOCK_CANCELLED], "cancelled"),
    ],
)
def test_a_clock_is_in_the_state_of_its_last_entry(
    judged: Any, office: Any, actions: list[Action], state: str
) -> None:
    for action in actions:
        office.note(action, {"deadline": "k-1"})
    office.contents = replace(
        office.contents, deadlines=first(state=state)(office.contents.deadlines)
    )
    assert wrongs(judged(office)) == set()


def test_entries_after_the_export_and_after_the_checkpoint_are_told(
    verifier: ModuleType, confirmed: str, office: Any
) -> None:
    office.export()
    office.note(Action.APPROVAL_GIVEN, {"statement": "s-2", "version": 1, "digest": "2" * 64})
    office.note(Action.INCIDENT_CLOSED, {})
    findings = verifier.check_files(pack_files(office.sealed()), confirmed, [])
    assert wrongs(findings) == set()
    notes = {finding.code: finding.facts for finding in findings if finding.level == "note"}
    assert notes["after"] == {"count": 2, "first": 11}
    assert notes["after_export"] == {"count": 2}


def test_a_pack_whose_export_is_not_told_fails(
    verifier: ModuleType, confirmed: str, office: Any
) -> None:
    office.sign()
    findings = verifier.check_files(pack_files(office.sealed()), confirmed, [])
    assert ("ledger.jsonl", "not_exported") in wrongs(findings)


def test_a_chain_cannot_go_on_under_another_salt(judged: Any, office: Any) -> None:
    office.covers[0] = replace(office.covers[0], salt=b"s" * 32)
    assert wrongs(judged(office)) == {("checkpoints.jsonl", "not_covered")}


@pytest.mark.parametrize("others", [1, 2, 3, 4, 7, 8])
def test_a_pack_holds_among_any_number_of_chains(
    verifier: ModuleType, confirmed: str, office: Any, others: int
) -> None:
    office.export()
    office.sign(others)
    findings = verifier.check_files(pack_files(office.sealed()), confirmed, [])
    assert wrongs(findings) == set()
