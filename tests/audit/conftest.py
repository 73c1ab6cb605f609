"""An office with one told incident, its key, and its audit pack."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from crisis.audit.contents import (
    ApprovedVariant,
    Cover,
    FrozenPublication,
    GivenApproval,
    PackContents,
    ToldDeadline,
)
from crisis.audit.pack import contents_digest, pack_files
from crisis.audit.verifier import verifier_source
from crisis.model.action import Action
from crisis.model.canonical import canonical, commitment
from crisis.model.checkpoint import SignedCheckpoint, fingerprint, public_key_of, sign_checkpoint
from crisis.model.ledger import Actor, ActorKind, Entry, next_entry
from crisis.model.merkle import Leaf, chain_salt, leaf_of, prove

CODE = "QT-2025-0001"
KEY = bytes(range(32))
SECRET = b"what blinds the chains of this office"
START = datetime(2025, 10, 19, 5, tzinfo=UTC)
MAIL = "Subject: Giao xác minh\r\n\r\nKính gửi Ban Quản lý dự án.\r\n".encode()
TEXTS = {
    "site": "Tiếp thu phản ánh\n\nSân trường sẽ được nâng cao.\n".encode(),
    "press_list": b"To the press\n",
}


def hashed(raw: bytes) -> str:
    return sha256(raw).hexdigest()


@dataclass
class Office:
    """A chain under way, and what an export of it contains."""

    key: bytes = KEY
    entries: list[Entry] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    contents: PackContents = field(
        default_factory=lambda: PackContents(public_key=public_key_of(KEY))
    )

    @property
    def fingerprint(self) -> str:
        return fingerprint(public_key_of(self.key))

    def note(self, action: Action, data: Mapping[str, Any], run: str | None = None) -> Entry:
        entry = next_entry(
            chain=CODE,
            head=self.entries[-1].head if self.entries else None,
            at=START + timedelta(minutes=len(self.entries)),
            actor=Actor(kind=ActorKind.USER, id="u-7"),
            action=action,
            run=run,
            data=data,
        )
        self.entries.append(entry)
        return entry

    def sign(self, others: int = 6) -> None:
        salt = chain_salt(SECRET, CODE)
        head = self.entries[-1].head
        neighbours = [
            Leaf(chain=hashed(bytes([n])), seq=n, head=hashed(b"x")) for n in range(1, others)
        ]
        leaves = [leaf_of(CODE, salt=salt, head=head), *neighbours]
        previous = self.covers[-1].signed.checkpoint if self.covers else None
        at = START + timedelta(hours=len(self.covers))
        signed: SignedCheckpoint = sign_checkpoint(
            self.key, previous=previous, at=at, leaves=leaves
        )
        proof = prove(leaves, commitment(CODE, salt))
        self.covers.append(Cover(signed=signed, salt=salt, seq=head.seq, proof=proof))

    def export(self) -> PackContents:
        """Tell the export in the chain, sign, and give the whole contents."""
        self.note(Action.PACK_EXPORTED, {"contents": contents_digest(self.contents)})
        self.sign()
        return self.sealed()

    def sealed(self) -> PackContents:
        return replace(
            self.contents,
            public_key=public_key_of(self.key),
            entries=tuple(self.entries),
            checkpoints=tuple(self.covers),
        )


def told_office(key: bytes = KEY, texts: Mapping[str, bytes] = TEXTS) -> Office:
    """An incident from report to publication, with a checkpoint in the middle; not exported yet."""
    office = Office(key=key)
    times = {"starts_at": "2025-10-19T05:00:00.000000Z", "due_at": "2025-10-20T05:00:00.000000Z"}
    office.note(Action.INCIDENT_OPENED, {"severity": "S2"}, run="run-1")
    office.note(Action.CLOCK_STARTED, {"deadline": "k-1", "rule": "decree-244-7", **times})
    office.note(Action.MAIL_ACCEPTED, {"mail": "m-1", "sha256": hashed(MAIL)}, run="run-1")
    office.sign()
    later = {"starts_at": times["starts_at"], "due_at": "2025-10-21T05:00:00.000000Z"}
    recomputed = {"deadline": "k-1", "before": times["due_at"], "due_at": later["due_at"]}
    office.note(Action.CLOCK_RECOMPUTED, recomputed)
    variants = [
        {"outlet": o, "language": "vi", "sha256": hashed(raw)} for o, raw in sorted(texts.items())
    ]
    body = {"statement": "s-1", "version": 2, "kind": "acknowledge_and_remedy", "exercise": False}
    digest = hashed(canonical({**body, "variants": variants}))
    signed = {"statement": "s-1", "version": 2, "digest": digest}
    office.note(Action.STATEMENT_DRAFTED, {**signed, "kind": body["kind"], "variants": variants})
    office.note(Action.STATEMENT_SUBMITTED, signed)
    given = office.note(Action.APPROVAL_GIVEN, {**signed, "step": 1})
    frozen = office.note(Action.PUBLICATION_FROZEN, {**signed, "variants": variants}, run="run-2")
    office.note(Action.CLOCK_MET, {"deadline": "k-1"})
    office.contents = PackContents(
        public_key=public_key_of(key),
        runs=({"id": "run-1", "state": "Completed"}, {"id": "run-2"}, {"id": "run-3"}),
        mails={"0001-assignment.eml": MAIL},
        statements={f"s-1/v2/{outlet}.vi.txt": raw for outlet, raw in texts.items()},
        approvals=(
            GivenApproval(
                entry=given.seq,
                digest=digest,
                **body,  # type: ignore[arg-type]
                variants=tuple(
                    ApprovedVariant(**v, file=f"statements/s-1/v2/{v['outlet']}.vi.txt")
                    for v in variants
                ),
            ),
        ),
        publications=tuple(
            FrozenPublication(
                entry=frozen.seq, digest=digest, **v, file=f"publications/{v['outlet']}.vi.txt"
            )
            for v in variants
        ),
        published={f"{outlet}.vi.txt": raw for outlet, raw in texts.items()},
        deadlines=(ToldDeadline(deadline="k-1", rule="decree-244-7", state="met", **later),),
    )
    return office


@pytest.fixture(scope="session")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The pack's own `verify.py`, assembled and imported from its one file."""
    path = tmp_path_factory.mktemp("verifier") / "assembled_verify.py"
    path.write_bytes(verifier_source())
    spec = spec_from_file_location("assembled_verify", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules["assembled_verify"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def office() -> Office:
    return told_office()


@pytest.fixture
def told() -> Callable[..., Office]:
    """Tells the incident anew, with another key or other texts."""
    return told_office


def lay(files: Mapping[str, bytes], folder: Path) -> Path:
    for name, raw in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    return folder


@pytest.fixture
def laid(tmp_path: Path) -> Callable[[Mapping[str, bytes]], Path]:
    """Lays files out as an unpacked pack and gives the folder."""
    return lambda files: lay(files, tmp_path / "pack")


@pytest.fixture(scope="session")
def confirmed() -> str:
    """The fingerprint that the office announced."""
    return fingerprint(public_key_of(KEY))


@pytest.fixture(scope="session")
def good() -> dict[str, bytes]:
    """The files of a pack that holds under the fingerprint of `KEY`."""
    return pack_files(told_office().export())
