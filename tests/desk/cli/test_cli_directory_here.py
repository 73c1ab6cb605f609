"""The directory on the command line where an office has one in force, as its desk has it."""

from pathlib import Path
from typing import Any

import pytest

from crisis.records import content
from crisis.records.content import ContentKind
from desk.cli.opened import OPERATOR, opened, work


def put_in_force(kind: ContentKind, name: str, old: str, new: str) -> None:
    """Change the text of a file in force, as the machine's operator may."""

    async def change() -> None:
        async with opened() as office, office.records.act(OPERATOR) as act:
            _, data = await content.active(act.session, kind, name)
            assert old in data.decode()
            await content.activate(act, kind, name, data.decode().replace(old, new).encode())

    work(change())


@pytest.fixture
def renamed(shell: Any) -> Any:
    """An office whose directory in force calls its construction department otherwise."""
    put_in_force(
        ContentKind.DIRECTORY, "directory", "Department of Construction", "Department of Building"
    )
    return shell


def test_find_asks_the_directory_in_force_here(renamed: Any) -> None:
    told = renamed("directory", "find", "--topic", "roads", "--on", "2026-11-05").out
    assert told.strip().endswith("Department of Building (qt-sxd)")
    assert "coordinating" not in told
    listed = renamed("directory", "find", "--topic", "electricity", "--on", "2024-05-02").out
    assert "qb-pc" in listed


def test_what_is_exported_and_sent_back_differs_in_nothing_from_what_is_in_force(
    renamed: Any, tmp_path: Path
) -> None:
    file = tmp_path / "danh-ba.xlsx"
    renamed("directory", "export", str(file))
    told = renamed("directory", "import", str(file), "--json")
    assert told.data == []
    assert "Held against the content in force in this office." in told.err


def test_an_import_tries_the_playbooks_in_force_as_the_desk_does(
    shell: Any, tmp_path: Path
) -> None:
    file = tmp_path / "moi.yaml"
    shell("directory", "export", str(file))
    text = file.read_text("utf8")
    file.write_text(text.replace("qt-sngv", "qt-sngv-moi"), "utf8")
    assert "press-report.yaml" not in shell("directory", "import", str(file)).err
    put_in_force(
        ContentKind.PLAYBOOK, "press-report", "  topics: []", "  topics: [foreign_affairs]"
    )
    file.write_text(text.replace("foreign_affairs", "foreign_relations"), "utf8")
    said = shell("directory", "import", str(file), code=1).err
    assert "press-report.yaml:" in said
    assert "foreign_affairs" in said


def test_without_an_office_it_says_that_it_works_on_what_ships(bare: Any, tmp_path: Path) -> None:
    file = tmp_path / "danh-ba.yaml"
    bare("directory", "export", str(file))
    assert "There is no office here" in bare("directory", "import", str(file)).err
    assert not bare.var.exists()


def test_law_due_answers_by_the_law_in_force_here(shell: Any) -> None:
    put_in_force(ContentKind.LAW, "law", "limit: 15wd", "limit: 10wd")
    told = shell("law", "due", "reply_forwarded_opinion", "--from", "10/11/2026").out
    assert "25 Nov 2026, 24:00" in told
