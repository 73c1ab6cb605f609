"""Tasks of agencies: who is asked what, what an answer settles, and what happens without one."""

from typing import Any

import pytest

from crisis.model.claim import OUTSIDE
from crisis.model.errors import BadInput, Stale
from crisis.model.incident import Stage
from crisis.model.wait import Wait
from crisis.office.agency import steering, verification
from crisis.office.agency.steering import Classification
from crisis.office.incident import triage
from crisis.office.vouching import confirm_origin
from crisis.records import task_link
from crisis.records.task_work import evidence_of

PROJECTS, SCHOOLS = "daumoi@bqlda.example", "daumoi@sgddt.example"
CONDUCT = [
    {"text": {"vi": "Sân bị ngập", "en": "The yard floods"}},
    {
        "text": {"vi": "Ban chậm sửa", "en": "The board is late"},
        "about_agency": "qt-bqlda",
        "conduct": True,
    },
]


async def started(story: Any, **given: Any) -> str:
    code = await story.report(**({"severity": "S2"} | given))
    await story.play(code)
    return code


async def verdicts(story: Any, code: str) -> list[tuple[str, str | None]]:
    return [(row.verdict, row.block) for row in (await story.standing(code)).claims]


async def test_the_lead_and_the_supporting_agency_are_asked_by_letter(story: Any) -> None:
    code = await started(story)
    tasks = (await story.standing(code)).assignments
    assert [(a.agency, a.lead) for a in tasks] == [("qt-bqlda", True), ("qt-sgddt", False)]
    assert {m.recipient for m in await story.mails(code)} == {PROJECTS, SCHOOLS}


async def test_who_a_claim_is_about_answers_it(story: Any) -> None:
    about = {"text": {"vi": "Trường báo muộn", "en": "Told late"}, "about_agency": "qt-sgddt"}
    code = await started(story, claims=[CONDUCT[0], about | {"conduct": True}])
    flood, told_late = (row.id for row in (await story.standing(code)).claims)
    shares = {a.agency: a.claims for a in (await story.standing(code)).assignments}
    assert shares == {"qt-bqlda": [flood], "qt-sgddt": [told_late]}


async def test_an_agency_does_not_clear_itself_on_its_own_word(story: Any) -> None:
    code = await started(story, claims=CONDUCT, topics=["provincial_works"])
    await story.answer(PROJECTS, "accurate", "inaccurate", proof=True)
    assert await verdicts(story, code) == [
        ("accurate", None),
        ("unverified_yet", "own_word_only"),
    ]


@pytest.mark.parametrize("issuer", ["qt-ttr", "Thanh tra tỉnh", "Trung tâm kiểm định"])
async def test_whom_the_agency_names_as_issuer_is_its_own_word(story: Any, issuer: str) -> None:
    code = await started(story, claims=CONDUCT, topics=["provincial_works"])
    await story.answer(PROJECTS, "accurate", "inaccurate", proof=True, issuer=issuer)
    assert await verdicts(story, code) == [
        ("accurate", None),
        ("unverified_yet", "own_word_only"),
    ]


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("qt-ttr", ("inaccurate", None)),
        (OUTSIDE, ("inaccurate", None)),
        ("qt-bqlda", ("unverified_yet", "own_word_only")),
    ],
)
async def test_a_document_clears_it_once_its_independent_origin_is_confirmed(
    story: Any, body: str, verdict: tuple[str, str | None]
) -> None:
    code = await started(story, claims=CONDUCT, topics=["provincial_works"])
    await story.answer(PROJECTS, "accurate", "inaccurate", proof=True)
    async with story.acting("coordinator", code) as (act, standing):
        (piece,) = await evidence_of(act.session, standing.incident)
        await confirm_origin(act, standing, piece, body=body, name="Trung tâm kiểm định")
    assert await verdicts(story, code) == [("accurate", None), verdict]
    assert (await story.actions(code)).count("evidence.origin_confirmed") == 1


async def test_a_second_agency_clears_it(story: Any) -> None:
    code = await started(story, claims=CONDUCT)
    await story.answer(PROJECTS, "accurate", "inaccurate", proof=True)
    await story.answer(SCHOOLS, "accurate", "inaccurate")
    assert await verdicts(story, code) == [("accurate", None), ("inaccurate", None)]


async def test_a_supporting_agency_may_answer_a_part(story: Any) -> None:
    code = await started(story)
    await story.answer(PROJECTS, "accurate", "accurate")
    assert await story.answer(SCHOOLS, "accurate") == 1
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL


async def test_the_lead_answers_every_claim(story: Any) -> None:
    await started(story)
    with pytest.raises(BadInput):
        await story.answer(PROJECTS, "accurate")


async def test_answers_that_differ_wait_for_a_person(story: Any) -> None:
    code = await started(story)
    await story.answer(PROJECTS, "accurate", "accurate")
    await story.answer(SCHOOLS, "accurate", "partly_accurate", proof=True)
    assert await verdicts(story, code) == [
        ("accurate", None),
        ("unverified_yet", "answers_differ"),
    ]
    assert (await story.play(code)).outlook.wait is Wait.VERIFICATION


