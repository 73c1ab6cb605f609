"""Taking in reports: once per key, a further paper in the same affair, nobody asked too early."""

import asyncio
from typing import Any

import pytest

from crisis.model.claim import Claim
from crisis.model.errors import BadInput, RuleBroken, Stale
from crisis.model.report import ReportIn
from crisis.model.severity import Severity
from crisis.model.wait import Wait
from crisis.model.words import Language, Words
from crisis.office import matter
from crisis.office.incident import triage
from crisis.office.intake import likeness
from crisis.office.intake.intake_call import take_call
from crisis.office.matter import Matter
from crisis.records.act import SYSTEM

TOLD: dict[str, Any] = {
    "title": "Sân trường ngập nước mỗi khi mưa",
    "outlet": "Pháp Luật TP.HCM",
    "link": "https://plo.example/san-truong-ngap-123.html",
    "published_at": "2025-10-20T07:00",
    "topics": ["provincial_works"],
    "claims": [{"text": {"vi": "Sân trường bị ngập", "en": "The yard floods"}}],
}
OTHER = {"vi": "Lan can bị gãy", "en": "The railing is broken"}


def told(**given: Any) -> ReportIn:
    return ReportIn.model_validate(TOLD | given)


async def test_the_same_call_again_answers_with_the_same_incident(story: Any) -> None:
    first = await take_call(story.office, SYSTEM, told(), "k-1")
    again = await take_call(story.office, SYSTEM, told(), "k-1")
    assert (first.created, again.created, again.code) == (True, False, first.code)


async def test_a_key_used_for_another_report_is_refused(story: Any) -> None:
    await take_call(story.office, SYSTEM, told(), "k-1")
    with pytest.raises(Stale):
        await take_call(story.office, SYSTEM, told(title="Một tin khác"), "k-1")


async def test_two_equal_calls_at_once_open_one_incident(story: Any) -> None:
    calls = (take_call(story.office, SYSTEM, told(), "k-1") for _ in range(4))
    filed = await asyncio.gather(*calls)
    assert len({one.code for one in filed}) == 1
    assert [one.created for one in filed].count(True) == 1


async def test_incidents_filed_at_once_get_numbers_of_their_own(story: Any) -> None:
    links = [f"https://plo.example/bai-{n}.html" for n in range(4)]
    calls = (take_call(story.office, SYSTEM, told(link=link), link) for link in links)
    assert len({one.code for one in await asyncio.gather(*calls)}) == 4


async def test_one_article_filed_by_many_at_once_is_one_candidate(story: Any) -> None:
    calls = (take_call(story.office, SYSTEM, told(), f"k-{n}") for n in range(4))
    assert len({one.code for one in await asyncio.gather(*calls)}) == 1


SECRET = {"vi": "Kèm theo:\nMẬT", "en": "Attached"}


@pytest.mark.parametrize(
    "given",
    [
        {"note": SECRET["vi"]},
        {"summary": SECRET},
        {"subject": SECRET},
        {"claims": [{"text": SECRET}]},
        {"outlet": "TUYỆT MẬT"},
    ],
    ids=lambda given: next(iter(given)),
)
async def test_a_secrecy_mark_anywhere_keeps_a_report_out(story: Any, given: Any) -> None:
    with pytest.raises(RuleBroken) as broken:
        await story.report(**given)
    assert broken.value.rule == "INV8"


