"""What an imported directory does to the work: the playbooks tried on it, beside the old one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from crisis.model.contact import ContactBook
from crisis.model.directory import Directory
from crisis.office.content.content_check import Bundle, Found, check_playbooks, newly
from crisis.writing.content_file import Placed
from crisis.writing.content_tree import Tree


@dataclass(frozen=True, kw_only=True)
class Side:
    """A directory and its contacts; `contacts` is None where no file names any."""

    directory: Directory
    contacts: ContactBook | None


def tried(bundle: Bundle, before: Side, after: Side, on: date) -> Sequence[Found]:
    """What the playbooks of `bundle` can no longer do on the day `on`, with the place in each.

    Judged by the same simulation as the playbooks themselves. Sheets name contacts of agencies, not
    the office's people: where there was no contact file before, nobody is missed at a signature.
    """
    bundle = replace(bundle, signers_known=before.contacts is not None)
    return newly(*(check_playbooks(_among(bundle, side), on) for side in (before, after)))


def _among(bundle: Bundle, side: Side) -> Bundle:
    nowhere, book = Tree(value=None), side.contacts
    return replace(
        bundle,
        directory=Placed(value=side.directory, name="", tree=nowhere),
        contacts=None if book is None else Placed(value=book, name="", tree=nowhere),
    )
