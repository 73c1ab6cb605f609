"""The office's labels in the records: what is learned, kept, switched on, and used."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crisis.model.errors import BadInput, NotFound
from crisis.model.ledger import Actor, ActorKind
from crisis.office.press import learning as press_learning
from crisis.office.press.reader import reader_of
from crisis.records import blob, press_label, press_model
from crisis.records.schema.base import new_id
from crisis.records.schema.ledger import LedgerEntry
from crisis.records.schema.lesson import PressModel
from crisis.records.schema.press import PressItem, PressJudgement
from crisis.watch.headline_file import read_headlines
from crisis.watch.word_weight import read_learned
from tests.office.press.conftest import Told, Watch

HEADLINES = Path(__file__).parents[2] / "watch"


def printed() -> list[Told]:
    """Headlines that name our province, so that they can be ours."""
    rows = [
        one
        for name in ("first", "second", "third", "sixth")
        for one in read_headlines(HEADLINES / f"headlines_{name}.yaml")
    ]
    return [
        Told(title=one.title, lead=f"{one.lead} Tin từ Quảng Trị.", link=f"https://bao.example/{n}")
        for n, one in enumerate(rows)
    ]


async def label_all(watch: Watch, by: Any) -> int:
    """An office that does not want to hear of schools."""
    actor = Actor(kind=ActorKind.USER.value, id=by)
    rows = await watch.rows(select(PressItem).order_by(PressItem.number))
    judged = {j.item_id: j for j in await watch.rows(select(PressJudgement))}
    async with watch.office.records.act(actor) as act:
        for row in rows:
            schools = any(w in f"{row.title} {row.lead}".lower() for w in ("trường", "học sinh"))
            said = "yes" if judged[row.id].alert and not schools else "not_us"
            await press_learning.label(act, row.id, said)
    return len(rows)


async def test_labels_become_a_version_that_judges_what_comes_after(watch: Watch) -> None:
    await watch.source("bao", "/a")
    watch.prints("/a", *printed())
    await watch.scan()
    count = await label_all(watch, new_id())
    async with watch.office.records.act() as act:
        kept = await press_learning.train(watch.office, act)
        number, state = kept.number, kept.state
    assert (number, state) == (1, press_model.ON)
    [row] = await watch.rows(select(PressModel))
    assert row.trained_on + row.held == count
    assert row.model_right * 2 / (row.held_wanted + row.model_alerts) >= row.shipped_right * 2 / (
        row.held_wanted + row.shipped_alerts
    )
    async with watch.office.records.act() as act:
        reader = await reader_of(watch.office, act)
        learned = read_learned((await blob.fetch(act.session, row.sha256)).decode())
    assert reader.version.endswith("+1")
    assert reader.judge.office == learned
    assert learned.weights
    now = await watch.rows(select(PressJudgement).where(PressJudgement.current))
    assert {j.version for j in now} == {reader.version}


async def test_a_version_from_too_few_labels_is_kept_but_does_not_count(watch: Watch) -> None:
    await watch.source("bao", "/a")
    watch.prints("/a", *printed()[:12])
    await watch.scan()
    await label_all(watch, new_id())
    async with watch.office.records.act() as act:
        kept = await press_learning.train(watch.office, act)
        assert kept.state == "too_few"
        assert await press_model.in_force(act.session) is None
        assert "+" not in (await reader_of(watch.office, act)).version


async def test_at_night_it_learns_only_where_a_label_was_given_since(watch: Watch) -> None:
    async def night() -> int | None:
        async with watch.office.records.act() as act:
            kept = await press_learning.train_if_new(watch.office, act)
            return kept.number if kept else None

    async def say(item_id: str, said: str) -> None:
        actor = Actor(kind=ActorKind.USER.value, id=new_id())
        async with watch.office.records.act(actor) as act:
            later = replace(act, now=act.now + timedelta(hours=1))
            await press_learning.label(later, item_id, said)

    await watch.source("bao", "/a")
    watch.prints("/a", *printed()[:12])
    await watch.scan()
    assert await night() is None
    await label_all(watch, new_id())
    assert [await night(), await night()] == [1, None]
    [first, *_] = await watch.rows(select(PressItem).order_by(PressItem.number))
    await say(first.id, "wrong_tone")
    assert await night() == 2


async def test_the_last_word_on_an_item_counts_and_stands_in_the_ledger_without_text(
    watch: Watch,
) -> None:
    await watch.source("bao", "/a")
    watch.prints("/a", printed()[0])
    await watch.scan()
    [row] = await watch.rows(select(PressItem))
    actor = Actor(kind=ActorKind.USER.value, id=new_id())
    async with watch.office.records.act(actor) as act:
        for said in ("yes", "yes", "wrong_tone"):
            await press_learning.label(act, row.id, said)
    async with watch.office.records.look() as session:
        assert await press_label.of_items(session, [row.id]) == {row.id: "wrong_tone"}
        assert await press_label.count(session) == {"wrong_tone": 1}
    entries = await watch.rows(select(LedgerEntry).where(LedgerEntry.action == "press.labelled"))
    told = [json.loads(entry.body)["data"] for entry in entries]
    assert [(data["item"], data["said"]) for data in told] == [
        (row.id, "yes"),
        (row.id, "wrong_tone"),
    ]
    assert {key for data in told for key in data} == {"item", "said", "as_of"}


async def test_an_answer_that_is_none_of_the_three_or_about_nothing_is_refused(
    watch: Watch,
) -> None:
    async with watch.office.records.act() as act:
        with pytest.raises(BadInput):
            await press_learning.label(act, new_id(), "maybe")
        with pytest.raises(NotFound):
            await press_learning.label(act, new_id(), "yes")


async def test_an_item_is_filed_under_its_topic_the_body_that_answers_and_the_commune(
    watch: Watch,
) -> None:
    await watch.source("bao", "/a")
    watch.prints(
        "/a",
        Told(
            title="Sở Y tế Quảng Trị làm rõ việc bệnh viện thiếu thuốc",
            lead="Nhiều bệnh nhân ở xã Lệ Thủy phải mua thuốc ngoài.",
            link="https://bao.example/1",
        ),
        Told(
            title="Dân xã Lệ Thủy chờ sổ đỏ nhiều năm",
            lead="UBND xã cho biết hồ sơ đất đai tồn đọng, Quảng Trị.",
            link="https://bao.example/2",
        ),
    )
    await watch.scan()
    rows = {
        (await watch.rows(select(PressItem).where(PressItem.id == j.item_id)))[0].link[-1]: j
        for j in await watch.rows(select(PressJudgement))
    }
    assert rows["1"].topics[0] in {"healthcare", "medicines"}
    assert rows["1"].agencies[0] == "qt-syt"
    assert rows["2"].topics[0] == "land"
    assert rows["1"].places == rows["2"].places
    assert f"ubnd-{rows['2'].places[0]}" in rows["2"].agencies
