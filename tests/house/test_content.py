"""Content: every playbook loads, every letter and statement exists in both languages."""

from pathlib import Path

import pytest

from crisis.model.playbook import Playbook
from crisis.model.words import Language
from crisis.writing.content_file import read_content

ROOT = Path(__file__).parents[2]
NOT_PLAYBOOKS = {"law", "calendar", "directory", "press_sources"}
PLAYBOOKS = sorted(
    file.stem for file in (ROOT / "playbooks").glob("*.yaml") if file.stem not in NOT_PLAYBOOKS
)
FOLDERS = sorted(
    folder.relative_to(ROOT).as_posix()
    for shelf in ("letters", "statements")
    for folder in (ROOT / "templates" / shelf).iterdir()
    if folder.is_dir()
)


def test_there_is_content_to_check() -> None:
    assert "press-report" in PLAYBOOKS
    assert "templates/letters/assignment" in FOLDERS


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_every_playbook_loads(name: str) -> None:
    playbook = read_content(ROOT / "playbooks" / f"{name}.yaml", Playbook)
    assert playbook.id == name


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_text_exists_in_both_languages(folder: str) -> None:
    names = {
        language: {
            file.name.replace(f".{language.value}.", ".")
            for file in (ROOT / folder / language.value).iterdir()
        }
        for language in Language
    }
    assert names[Language.VI] == names[Language.EN] != set()
