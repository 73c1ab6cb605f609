"""The directory goes out as spreadsheets and comes back, with everything that would change."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from crisis.model.directory_table import COLUMNS

HOUSE = Path(__file__).parents[3]
CONTACTS = str(HOUSE / "examples" / "contacts.yaml")


@pytest.fixture
def workbook(bare: Any, tmp_path: Path) -> Path:
    """The shipped directory with the invented contacts as a workbook."""
    file = tmp_path / "danh-ba.xlsx"
    bare("directory", "export", str(file), "--contacts", CONTACTS)
    return file


def changed(workbook: Path, sheet: str, row: int, column: str, value: Any) -> None:
    book = load_workbook(workbook)
    book[sheet].cell(row=row, column=COLUMNS[sheet].index(column) + 1).value = value
    book.save(workbook)


def test_what_went_out_comes_back_without_a_difference(bare: Any, workbook: Path) -> None:
    told = bare("directory", "import", str(workbook), "--contacts", CONTACTS, "--json")
    assert told.data == []


@pytest.mark.parametrize("table", ["agencies", "places", "topics"])
def test_a_single_table_goes_as_csv(bare: Any, tmp_path: Path, table: str) -> None:
    file = tmp_path / "bang.csv"
    bare("directory", "export", str(file), "--table", table)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert bare("directory", "import", str(file), "--json").data == []


def test_yaml_goes_out_and_comes_back(bare: Any, tmp_path: Path) -> None:
    file = tmp_path / "directory.yaml"
    bare("directory", "export", str(file))
    assert bare("directory", "import", str(file), "--json").data == []
    assert bare("playbook", "check", str(tmp_path), "--json").data["faults"] == []


def test_an_import_tells_each_change_and_writes_only_where_it_is_told_to(
    bare: Any, workbook: Path, tmp_path: Path
) -> None:
    changed(workbook, "agencies", 3, "name_en", "The Committee")
    one = bare("directory", "import", str(workbook), "--contacts", CONTACTS).out
    assert one.endswith("\n1 row differs.\n")
    changed(workbook, "contacts", 2, "valid_to", "2026-12-31")
    out = tmp_path / "moi"
    asked = ("directory", "import", str(workbook), "--contacts", CONTACTS, "--json")
    told = bare(*asked).data
    assert [(one["table"], one["change"]) for one in told] == [
        ("agencies", "changed"),
        ("contacts", "changed"),
    ]
    assert told[0]["fields"][0]["after"] == "The Committee"
    assert not out.exists()
    bare(*asked, "--out", str(out))
    assert {file.name for file in out.iterdir()} == {"directory.yaml", "contacts.yaml"}
    assert "valid_to: '2026-12-31'" in (out / "contacts.yaml").read_text("utf8")


def test_a_text_that_looks_like_a_formula_cannot_run_and_comes_back_as_it_was(
    bare: Any, tmp_path: Path
) -> None:
    text = (HOUSE / "playbooks" / "directory.yaml").read_text("utf8")
    evil = "=HYPERLINK(1)"
    mine = tmp_path / "mine.yaml"
    mine.write_text(text.replace('en: "fuel"', f'en: "{evil}"', 1), "utf8")
    file, table = tmp_path / "out.xlsx", tmp_path / "topics.csv"
    bare("directory", "export", str(file), "--base", str(mine))
    cells = [cell.value for row in load_workbook(file)["topics"].iter_rows() for cell in row]
    assert f"'{evil}" in cells
    bare("directory", "export", str(table), "--base", str(mine), "--table", "topics")
    assert [f"'{evil}"] == [
        row[2] for row in csv.reader(io.StringIO(table.read_text("utf-8-sig"))) if evil in row[2]
    ]
    for back in (file, table):
        assert bare("directory", "import", str(back), "--base", str(mine), "--json").data == []


def test_a_real_formula_is_refused_with_its_place(bare: Any, workbook: Path) -> None:
    changed(workbook, "agencies", 5, "name_vi", "=1+1")
    said = bare("directory", "import", str(workbook), code=1)
    assert "[agencies]:5" in said.err


def test_a_fault_of_the_directory_is_told_in_words(bare: Any, workbook: Path) -> None:
    changed(workbook, "agencies", 4, "parent", "qt-nowhere")
    said = bare("directory", "import", str(workbook), code=1).err
    assert "danh-ba.xlsx [agencies]:4: parent: " in said
    assert "qt-nowhere" in said
    assert "directory.yaml" not in said


def test_a_fault_names_the_row_of_the_sheet_also_below_an_empty_one(
    bare: Any, workbook: Path
) -> None:
    book = load_workbook(workbook)
    book["contacts"].insert_rows(2)
    book.save(workbook)
    changed(workbook, "contacts", 5, "authority_from", "hôm qua")
    changed(workbook, "contacts", 6, "verified_at", "")
    asked = ("directory", "import", str(workbook), "--contacts", CONTACTS)
    assert "[contacts]:5: authority_from: " in bare(*asked, code=1).err
    changed(workbook, "contacts", 5, "authority_from", "2025-07-01")
    told = bare(*asked).err
    (line,) = [one for one in told.splitlines() if "verified_at: [to be looked at]" in one]
    name = load_workbook(workbook)["contacts"].cell(6, 4).value
    assert name in line.split("within the last 12 months: ")[1]


def test_a_circle_of_successors_is_told_once_with_its_sheet_and_row(
    bare: Any, tmp_path: Path
) -> None:
    file = tmp_path / "co-quan.csv"
    bare("directory", "export", str(file), "--table", "agencies")
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    rows[0]["successors"], rows[1]["successors"] = rows[1]["id"], rows[0]["id"]
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS["agencies"])
        writer.writeheader()
        writer.writerows(rows)
    said = bare("directory", "import", str(file), code=1).err
    assert said.count("circle") == 1
    assert "co-quan.csv:2: successors" in said


def test_the_opening_comment_stays_when_contacts_come_back(
    bare: Any, workbook: Path, tmp_path: Path
) -> None:
    out = tmp_path / "moi"
    bare("directory", "import", str(workbook), "--contacts", CONTACTS, "--out", str(out))
    assert "# INVENTED PERSONS" in (out / "contacts.yaml").read_text("utf8")
    assert (out / "directory.yaml").read_text("utf8").startswith("#")


def test_a_table_with_other_columns_is_refused(bare: Any, tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "agencies"
    book.active.append(["id", "colour"])
    file = tmp_path / "odd.xlsx"
    book.save(file)
    said = bare("directory", "import", str(file), code=1).err
    assert "[agencies]:1: Wrong columns: missing: name_vi, name_en," in said
    assert "; not known: colour. This table needs exactly: id, name_vi," in said
    table = tmp_path / "odd.csv"
    table.write_text("a,b\n1,2\n", "utf8")
    assert "odd.csv:1" in bare("directory", "import", str(table), code=1).err
    table.write_text("id,vi,tiếng Anh\nx,y,z\n", "utf8")
    said = bare("directory", "import", str(table), code=1).err
    assert "it has: id, vi, tiếng Anh. The nearest table is topics, which needs exactly" in said
    (tmp_path / "no.xlsx").write_bytes(b"PK not a workbook")
    assert "XLSX" in bare("directory", "import", str(tmp_path / "no.xlsx"), code=1).err


@pytest.mark.parametrize(
    ("topic", "place", "on", "lead", "coordinating"),
    [
        ("roads", "huyện Lệ Thủy", "2024-05-02", "qb-sgtvt", ["qb-h-le-thuy"]),
        ("roads", "xã Lệ Thủy", "2026-11-05", "qt-sxd", ["ubnd-19249"]),
    ],
)
def test_a_case_of_2024_finds_the_agencies_of_2024_and_todays_those_of_today(
    bare: Any, topic: str, place: str, on: str, lead: str, coordinating: list[str]
) -> None:
    told = bare("directory", "find", "--topic", topic, "--place", place, "--on", on, "--json").data
    assert (told["lead"], told["coordinating"], told["open"]) == (lead, coordinating, [])


def test_an_old_place_is_left_open_with_the_new_ones_that_may_be_meant(bare: Any) -> None:
    asked = ("--topic", "roads", "--place", "huyện Lệ Thủy", "--on", "2026-11-05", "--json")
    (left,) = bare("directory", "find", *asked).data["open"]
    assert "ubnd-19249" in left["candidates"]
    unknown = ("--place", "xã Không Có Thật", "--on", "2026-11-05", "--json")
    assert bare("directory", "find", *unknown).data["open"][0]["candidates"] == []


def test_a_table_that_a_directory_does_not_have_is_refused_with_those_that_it_has(
    bare: Any, tmp_path: Path
) -> None:
    said = bare("directory", "export", str(tmp_path / "x.csv"), "--table", "nope", code=2)
    assert "agencies" in said.err
    assert not list(tmp_path.iterdir())


def without(workbook: Path, sheet: str, column: str, value: str) -> None:
    book = load_workbook(workbook)
    at = COLUMNS[sheet].index(column) + 1
    for row in range(book[sheet].max_row, 1, -1):
        if book[sheet].cell(row=row, column=at).value == value:
            book[sheet].delete_rows(row)
    book.save(workbook)


def test_an_import_tries_the_playbooks_on_the_new_directory_and_names_the_rung_that_is_empty(
    bare: Any, workbook: Path, tmp_path: Path
) -> None:
    without(workbook, "contacts", "agency", "qt-vpubnd")
    asked = ("directory", "import", str(workbook), "--contacts", CONTACTS, "--json")
    told = bare(*asked, "--out", str(tmp_path / "moi"), code=1)
    assert [one["change"] for one in told.data] == ["removed"]
    assert "press-report.yaml:" in told.err
    assert "Nobody holds the rung 'Chief of Office of" in told.err
    assert "has nobody left on" in told.err
    assert "danh-ba.xlsx [agencies]:" in told.err
    assert not (tmp_path / "moi").exists()


def test_an_import_after_which_no_ladder_would_mail_anybody_is_refused(
    bare: Any, workbook: Path
) -> None:
    without(workbook, "contacts", "role", "leader")
    without(workbook, "contacts", "role", "deputy")
    without(workbook, "contacts", "role", "focal_point")
    told = bare("directory", "import", str(workbook), "--contacts", CONTACTS, code=1)
    ladder = [one for one in told.err.splitlines() if "would mail nobody" in one]
    assert {one.split(".yaml:")[0].rsplit("/", 1)[-1] for one in ladder} == {
        *("press-report", "public-health", "disaster", "false-rumour", "press-request"),
        "policy-campaign",
    }
    assert all("escalation.steps" in one for one in ladder)


def test_a_topic_renamed_by_an_import_is_missed_by_the_playbook_that_is_about_it(
    bare: Any, tmp_path: Path
) -> None:
    file = tmp_path / "directory.yaml"
    text = (HOUSE / "playbooks" / "directory.yaml").read_text("utf8")
    file.write_text(text.replace("epidemics", "outbreaks"), "utf8")
    told = bare("directory", "import", str(file), code=1)
    assert "public-health.yaml:" in told.err
    assert "'epidemics' does not stand in directory.yaml" in told.err
    assert "topics: added outbreaks" in told.out


def test_the_contact_file_itself_comes_back_with_the_line_of_what_is_to_be_looked_at(
    bare: Any, tmp_path: Path
) -> None:
    file = tmp_path / "danh-ba.yaml"
    text = Path(CONTACTS).read_text("utf8")
    assert bare("directory", "import", CONTACTS, "--contacts", CONTACTS, "--json").data == []
    file.write_text(text.replace("verified_at: 2025-10-01, ", "", 1), "utf8")
    line = next(n for n, one in enumerate(text.splitlines(), start=1) if "verified_at" in one)
    out = tmp_path / "moi"
    told = bare("directory", "import", str(file), "--contacts", CONTACTS, "--out", str(out))
    assert f"danh-ba.yaml:{line}: contacts[1]: verified_at: [to be looked at]" in told.err
    assert "roles:" in (out / "contacts.yaml").read_text("utf8")
