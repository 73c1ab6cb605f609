"""What a demo proves at its end: published, read back, on the page byte for byte, and audited."""

import asyncio
import sys
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import httpx

from crisis.audit.export import Exported, export_pack
from crisis.model.action import Action
from crisis.model.delivery import DeliveryState
from crisis.model.errors import OutsideFailure
from crisis.model.words import Words, words
from crisis.outlets.fragment import approved_bytes
from crisis.records import incident, ledger, publication_list
from crisis.records.schema.publication import Publication
from desk.drill.demo_plan import Story
from desk.drill.demo_stage import Theatre
from desk.parts.patience import until
from desk.parts.setup import OPERATOR
from desk.run_list import runs_for_pack

SITE = "site"


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """What was checked; `pages` are the public addresses of what was published."""

    code: str
    kinds: tuple[str, ...]
    pages: tuple[str, ...]
    mails: int
    runs: int
    pack: Exported
    verdict: str


async def prove(theatre: Theatre, story: Story, code: str, pack: Path) -> Proof:
    """Check everything that the story promises. Raises OutsideFailure for the first that fails."""
    published = await _published(theatre, code)
    kinds = tuple(str(one.frozen["kind"]) for one in published)
    wanted = tuple(kind.value for kind in story.script.publishes)
    _must(kinds == wanted, words(f"Đã công bố {kinds}.", f"Published {kinds}, not {wanted}."))
    await _read_back(theatre, code)
    pages = [await _page(theatre, one) for one in published]
    mails = await _mails(theatre, code)
    runs = await runs_for_pack(theatre.runs, code)
    made = await export_pack(theatre.office, OPERATOR, code, runs=runs, target=pack)
    return Proof(
        code=code,
        kinds=kinds,
        pages=tuple(pages),
        mails=mails,
        runs=len(runs),
        pack=made,
        verdict=await verify(pack, made.fingerprint),
    )


async def _published(theatre: Theatre, code: str) -> list[Publication]:
    async with theatre.office.records.look() as session:
        row = await incident.by_code(session, code)
        return list(await publication_list.of_incident(session, row.id))


async def _read_back(theatre: Theatre, code: str) -> None:
    """Every delivery has ended well, and what is on the site was read back."""
    accepted = {DeliveryState.ACCEPTED.value, DeliveryState.VERIFIED_LIVE.value}
    for one in (await theatre.look(code))["deliveries"]:
        fine = {DeliveryState.VERIFIED_LIVE.value} if one["outlet"] == SITE else accepted
        where = f"{one['publication']} → {one['outlet']} {one['recipient']}".strip()
        told = f"{where}: {one['state']} {one['error']}".strip()
        _must(one["state"] in fine, words(told, told))


async def _page(theatre: Theatre, made: Publication) -> str:
    """The public address, where exactly the approved bytes stand."""
    address = f"{theatre.cast.base_url}/tin/{made.slug}/"
    async with httpx.AsyncClient(trust_env=False, follow_redirects=True) as web:
        answer = await web.get(address)
    found = approved_bytes(answer.content) if answer.is_success else None
    told = {v["sha256"] for v in made.frozen["variants"] if v["outlet"] == SITE}
    right = found is not None and sha256(found).hexdigest() in told
    _must(right, words(f"{address} khác bản đã duyệt.", f"{address} is not what was approved."))
    return address


async def _mails(theatre: Theatre, code: str) -> int:
    """How many mails there are once none is to come: the server has each, byte for byte."""
    folder = theatre.stage.installation.mail_dir

    async def arrived() -> int | None:
        if not (await theatre.look(code))["at_rest"]:
            return None  # what is still to be done may write another mail
        async with theatre.office.records.look() as session:
            entries = await ledger.entries(session, code)
        told = {e["data"]["sha256"] for e in entries if e["action"] == Action.MAIL_QUEUED.value}
        kept = {sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.eml")}
        return len(told) if told <= kept else None

    return await until(f"every mail of {code} at the mail server", arrived)


async def verify(pack: Path, fingerprint: str) -> str:
    """What the pack's own verifier says, run from the unpacked pack on the standard library alone.

    Raises OutsideFailure unless it exits 0.
    """
    folder = pack.with_suffix("")
    await asyncio.to_thread(_unpack, pack, folder)
    command = (sys.executable, "-I", "-S", str(folder / "verify.py"), str(folder))
    child = await asyncio.create_subprocess_exec(
        *command,
        "--fingerprint",
        fingerprint,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await child.communicate()
    said = out.decode(errors="replace")
    _must(
        child.returncode == 0,
        words(f"Hồ sơ kiểm tra không đúng:\n{said}", f"The pack does not verify:\n{said}"),
    )
    return said


def _unpack(pack: Path, folder: Path) -> None:
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(folder)


def _must(holds: bool, sentence: Words) -> None:
    if not holds:
        raise OutsideFailure(sentence, permanent=True)
