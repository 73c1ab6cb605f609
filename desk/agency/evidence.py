"""Evidence that comes in with the form of a task: files and links, each kept once per claim."""

from datetime import date
from hashlib import sha256

from pydantic import TypeAdapter, ValidationError

from crisis.model.errors import BadInput
from crisis.model.fault import faults
from crisis.model.link import Link
from crisis.model.words import words
from crisis.records.act import Act
from crisis.records.task_link import Held
from crisis.records.task_work import NewEvidence, add_evidence
from desk.agency.check import Faults, day, line
from desk.agency.form import Draft
from desk.agency.sent import Sent, Upload
from desk.agency.upload import checked, safe_name
from desk.agency.view import own_evidence

FILES_AT_MOST = 20
"""Files with one sending."""

_LINK: TypeAdapter[str] = TypeAdapter(Link)


async def take_evidence(
    act: Act, held: Held, sent: Sent, draft: Draft, *, limit: int
) -> tuple[Faults, bool]:
    """Keep what is in order and note it in `draft`; what is wrong with the rest, by field.

    The second value is true where a file was too big.
    """
    found: Faults = {}
    too_big = False
    for claim, one in draft["claims"].items():
        uploads = [file for file in sent.files if file.part == f"file-{claim}"]
        described = _described(claim, one["fresh"], held, found)
        taken, big = _checked_files(claim, uploads, described, limit=limit, found=found)
        taken += _checked_link(claim, one["fresh"]["link"], described, found)
        too_big = too_big or big
        for new in taken:
            key = await _kept_once(act, held, new)
            if key not in one["evidence"]:
                one["evidence"].append(key)
        if taken and not any(name.endswith(claim) for name in found):
            one["fresh"] = dict.fromkeys(one["fresh"], "")
    return found, too_big


def _described(claim: str, fresh: dict[str, str], held: Held, found: Faults) -> NewEvidence:
    """What was typed about the new evidence; its holder is the agency unless another is named."""
    issued = day(fresh["issued_on"], f"new_issued_on-{claim}", found)
    return NewEvidence(
        title=line(fresh["title"], f"new_title-{claim}", found),
        holder=line(fresh["holder"], f"new_holder-{claim}", found) or held.assignment.name_vi[:200],
        issuer=line(fresh["issuer"], f"new_issuer-{claim}", found) or None,
        issued_on=date.fromisoformat(issued) if issued else None,
    )


def _checked_files(
    claim: str, uploads: list[Upload], about: NewEvidence, *, limit: int, found: Faults
) -> tuple[list[NewEvidence], bool]:
    taken, big = [], False
    for upload in uploads[:FILES_AT_MOST]:
        try:
            name, media_type, content = checked(upload, limit=limit)
        except BadInput as error:
            found.setdefault(f"file-{claim}", error.sentence)
            big = big or upload.too_big
            continue
        taken.append(
            NewEvidence(
                title=about.title or safe_name(upload.name),
                holder=about.holder,
                issuer=about.issuer,
                issued_on=about.issued_on,
                file_name=name,
                media_type=media_type,
                content=content,
            )
        )
    if len(uploads) > FILES_AT_MOST:
        found[f"file-{claim}"] = words(
            f"Mỗi lần gửi tối đa {FILES_AT_MOST} tệp.", f"At most {FILES_AT_MOST} files each time."
        )
    return taken, big


def _checked_link(claim: str, written: str, about: NewEvidence, found: Faults) -> list[NewEvidence]:
    if not written:
        return []
    try:
        link = _LINK.validate_python(written)
    except ValidationError as error:
        found[f"new_link-{claim}"] = faults(error)[0].sentence
        return []
    return [
        NewEvidence(
            title=about.title or link[:200],
            holder=about.holder,
            issuer=about.issuer,
            issued_on=about.issued_on,
            media_type="text/uri-list",
            link=link,
        )
    ]


async def _kept_once(act: Act, held: Held, new: NewEvidence) -> str:
    """The id of this evidence; the same file with the same title is kept once."""
    content = new.content if new.content is not None else (new.link or "").encode()
    digest = sha256(content).hexdigest()
    for key, row in (await own_evidence(act, held)).items():
        if (row.sha256, row.title) == (digest, new.title):
            return key
    return (await add_evidence(act, held, new)).id
