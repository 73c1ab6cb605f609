"""The office's public site: static files rebuilt from frozen publications, read back by HTTP."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import httpx

from crisis.clock import Clock
from crisis.model.outlet import DeliveryFailed, ReadBack, Receipt, Seen, drill_refusal
from crisis.model.parcel import Act, Parcel
from crisis.model.statement import Variant
from crisis.outlets.affair import Affair
from crisis.outlets.fragment import approved_sha256
from crisis.outlets.frame import Frame
from crisis.outlets.label import page_path
from crisis.outlets.page import site_files
from crisis.outlets.site_stamp import DRAFT, stamp_of

PAGE_LIMIT = 4 * 2**20
"""Bytes: a page that is longer is not one of ours."""

LEFT_BEHIND = 600.0
"""Seconds after which nobody is writing a draft any more."""

NOT_THERE = frozenset({301, 302, 303, 307, 308, 404, 410})


@dataclass(frozen=True, kw_only=True)
class SiteOutlet:
    """Writes pages under `folder` and reads them back at `read_at`, else at their public address.

    `published` gives every publication that this outlet has accepted or is being handed, the
    parcel itself included or not; `client` follows no redirects and brings its own time-outs.
    """

    folder: Path
    frame: Frame
    published: Callable[[], Awaitable[Iterable[Parcel]]]
    client: httpx.AsyncClient
    now: Callable[[], datetime]
    read_at: str = ""
    real: bool = True
    id: str = "site"
    readable: bool = True

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Write the pages of `parcel` and of those it acts on, then lists and feeds.

        Raises DeliveryFailed (later) when the disk refuses, RuleBroken for an exercise on a real
        site or an address that is taken.
        """
        if broken := drill_refusal(self.id, exercise=parcel.exercise, real=self.real):
            raise broken
        publications = [*await self.published(), parcel]
        touched = Affair(publications).touched(parcel)
        await self._write(publications, touched)
        address = f"{self.frame.public_url}/{page_path(parcel.slug, parcel.variants[0].language)}"
        return Receipt(outlet=self.id, key=parcel.key, reference=address, accepted_at=self.now())

    async def rebuild(self) -> int:
        """Write the whole site again from the frozen publications; the number of files."""
        return await self._write(await self.published(), None)

    async def keep_up(self) -> int:
        """As `rebuild`, but only where a publication, the presentation or a file has changed.

        The number of files built: 0 where the site stands as it was left.
        """
        await asyncio.to_thread(sweep_drafts, self.folder)
        publications = list(await self.published())
        kept = self.folder.with_name(f"{self.folder.name}.stamp")
        before = await asyncio.to_thread(_read, kept)
        if before == await asyncio.to_thread(stamp_of, self.folder, self.frame, publications):
            return 0
        count = await self._write(publications, None)
        after = await asyncio.to_thread(stamp_of, self.folder, self.frame, publications)
        await asyncio.to_thread(write_files, kept.parent, {kept.name: after.encode()})
        return count

    async def _write(self, publications: Iterable[Parcel], only: frozenset[str] | None) -> int:
        files = site_files(publications, self.frame, only=only)
        try:
            await asyncio.to_thread(write_files, self.folder, files)
        except OSError as error:
            raise DeliveryFailed(self.id, permanent=False, detail=str(error)) from error
        return len(files)

    async def read_back(self, parcel: Parcel) -> ReadBack:
        """Fetch every address at which the approved bytes of `parcel` must stand.

        A withdrawal's replacement text must stand at the withdrawn addresses too. Raises
        DeliveryFailed when the site does not answer.
        """
        slugs = [parcel.slug]
        if parcel.act is Act.WITHDRAWAL:
            slugs += [reference.slug for reference in parcel.references]
        seen = [await self._see(slug, v) for slug in dict.fromkeys(slugs) for v in parcel.variants]
        return ReadBack(outlet=self.id, key=parcel.key, seen=tuple(seen))

    async def _see(self, slug: str, variant: Variant) -> Seen:
        base = self.read_at or self.frame.public_url
        address = f"{base}/{page_path(slug, variant.language)}"
        page = await self._fetch(address)
        return Seen(
            language=variant.language,
            address=address,
            expected=variant.sha256,
            found=None if page is None else approved_sha256(page),
            there=page is not None,
        )

    async def _fetch(self, address: str) -> bytes | None:
        fresh = {"Cache-Control": "no-cache"}
        try:
            async with self.client.stream("GET", address, headers=fresh) as answer:
                return await self._body(answer)
        except httpx.HTTPError as error:
            detail = f"{type(error).__name__}: {error}"
            raise DeliveryFailed(self.id, permanent=False, detail=detail) from error

    async def _body(self, answer: httpx.Response) -> bytes | None:
        code = answer.status_code
        if code in NOT_THERE:
            return None
        if not answer.is_success:
            raise DeliveryFailed(self.id, permanent=False, reply_code=code)
        body = b""
        async for piece in answer.aiter_bytes():
            body += piece
            if len(body) > PAGE_LIMIT:
                return b""
        return body


def _read(path: Path) -> str:
    return path.read_text() if path.is_file() else ""


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write each file whole or not at all, in order; those that hold the same bytes are left.

    Raises OSError.
    """
    for path, content in files.items():
        target = folder / path
        if target.is_file() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, content)


def sweep_drafts(folder: Path) -> None:
    """Remove drafts that a writer left behind when it was killed."""
    for draft in folder.rglob(f"{DRAFT}*"):
        with suppress(FileNotFoundError):
            if Clock.real().real_now().timestamp() - draft.stat().st_mtime > LEFT_BEHIND:
                draft.unlink()


def _replace(target: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=target.parent, prefix=DRAFT, delete=False) as draft:
        try:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).chmod(0o644)
            Path(draft.name).replace(target)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
