"""Labelled headlines as a file: what the shipped word weights are learned from."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import yaml

from crisis.model.errors import BadContent
from crisis.model.words import words
from crisis.watch.judgement import Sentiment
from crisis.watch.learning import Example, learn
from crisis.watch.reader import Reader
from crisis.watch.word_weight import Shipped

_TONES: dict[str, Sentiment] = {"-": "neg", "=": "neu", "+": "pos"}


class Headline(NamedTuple):
    """A headline, its lead ('' for none) and its labels."""

    title: str
    lead: str
    gov: bool
    alert: bool
    severity: int
    tone: Sentiment


def read_headlines(path: Path) -> list[Headline]:
    """The rows `[code, title, lead]` of a YAML file, code as `g2-`; raises `BadContent`."""
    try:
        return [_row(*row) for row in yaml.safe_load(path.read_text(encoding="utf8"))]
    except (OSError, TypeError, ValueError, KeyError, IndexError, yaml.YAMLError) as error:
        raise BadContent(
            words("Tệp tiêu đề có nhãn sai cấu trúc.", "The labelled headlines are malformed."),
            place=str(path),
        ) from error


def _row(code: str, title: str, lead: str | None = "") -> Headline:
    side, severity, tone = code[0], int(code[1]), _TONES[code[2]]
    return Headline(title, lead or "", side == "g", side in "ga", severity, tone)


def learn_shipped(headlines: Iterable[Headline], reader: Reader) -> Shipped:
    """The three models of the words at large."""
    rows = [(reader.told(one.title, one.lead), one) for one in headlines]
    return Shipped(
        body=learn([Example(told=told, wanted=one.gov) for told, one in rows]),
        bad=learn([Example(told=told, wanted=one.tone == "neg") for told, one in rows]),
        good=learn([Example(told=told, wanted=one.tone == "pos") for told, one in rows]),
    )
