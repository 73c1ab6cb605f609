"""Bytes under their SHA-256: kept once, checked whenever they are read."""

from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crisis.model.errors import NotFound, OutsideFailure
from crisis.model.words import words
from crisis.records.act import Act
from crisis.records.schema.content import Blob
from crisis.records.upsert import put_new


async def keep(act: Act, content: bytes, media_type: str) -> str:
    """Keep `content` and return its lowercase hex SHA-256; what is there already stays as it is.

    Bytes that were erased under a decision do not come back by being kept again.
    """
    digest = sha256(content).hexdigest()
    if await _size(act.session, digest) is None:
        row = {"sha256": digest, "size": len(content), "media_type": media_type, "content": content}
        await put_new(act.session, Blob, row)
    return digest


async def fetch(session: AsyncSession, digest: str) -> bytes:
    """The bytes whose SHA-256 is `digest`.

    Raises NotFound where they were never kept or were erased, OutsideFailure where the database
    gives back other bytes than were kept.
    """
    kept = await session.execute(select(Blob.content, Blob.size).where(Blob.sha256 == digest))
    row = kept.one_or_none()
    if row is None:
        raise NotFound(words("Không có tệp này trong kho.", "No such file is kept."), sha256=digest)
    content: bytes = row.content
    if not content and row.size:
        raise NotFound(
            words(
                "Nội dung tệp đã được xóa theo quyết định; chỉ còn mã băm.",
                "The content was erased under a decision; only its hash remains.",
            ),
            sha256=digest,
        )
    if sha256(content).hexdigest() != digest:
        raise OutsideFailure(
            words(
                "Tệp trong kho không khớp mã băm: cơ sở dữ liệu đã bị thay đổi hoặc hỏng.",
                "The kept file does not match its hash: the database was changed or is damaged.",
            ),
            permanent=True,
            sha256=digest,
        )
    return content


async def _size(session: AsyncSession, digest: str) -> int | None:
    size: int | None = await session.scalar(select(Blob.size).where(Blob.sha256 == digest))
    return size