async def test_a_secrecy_mark_keeps_a_further_claim_and_a_new_name_out(story: Any) -> None:
    code = await story.report()
    secret = Words(**SECRET)
    async with story.acting("coordinator", code) as (act, standing):
        with pytest.raises(RuleBroken, match="secrecy mark"):
            await matter.add_claim(act, standing, Claim(id="", number=0, text=secret))
        told = Matter(title=secret, topics=(), places=())
        with pytest.raises(RuleBroken, match="secrecy mark"):
            await matter.amend_matter(act, standing, told, "Sửa")


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({"topics": ["schols"]}, "topics[1]", "schols"),
        ({"places": ["xã Lệ Thủy", "xã Không Có"]}, "places[2]", "xã Không Có"),
        (
            {"claims": [{"text": OTHER, "about_agency": "qt-sxdd", "conduct": True}]},
            "claims[1].about_agency",
            "qt-sxdd",
        ),
    ],
)
async def test_a_name_that_the_directory_does_not_know_is_refused_by_name(
    story: Any, given: dict[str, Any], field: str, value: str
) -> None:
    with pytest.raises(BadInput) as refused:
        await story.report(**given)
    assert refused.value.field == field
    for language in Language:
        assert value in refused.value.said_in(language)


async def test_a_place_that_may_be_several_is_left_for_a_person(story: Any) -> None:
    assert await story.report(places=["Quảng Trị"])


async def test_no_agency_is_mailed_before_a_named_person_confirmed(story: Any) -> None:
    code = await story.report(confirmed=False, severity="S4")
    assert (await story.play(code)).outlook.wait is Wait.CONFIRMATION
    assert await story.mails(code) == []
    async with story.acting("coordinator", code) as (act, standing):
        await triage.confirm(story.office, act, standing.incident)
    await story.play(code)
    assert {m.letter for m in await story.mails(code)} == {"assignment", "approval_request"}


async def test_the_same_link_or_title_is_offered_and_never_merged_by_itself(story: Any) -> None:
    code = await story.report(link=TOLD["link"])
    async with story.office.records.look() as session:
        by_title = await likeness.alike(session, told(link="https://bao.example/khac"))
        by_link = await likeness.alike(session, told(title="Tiêu đề khác hẳn"))
        neither = await likeness.alike(session, told(link=None, title="Tiêu đề khác hẳn"))
    assert [[row.code for row in found] for found in (by_title, by_link, neither)] == [
        [code],
        [code],
        [],
    ]


async def test_a_further_paper_adds_its_new_claim_only(story: Any) -> None:
    code = await story.report()
    await story.report(into=code, outlet="Báo khác", claims=[TOLD["claims"][0], {"text": OTHER}])
    assert [row.text_en for row in (await story.standing(code)).claims] == [
        "The yard floods",
        "Water does not drain",
        "The railing is broken",
    ]


async def test_a_further_paper_sends_no_second_assignment_for_old_claims(story: Any) -> None:
    code = await story.report()
    await story.play(code)
    await story.report(into=code, outlet="Báo khác", claims=[{"text": OTHER}])
    await story.play(code)
    claims = [row.id for row in (await story.standing(code)).claims]
    given = [tuple(a.claims) for a in (await story.standing(code)).assignments]
    assert sorted(given) == sorted([tuple(claims[:2])] * 2 + [(claims[2],)] * 2)


async def test_facts_of_a_further_paper_raise_the_severity(story: Any) -> None:
    code = await story.report(severity="S2")
    await story.report(into=code, outlet="Báo khác", floors=["life_safety"])
    assert (await story.standing(code)).severity is Severity.S4


async def test_a_further_paper_without_news_leaves_what_is_published_alone(story: Any) -> None:
    code = await story.report(severity="S2")
    await story.play(code)
    for agency in ("daumoi@bqlda.example", "daumoi@sgddt.example"):
        await story.answer(agency, "accurate", "accurate")
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)
    await story.report(into=code, outlet="Báo khác")
    assert (await story.play(code)).outlook.wait is Wait.CLOSING


async def test_a_new_claim_after_publication_reopens_verification(story: Any) -> None:
    code = await story.report(severity="S2")
    await story.play(code)
    for agency in ("daumoi@bqlda.example", "daumoi@sgddt.example"):
        await story.answer(agency, "accurate", "accurate")
    await story.play(code)
    await story.decide("approver", code)
    await story.play(code)
    await story.report(into=code, outlet="Báo khác", claims=[{"text": OTHER}])
    assert (await story.play(code)).outlook.wait is Wait.VERIFICATION
    assert await story.stage(code) == "verifying"
