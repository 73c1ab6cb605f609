"""Bytes are kept once under their hash, and checked when they are read."""

import asyncio
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from crisis.model.errors import NotFound, OutsideFailure
from crisis.records import blob
from crisis.records.act import Records
from crisis.records.schema.content import Blob

LETTER = "Kính gửi Sở Giáo dục và Đào tạo".encode()
DIGEST = sha256(LETTER).hexdigest()


async def _keep(records: Records) -> str:
    async with records.act() as act:
        return await blob.keep(act, LETTER, "text/plain")


async def test_the_same_bytes_are_kept_once_and_come_back_as_they_were(records: Records) -> None:
    digests = await asyncio.gather(*(_keep(records) for _ in range(4)))
    async with records.look() as session:
        kept = await session.scalar(select(func.count()).select_from(Blob))
        assert await blob.fetch(session, DIGEST) == LETTER
    assert set(digests) == {DIGEST}
    assert kept == 1


async def test_an_empty_file_is_a_file(records: Records) -> None:
    async with records.act() as act:
        digest = await blob.keep(act, b"", "text/plain")
        assert await blob.fetch(act.session, digest) == b""


async def test_what_was_never_kept_is_not_found(records: Records) -> None:
    async with records.look() as session:
        with pytest.raises(NotFound):
            await blob.fetch(session, DIGEST)


async def test_bytes_that_do_not_match_their_hash_are_not_given_out(records: Records) -> None:
    async with records.act() as act:
        forged = Blob(sha256=DIGEST, size=5, media_type="text/plain", content=b"other")
        act.session.add(forged)
    async with records.look() as session:
        with pytest.raises(OutsideFailure) as refused:
            await blob.fetch(session, DIGEST)
    assert refused.value.permanent
    assert refused.value.facts == {"sha256": DIGEST}
