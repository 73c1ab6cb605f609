"""The pack as a ZIP, its safe names, and the verifier as an auditor runs it."""

import ast
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from crisis.audit.pack import contents_digest, pack_files, write_pack
from crisis.audit.proof.finding import SENTENCES
from crisis.audit.verifier import PARTS, verifier_source
from crisis.model.checkpoint import public_key_of
from crisis.model.errors import BadInput

Lay = Callable[[Mapping[str, bytes]], Path]


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """`verify.py` of the folder `cwd`, isolated and without any installed package."""
    command = [sys.executable, "-I", "-S", "verify.py", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=60)


def test_an_unpacked_pack_verifies_itself_on_the_standard_library_alone(
    office: Any, tmp_path: Path
) -> None:
    write_pack(office.export(), tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        archive.extractall(tmp_path / "pack")
    done = run("--fingerprint", office.fingerprint, cwd=tmp_path / "pack")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Everything holds." in done.stdout

    assert "nothing lies after the last checkpoint" in done.stdout
    spaced = ":".join(office.fingerprint[i : i + 2] for i in range(0, 64, 2)).upper()
    assert run("--fingerprint", spaced, cwd=tmp_path / "pack").returncode == 0
    assert (
        run(
            tmp_path / "pack.zip", "--fingerprint", office.fingerprint, cwd=tmp_path / "pack"
        ).returncode
        == 0
    )


def test_without_a_fingerprint_the_key_is_not_confirmed(good: dict[str, bytes], laid: Lay) -> None:
    done = run(cwd=laid(good))
    assert done.returncode == 2
    assert "key not confirmed" in done.stdout


@pytest.mark.parametrize(
    "name", ["ledger.jsonl", "mail/0001-assignment.eml", "statements/s-1/v2/site.vi.txt"]
)
def test_a_changed_byte_exits_one_with_and_without_fingerprint(
    good: dict[str, bytes], laid: Lay, confirmed: str, name: str
) -> None:
    folder = laid({**good, name: good[name][:-2] + b"?" + good[name][-1:]})
    for arguments in ([], ["--fingerprint", confirmed]):
        done = run(*arguments, cwd=folder)
        assert (done.returncode, done.stderr) == (1, "")
        assert "WRONG" in done.stdout


def test_another_fingerprint_exits_one(good: dict[str, bytes], laid: Lay) -> None:
    assert run("--fingerprint", "00" * 32, cwd=laid(good)).returncode == 1


def test_the_report_is_told_in_vietnamese_and_as_json(
    good: dict[str, bytes], laid: Lay, confirmed: str
) -> None:
    folder = laid(good)
    spoken = run("--lang", "vi", "--fingerprint", confirmed, cwd=folder)
    assert "Tất cả đều đúng." in spoken.stdout
    told = json.loads(run("--json", cwd=folder).stdout)
    assert (told["exit"], told["fingerprint"]) == (2, confirmed)
    assert {finding["level"] for finding in told["findings"]} == {"ok", "note"}


@pytest.mark.parametrize("arguments", [["--no-such"], ["a", "b"], ["no-such-pack"], ["verify.py"]])
def test_wrong_usage_exits_one_because_two_says_that_all_holds(
    good: dict[str, bytes], laid: Lay, arguments: list[str]
) -> None:
    done = run(*arguments, cwd=laid(good))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_link_in_the_folder_is_told_and_not_followed(
    good: dict[str, bytes], laid: Lay, tmp_path: Path, confirmed: str
) -> None:
    folder = laid(good)
    mail = folder / "mail" / "0001-assignment.eml"
    mail.rename(tmp_path / "outside.eml")
    mail.symlink_to(tmp_path / "outside.eml")
    (folder / "statements").rename(tmp_path / "elsewhere")
    (folder / "statements").symlink_to(tmp_path / "elsewhere")
    done = run("--fingerprint", confirmed, cwd=folder)
    assert done.returncode == 1
    assert "WRONG  mail/0001-assignment.eml: a name that no pack has, or a link" in done.stdout
    assert "WRONG  statements: a name that no pack has, or a link" in done.stdout


def test_a_pipe_in_the_folder_is_told_and_not_read(good: dict[str, bytes], laid: Lay) -> None:
    folder = laid(good)
    os.mkfifo(folder / "mail" / "waiting.eml")
    assert "waiting.eml: a name that no pack has" in run(cwd=folder).stdout


def test_the_verifier_checks_the_pack_it_lies_in_from_wherever_it_is_called(
    good: dict[str, bytes], laid: Lay, tmp_path: Path, confirmed: str
) -> None:
    command = [sys.executable, "-I", laid(good) / "verify.py", "--fingerprint", confirmed]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


NAMES = [
    "../up.txt",
    "/root.txt",
    "mail/../../up.txt",
    "mail\\up.txt",
    "c:up",
    ".hidden",
    "mail//x",
    "mail/\x1b[2J",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_zip_with_a_name_that_leaves_the_folder_fails(
    verifier: ModuleType, good: dict[str, bytes], tmp_path: Path, confirmed: str, name: str
) -> None:
    pack = tmp_path / "pack.zip"
    with zipfile.ZipFile(pack, "w") as archive:
        for known, raw in good.items():
            archive.writestr(known, raw)
        archive.writestr(zipfile.ZipInfo(name), b"x")
    outcome = verifier.verify(str(pack), confirmed, [])
    assert [(f.place, f.code) for f in outcome.findings if f.level == "wrong"] == [(name, "unsafe")]
    assert outcome.findings[0].told("en").isprintable()


@pytest.mark.parametrize("name", ["ledger.jsonl", "LEDGER.jsonl"])
def test_a_zip_that_holds_a_name_twice_fails(
    verifier: ModuleType, good: dict[str, bytes], tmp_path: Path, confirmed: str, name: str
) -> None:
    pack = tmp_path / "pack.zip"
    with zipfile.ZipFile(pack, "w") as archive:
        for known, raw in good.items():
            archive.writestr(known, raw)
        known_twice = pytest.warns(UserWarning, match="Duplicate name")
        with known_twice if name in good else nullcontext():
            archive.writestr(name, b"x")
    assert ("wrong", "twice") in {
        (f.level, f.code) for f in verifier.verify(str(pack), confirmed, []).findings
    }


def test_a_damaged_zip_is_told_never_raised(
    verifier: ModuleType, office: Any, tmp_path: Path, confirmed: str
) -> None:
    pack = tmp_path / "pack.zip"
    write_pack(office.export(), pack)
    raw = pack.read_bytes()
    for place in range(0, len(raw), 97):
        pack.write_bytes(raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :])
        assert verifier.verify(str(pack), confirmed, []).exit in (0, 1)
    pack.write_bytes(raw[: len(raw) // 2])
    assert verifier.verify(str(pack), confirmed, []).exit == 1


def test_the_same_contents_give_the_same_bytes(office: Any, tmp_path: Path) -> None:
    contents = office.export()
    for name in ("a.zip", "b.zip"):
        write_pack(contents, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "b.zip"]


@pytest.mark.parametrize(
    "mails", [{name: b""} for name in [*NAMES, "Thư.eml", ""]] + [{"a.eml": b"", "A.eml": b""}]
)
def test_a_pack_is_not_written_with_a_name_that_is_unsafe_or_taken(
    office: Any, mails: dict[str, bytes], tmp_path: Path
) -> None:
    with pytest.raises(BadInput):
        write_pack(replace(office.contents, mails=mails), tmp_path / "pack.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_list_with_a_float_is_not_written(office: Any) -> None:
    with pytest.raises(BadInput):
        contents_digest(replace(office.contents, runs=({"id": "r", "seconds": 0.5},)))


def test_the_public_key_is_the_pem_that_other_tools_read(
    good: dict[str, bytes], office: Any
) -> None:
    key = load_pem_public_key(good["public_key.pem"])
    assert isinstance(key, Ed25519PublicKey)
    assert key.public_bytes_raw() == public_key_of(office.key)


def test_the_verifier_is_one_file_of_the_standard_library_for_python_3_9() -> None:
    tree = ast.parse(verifier_source(), feature_version=(3, 9))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    roots = {getattr(node, "module", None) or node.names[0].name for node in imported}
    assert {root.split(".")[0] for root in roots} <= set(sys.stdlib_module_names)


def test_no_part_of_the_verifier_hides_a_name_of_another() -> None:
    names: list[str] = []
    for module in PARTS:
        for node in ast.parse(Path(str(module.__file__)).read_text()).body:
            names += [node.name] if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
            targets = node.targets if isinstance(node, ast.Assign) else []
            names += [
                name.id for t in targets for name in ast.walk(t) if isinstance(name, ast.Name)
            ]
    assert len(names) == len(set(names))


def test_every_sentence_of_the_verifier_takes_the_same_facts_in_both_languages() -> None:
    for english, vietnamese in SENTENCES.values():
        used = [
            {part.split("}")[0] for part in text.split("{")[1:]} for text in (english, vietnamese)
        ]
        assert used[0] == used[1]


def test_the_manifest_lists_every_file_but_itself(office: Any) -> None:
    files = pack_files(office.export())
    assert set(json.loads(files["manifest.json"])["files"]) == set(files) - {"manifest.json"}
