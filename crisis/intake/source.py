"""The press sources of `press_sources.yaml`."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from crisis.intake.page_list import ListRule
from crisis.model.errors import BadContent
from crisis.model.words import words

Tier = Literal["trung_uong", "dia_phuong", "chinh_quyen"]


class ListPage(BaseModel):
    """A page that lists articles, and how to read it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    rule: ListRule


class PressSource(BaseModel):
    """One outlet, its feeds and list pages; at `weight` 2 its word alone raises an alert."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    tier: Tier
    feeds: tuple[str, ...] = ()
    list_pages: tuple[ListPage, ...] = ()
    user_agent: str = ""
    weight: int = 1
    confidence: Literal["high", "medium", "low"] = "medium"
    note: str = ""


def load_sources(path: Path) -> tuple[PressSource, ...]:
    """The sources of a file; raises `BadContent` naming the file and the field."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf8"))
        sources = tuple(PressSource.model_validate(row) for row in content["press_sources"])
    except (OSError, yaml.YAMLError, ValidationError, KeyError, TypeError) as error:
        raise BadContent(
            words(
                "Danh mục nguồn báo chí sai cấu trúc.", f"The press sources are malformed: {error}"
            ),
            place=str(path),
        ) from error
    if len({source.id for source in sources}) != len(sources):
        raise BadContent(
            words("Mã nguồn báo chí bị trùng.", "Two press sources share an id."), place=str(path)
        )
    return sources
