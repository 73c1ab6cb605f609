"""After a whole story: the chain holds, every hash is in it, and no name or free text."""

from typing import Any

from sqlalchemy import select

from crisis.audit.check import check_ledger
from crisis.model.approval import Decision
from crisis.office.agency import steering, verification
from crisis.office.statement import editing
from crisis.office.statement.editing import Edit
from crisis.records import blob, wording
from crisis.records.schema.assignment import EvidenceRow
from crisis.records.schema.incident import ClaimRow, Report

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"
TYPED = ("Cứ mưa là sân ngập", "Ghi chú riêng", "Thêm thời hạn")
WORDS = (
    "Cần đo đạc thêm",
    "Đồng ý với đề nghị",
    "Chưa nêu rõ thời hạn",
    "Giao nhầm cơ quan",
    "Nguyễn Văn Ví Dụ",
    "Đã kiểm tra tại chỗ.",
    "Biên bản kiểm tra",
    "Nạo vét rãnh",
)


async def whole(story: Any) -> str:
    """A story with a question, an evidence file, a return, an edit and a publication."""
    code = await story.report(severity="S3", quotation="Cứ mưa là sân ngập", note="Ghi chú riêng")
    await story.play(code)
    await story.acknowledge(PROJECTS)
    async with story.as_agency(PROJECTS) as (act, held):
        await verification.ask(story.office, act, held, WORDS[4], WORDS[0])
    await story.answer(PROJECTS, "accurate", "inaccurate", proof=True)
    await story.answer(SCHOOLS, "accurate", "inaccurate", proof=True)
    await story.play(code)
    await story.decide("approver", code, Decision.RETURN, WORDS[2])
    async with story.acting("coordinator", code) as (act, standing):
        row = standing.statements[-1]
        words = (await wording.version_of(act.session, row.id, 1))[1]
        await editing.edit(act, standing, row, Edit(seen=1, variants=words, note="Thêm thời hạn"))
        await editing.submit(act, standing, row)
    for who in ("approver", "leader"):
        await story.play(code)
        await story.decide(who, code)
    await story.play(code)
    await story.wait_until("2025-10-22T08:00")
    async with story.acting("coordinator", code) as (act, standing):
        await steering.recall(story.office, act, standing, standing.assignments[1], WORDS[3])
    await story.play(code)
    return code


def values(data: Any) -> list[str]:
    """Every text in a piece of JSON, keys left out."""
    if isinstance(data, dict):
        return [text for one in data.values() for text in values(one)]
    if isinstance(data, list):
        return [text for one in data for text in values(one)]
    return [data] if isinstance(data, str) else []


async def test_the_chains_hold_and_say_every_hash_and_no_name(story: Any) -> None:
    code = await whole(story)
    assert (await story.lifecycles(code))[-1] == ("clarify", "published")
    assert (await check_ledger(story.office)).holds
    told = {text for entry in await story.entries(code) for text in values(entry["data"])}
    hashes = {m.sha256 for m in await story.mails(code)}
    async with story.office.records.look() as session:
        hashes |= set(await session.scalars(select(EvidenceRow.sha256)))
        hashes |= set(await session.scalars(select(Report.snapshot_sha)))
        for row in (await story.standing(code)).statements:
            for number in range(1, row.current + 1):
                variants = (await wording.version_of(session, row.id, number))[1]
                hashes |= {variant.sha256 for variant in variants}
        for mail in await story.mails(code):
            assert await blob.fetch(session, mail.sha256)
    assert hashes <= told


async def test_no_entry_holds_a_name_an_address_or_a_sentence(story: Any) -> None:
    code = await whole(story)
    async with story.office.records.look() as session:
        claims = list(await session.scalars(select(ClaimRow.text_vi)))
        titles = list(await session.scalars(select(Report.title)))
    private = [
        *WORDS,
        *claims,
        *titles,
        "Cứ mưa là sân ngập",
        "Ghi chú riêng",
        "Thêm thời hạn",
        "@",
    ]
    for one in story.house.people.values():
        private += [one.name, one.email]
    for chain in (code, "office"):
        for entry in await story.entries(chain):
            for text in values(entry):
                assert not [word for word in private if word in text], (entry["action"], text)
