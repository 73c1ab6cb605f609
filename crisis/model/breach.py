"""What is wrong with a ledger or its checkpoints: kinds, and a sentence for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from crisis.model.words import Words, words


class FaultKind(StrEnum):
    """What a check found wrong."""

    FOREIGN = "foreign"
    SEQUENCE = "sequence"
    LINK = "link"
    HASH = "hash"
    FORM = "form"
    KEY = "key"
    SIGNATURE = "signature"
    ROOT = "root"


SENTENCES: dict[FaultKind, Words] = {
    FaultKind.FOREIGN: words("Bút toán thuộc sổ khác.", "The entry belongs to another chain."),
    FaultKind.SEQUENCE: words(
        "Số thứ tự bị đứt quãng.", "The number does not follow the one before."
    ),
    FaultKind.LINK: words(
        "Mắt xích không nối với dòng trước.", "It is not linked to the one before."
    ),
    FaultKind.HASH: words("Nội dung không khớp mã băm.", "The content does not match its hash."),
    FaultKind.FORM: words("Dòng không đúng mẫu của sổ.", "It has not the form of the ledger."),
    FaultKind.KEY: words("Ký bằng khóa khác.", "It names another key."),
    FaultKind.SIGNATURE: words("Chữ ký không hợp lệ.", "The signature does not hold."),
    FaultKind.ROOT: words("Gốc cây không khớp các sổ.", "The root does not match the chains."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing wrong at place `seq` of a chain or of the row of checkpoints."""

    seq: int
    kind: FaultKind
    sentence: Words


def faults_at(seq: int, found: Mapping[FaultKind, bool]) -> list[Fault]:
    """A fault at `seq` for each kind that was found."""
    return [
        Fault(seq=seq, kind=kind, sentence=SENTENCES[kind])
        for kind, wrong in found.items()
        if wrong
    ]