async def test_what_is_under_investigation_stays_open_whatever_is_answered(story: Any) -> None:
    code = await started(story)
    async with story.acting("coordinator", code) as (act, standing):
        said = Classification(
            opinion=False, out_of_scope=False, under_investigation=True, reason="Thanh tra"
        )
        await steering.classify(act, standing, standing.claims[0], said)
    await story.answer(PROJECTS, "accurate", "accurate")
    assert (await verdicts(story, code))[0] == ("unverified_yet", "under_investigation")


async def test_an_amended_answer_is_a_new_version_that_voids_what_was_approved(story: Any) -> None:
    code = await started(story)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "accurate")
    await story.play(code)
    await story.decide("approver", code)
    assert await story.answer(PROJECTS, "accurate", "accurate") == 2
    assert await story.lifecycles(code) == [("acknowledge_and_remedy", "expired")]
    assert await story.stage(code) == "verifying"
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL
    assert [m.letter for m in await story.mails(code)].count("publication_notice") == 0


async def test_another_verdict_after_publication_is_followed_by_a_correction(story: Any) -> None:
    code = await started(story)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "inaccurate", "inaccurate", proof=True)
    await story.play(code)
    for who in ("approver", "leader"):
        await story.decide(who, code)
        await story.play(code)
    for agency in (PROJECTS, SCHOOLS):
        await story.answer(agency, "accurate", "accurate")
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL
    denied, amended = (await story.standing(code)).statements
    assert (amended.refers_to, amended.relation) == (denied.id, "correction")


async def test_who_declines_names_another_and_the_coordinator_decides(story: Any) -> None:
    code = await started(story, topics=["provincial_works"])
    async with story.as_agency(PROJECTS) as (act, held):
        said = ("Không thuộc thẩm quyền", "Sở Xây dựng")
        await verification.decline(story.office, act, held, "Nguyễn Văn Ví Dụ", said)
    assert (await story.play(code)).outlook.wait is Wait.AGENCY
    asked = [m for m in await story.mails(code) if m.letter == "task_declined"]
    assert [m.recipient for m in asked] == ["dieuphoi@vanphong.example"]
    await named(story, code, "qt-sxd")
    assert (await story.play(code)).outlook.wait is Wait.VERIFICATION
    await story.answer("daumoi@sxd.example", "accurate", "accurate")
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL


async def named(story: Any, code: str, agency: str) -> None:
    """The coordinator names `agency` for every claim."""
    async with story.acting("coordinator", code) as (act, standing):
        claims = [row.id for row in standing.claims]
        await steering.name_agency(story.office, act, standing, agency, claims)


async def test_the_lead_that_declines_is_missed_although_others_support_it(story: Any) -> None:
    code = await started(story)
    async with story.as_agency(PROJECTS) as (act, held):
        await verification.decline(story.office, act, held, "A", ("Không phải", "Sở khác"))
    assert (await story.play(code)).outlook.wait is Wait.AGENCY


async def test_after_a_decline_the_link_opens_nothing_more(story: Any) -> None:
    await started(story, topics=["provincial_works"])
    async with story.as_agency(PROJECTS) as (act, held):
        await verification.decline(story.office, act, held, "A", ("Không phải", "Sở khác"))
    with pytest.raises(Stale):
        await story.acknowledge(PROJECTS)


async def test_a_task_that_is_recalled_by_letter_is_open_again(story: Any) -> None:
    code = await started(story, topics=["provincial_works"])
    await story.answer(PROJECTS, "accurate", "accurate")
    async with story.acting("coordinator", code) as (act, standing):
        await steering.recall(story.office, act, standing, standing.assignments[0], "Giao nhầm")
    assert (await story.play(code)).outlook.wait is Wait.AGENCY
    assert await verdicts(story, code) == [("unverified_yet", "no_answer")] * 2
    assert [m.letter for m in await story.mails(code)].count("recall") == 1
    async with story.office.records.look() as session:
        with pytest.raises(Stale):
            await task_link.open_link(session, story.token(PROJECTS))


async def test_another_agency_answers_in_place_of_one_that_nobody_reaches(story: Any) -> None:
    code = await started(story, topics=["legal_affairs"])
    (unreachable,) = (await story.standing(code)).assignments
    assert unreachable.status == "unreachable"
    assert (await story.play(code)).outlook.wait is Wait.AGENCY
    await story.wait_until("2025-10-20T08:01")
    told = [m.recipient for m in await story.mails(code) if m.letter == "escalation"]
    assert told == ["chanhvanphong@vanphong.example"]
    await named(story, code, "qt-ttr")
    await story.play(code)
    await story.answer("daumoi@ttr.example", "accurate", "accurate")
    assert (await story.play(code)).outlook.wait is Wait.APPROVAL


async def test_an_ended_incident_takes_no_more_answers(story: Any) -> None:
    code = await started(story)
    async with story.acting("coordinator", code) as (act, standing):
        await triage.end(act, standing.incident, Stage.CLOSED, "Đã xong")
    with pytest.raises(Stale):
        await story.answer(PROJECTS, "accurate", "accurate")
