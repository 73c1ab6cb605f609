"""`phatngon watch train`: learn from the office's labels, or the shipped weights from headlines."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from crisis.model.words import words
from crisis.office.press import learning as press_learning
from crisis.records import press_label
from crisis.records.schema.lesson import PressModel
from crisis.settings import settings
from crisis.watch.headline_file import learn_shipped, read_headlines
from crisis.watch.lesson import LEAST_LABELS, Figures
from crisis.watch.reader import load_reader
from desk.cli import shown
from desk.cli.opened import OPERATOR, opened, work
from desk.cli.tongue import LANGUAGE, say, told
from desk.press.verdict import verdict
from desk.press.words import MODEL_WORDS

NO_LABELS = words(
    "Chưa có nhận xét nào để học: hãy trả lời ở trang Bộ lọc tin (/diem-bao/bo-loc)."
    f" Bản học được chỉ được dùng khi có từ {LEAST_LABELS} nhận xét.",
    "There are no labels to learn from: answer on the page Press filter (/diem-bao/bo-loc)."
    f" A version counts from {LEAST_LABELS} labels on.",
)
HELP = told(
    "Học từ nhận xét của văn phòng; bản mới chỉ được dùng khi không kém bản có sẵn.",
    "Learn from the office's labels; a version counts only where it is not worse.",
    "phatngon watch train",
    "phatngon watch train --headlines a.yaml --headlines b.yaml --to playbooks/watch/words",
)


def train(
    *,
    headlines: Annotated[
        list[Path],
        typer.Option(
            help=say("học bộ trọng số đi kèm từ tệp này", "shipped weights from this file")
        ),
    ] = [],  # noqa: B006  (typer reads it)
    to: Annotated[Path | None, typer.Option(help=say("ghi vào thư mục", "write there"))] = None,
    as_json: Annotated[bool, shown.AS_JSON] = False,
) -> None:
    """The command."""
    if headlines:
        found: dict[str, Any] = {"headlines": write_shipped(headlines, to or Path("words"))}
    else:
        found = work(_train())
        if not found["labels"] and not as_json:
            typer.echo(NO_LABELS.in_(LANGUAGE))
            return
    if as_json:
        shown.data(found)
        return
    state = MODEL_WORDS.get(str(found.get("state")))
    told_state = {"state": state.in_(LANGUAGE)} if state else {}
    shares = {key: _told(found[key]) for key in ("shipped", "learned") if key in found}
    shown.facts(found | told_state | shares)


async def _train() -> dict[str, Any]:
    async with opened() as office, office.records.act(OPERATOR) as act:
        if not await press_label.count(act.session):
            return {"version": None, "state": "no_labels", "labels": 0}
        kept = await press_learning.train(office, act)
        return row_of(kept) | {"because": verdict(kept).in_(LANGUAGE)}


def row_of(kept: PressModel) -> dict[str, Any]:
    """A version as the command prints it; `shipped` and `learned` on the labels held back."""
    return {
        "version": kept.number,
        "state": kept.state,
        "labels": kept.trained_on + kept.held,
        "held": kept.held,
        "shipped": _shares(kept.held, kept.held_wanted, kept.shipped_alerts, kept.shipped_right),
        "learned": _shares(kept.held, kept.held_wanted, kept.model_alerts, kept.model_right),
        "sha256": kept.sha256,
    }


def _shares(labels: int, wanted: int, alerts: int, right: int) -> dict[str, float] | None:
    """None where no label was held back: nothing could be measured."""
    if not labels:
        return None
    found = Figures(labels=labels, wanted=wanted, alerts=alerts, right=right)
    return {
        "f1": round(found.f1, 3),
        "recall": round(found.recall, 3),
        "precision": round(found.precision, 3),
    }


def _told(shares: dict[str, float] | None) -> str:
    if shares is None:
        return say("chưa đo được: chưa giữ lại nhận xét nào", "not measured: no label held back")
    return ", ".join(f"{name} {value:.2f}" for name, value in shares.items())


def write_shipped(files: Sequence[Path], folder: Path) -> int:
    """Learn the shipped word weights from labelled headlines; how many headlines were read."""
    rows = [one for file in files for one in read_headlines(file)]
    learned = learn_shipped(rows, load_reader(settings().playbooks / "watch"))
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("body", "bad", "good"):
        (folder / f"{name}.tsv").write_text(getattr(learned, name).as_text(), encoding="utf8")
    return len(rows)
