"""What an outsider can see of an office: mailboxes, site, the receiver's log, audit packs."""

import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from crisis.outlets.fragment import approved_bytes
from desk.parts.mail_folder import MailFolder
from desk.prove.diary import Diary

Data = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The entries of one chain, oldest first; `code` is the incident's, or the office's name."""

    code: str
    entries: Sequence[Data]

    def told(self, *actions: str) -> list[Data]:
        """The entries of these actions, in order."""
        return [entry for entry in self.entries if entry["action"] in actions]

    @cached_property
    def actions(self) -> Counter[str]:
        """How often each action stands in the ledger."""
        return Counter(entry["action"] for entry in self.entries)


@dataclass(frozen=True, kw_only=True)
class Pack(Chain):
    """An audit pack as its reader sees it; `verdict` is what its own verifier has against it."""

    deadlines: Sequence[Data]
    approvals: Sequence[Data]
    publications: Sequence[Data]
    verdict: str

    @cached_property
    def approved(self) -> dict[str, set[tuple[str, str, str]]]:
        """What was approved, by the digest that was signed: outlet, language, hash."""
        return {
            one["digest"]: {(v["outlet"], v["language"], v["sha256"]) for v in one["variants"]}
            for one in self.approvals
        }


def read_pack(file: Path, verdict: str) -> Pack:
    """The pack in `file`."""
    with zipfile.ZipFile(file) as archive:
        lines = archive.read("ledger.jsonl").decode().splitlines()
        entries = [json.loads(line) for line in lines]
        return Pack(
            code=entries[0]["chain"],
            entries=entries,
            deadlines=json.loads(archive.read("deadlines.json")),
            approvals=json.loads(archive.read("approvals.json")),
            publications=json.loads(archive.read("publications/index.json")),
            verdict=verdict,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """One mail that reached the server."""

    recipient: str
    at: datetime
    message_id: str
    sha256: str


def arrivals(folder: MailFolder) -> list[Arrival]:
    """Every mail in the boxes, oldest first."""
    found = []
    for name in reversed(folder.names()):
        mail = folder.mail(name)
        if mail is not None:
            found.append(
                Arrival(
                    recipient=mail.card.recipient,
                    at=mail.card.at,
                    message_id=mail.card.message_id,
                    sha256=sha256(mail.raw).hexdigest(),
                )
            )
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class SitePage:
    """A page of the public site: its slug and the hash of the approved bytes in it."""

    slug: str
    sha256: str


def site_pages(site: Path) -> Iterator[SitePage]:
    """Every page of a statement, in every language: `tin/SLUG/` and below."""
    for page in sorted((site / "tin").rglob("index.html")):
        content = approved_bytes(page.read_bytes())
        if content is not None:
            slug = page.relative_to(site).parts[1]
            yield SitePage(slug=slug, sha256=sha256(content).hexdigest())


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything that is checked, and nothing of the inside.

    `office` is the chain of what belongs to no incident, such as the mails to the auditors.
    """

    diary: Diary
    expected: Mapping[str, Sequence[str]]
    packs: Mapping[str, Pack]
    office: Chain
    mails: Sequence[Arrival]
    pages: Sequence[SitePage]
    calls: Sequence[Data]
    chains: Sequence[str]
    ends: datetime
    slack_seconds: float

    @property
    def ledgers(self) -> Sequence[Chain]:
        """Every chain that can owe a mail."""
        return [*self.packs.values(), self.office]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something that does not hold."""

    rule: str
    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.rule} {self.code}: {self.text}"
