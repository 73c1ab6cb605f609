"""The threat model names tests: each of them is there."""

import re
from pathlib import Path

HOUSE = Path(__file__).parents[2]
TOLD = (HOUSE / "docs" / "security.md").read_text()
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", TOLD)


def test_every_test_that_the_threat_model_names_exists() -> None:
    assert NAMED
    missing = [
        f"{file}::{name}"
        for file, name in NAMED
        if not re.search(rf"^(async )?def {name}\(", _text(HOUSE / file), re.MULTILINE)
    ]
    assert missing == []


def test_every_door_of_the_threat_model_names_a_test() -> None:
    doors = [part for part in TOLD.split("\n## ")[1:] if not part.startswith("Not shown")]
    assert [door.split("\n")[0] for door in doors if "::test_" not in door] == []


def _text(file: Path) -> str:
    return file.read_text() if file.is_file() else ""
