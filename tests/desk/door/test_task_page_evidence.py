"""Evidence on the task page: what is taken, what is refused, and where it never appears."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from crisis.model.errors import BadInput
from crisis.records.schema.assignment import EvidenceRow
from desk.agency.sent import Upload
from desk.agency.upload import checked, safe_name

MIB = 2**20


def packed(**members: str) -> bytes:
    """A zip file with these members; `__` stands for a slash, `_0` for a dot."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, text in members.items():
            file.writestr(name.replace("__", "/").replace("_0", "."), text)
    return held.getvalue()


DOCX = packed(word__document_0xml="<w/>", _0rels="")
ODT = packed(mimetype="application/vnd.oasis.opendocument.text", content_0xml="<o/>")

GOOD = [
    ("bien-ban.pdf", b"%PDF-1.7 ..."),
    ("ảnh hiện trường.png", b"\x89PNG\r\n\x1a\n..."),
    ("anh.JPG", b"\xff\xd8\xff\xe0..."),
    ("van-ban.docx", DOCX),
    ("so-lieu.xlsx", packed(xl__workbook_0xml="<x/>")),
    ("van-ban.odt", ODT),
    ("ghi-chep.txt", "Cao độ thấp hơn 20 cm".encode()),
    ("so-lieu.csv", "ngày;mức\n".encode("utf-8-sig")),
    ("ghi-am.mp3", b"ID3\x04"),
    ("quay.mp4", b"\x00\x00\x00\x18ftypmp42"),
]
BAD = [
    ("cai-dat.exe", b"MZ\x90\x00"),
    ("bien-ban.pdf.exe", b"%PDF-1.7"),
    ("bien-ban.pdf", b"MZ\x90\x00"),
    ("ghi-chep.txt", b"#!/bin/sh\nrm -rf /\n"),
    ("ghi-chep.txt", b"\x7fELF\x02"),
    ("trang.html", b"<script>alert(1)</script>"),
    ("anh.svg", b"<svg onload='alert(1)'/>"),
    ("anh.png", b"<html></html>"),
    ("goi.zip", packed(a="b")),
    ("van-ban.docx", packed(a="b")),
    ("van-ban.docx", packed(word__document_0xml="<w/>", word__vbaProject_0bin="macro")),
    ("van-ban.docm", DOCX),
    ("khong-duoi", b"abc"),
    ("rong.txt", b""),
    ("nhi-phan.csv", b"a,b\x00c"),
]


@pytest.mark.parametrize(("name", "content"), GOOD)
def test_documents_pictures_sound_and_video_are_taken(name: str, content: bytes) -> None:
    upload = Upload(part="file-1", name=name, content=bytearray(content))
    assert checked(upload, limit=MIB)[2] == content


@pytest.mark.parametrize(("name", "content"), BAD)
def test_what_runs_or_is_not_what_it_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(BadInput):
        checked(Upload(part="file-1", name=name, content=bytearray(content)), limit=MIB)


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\a\\bien ban.pdf", "bien ban.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("ảnh\u202egnp.exe", "ảnhgnp.exe"),
        ("....", "tep"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ('<img src="x">.png', "img src=x.png"),
    ],
)
def test_a_file_name_carries_no_path_control_or_markup(written: str, safe: str) -> None:
    assert safe_name(written) == safe


async def kept(agency: Any) -> list[EvidenceRow]:
    """The evidence that the records hold."""
    async with agency.office.records.look() as session:
        return list(await session.scalars(select(EvidenceRow).order_by(EvidenceRow.title)))


def file_for(claim: str, name: str, content: bytes) -> tuple[str, tuple[str, bytes]]:
    """One file of the form."""
    return (f"file-{claim}", (name, content))


async def test_several_files_of_a_claim_are_kept_by_hash_and_stay_with_it(
    agency: Any, form: Any
) -> None:
    fields = form.filled(await agency.form())
    claim = form.claims(fields)[0]
    fields |= {
        f"new_title-{claim}": "Biên bản hiện trường",
        f"new_issuer-{claim}": "UBND phường",
        f"new_issued_on-{claim}": "2025-10-19",
    }
    files = [file_for(claim, "a.txt", b"mot"), file_for(claim, "b.pdf", b"%PDF-1.7")]
    assert (await agency.post("tra-loi", fields, files=files)).status_code == 303
    rows = await kept(agency)
    assert sorted(row.file_name for row in rows) == ["a.txt", "b.pdf"]
    assert {(row.title, row.issuer, str(row.issued_on)) for row in rows} == {
        ("Biên bản hiện trường", "UBND phường", "2025-10-19")
    }
    page = await agency.page()
    assert all(row.sha256[:12] in page for row in rows)


async def test_evidence_may_be_a_link(agency: Any, form: Any) -> None:
    fields = form.filled(await agency.form())
    claim = form.claims(fields)[0]
    link = {f"new_link-{claim}": "https://vanban.example/so-12", f"new_title-{claim}": "Văn bản 12"}
    assert (await agency.post("tra-loi", fields | link)).status_code == 303
    (row,) = await kept(agency)
    assert (row.link, row.holder) == (
        "https://vanban.example/so-12",
        "Ban Quản lý dự án đầu tư xây dựng tỉnh",
    )


async def test_a_link_that_is_a_script_is_refused(agency: Any, form: Any) -> None:
    fields = await agency.form()
    claim = form.claims(fields)[0]
    answer = await agency.post(
        "tra-loi", fields | {"do": "draft", f"new_link-{claim}": "javascript:alert(1)"}
    )
    assert answer.status_code == 422
    assert "http://" in answer.text
    assert await kept(agency) == []


async def test_an_executable_is_refused_and_the_good_file_beside_it_is_kept(
    agency: Any, form: Any
) -> None:
    fields = form.filled(await agency.form())
    claim = form.claims(fields)[0]
    files = [file_for(claim, "chay.exe", b"MZ\x90"), file_for(claim, "tot.txt", b"tot")]
    answer = await agency.post("tra-loi", fields, files=files)
    assert answer.status_code == 422
    assert "Không nhận loại tệp “chay.exe”" in answer.text
    assert [row.file_name for row in await kept(agency)] == ["tot.txt"]
    assert "tot.txt" in await agency.page()
    assert (await agency.task()).status == "awaiting_ack"


async def test_an_oversize_file_is_refused_with_a_sentence_and_the_text_is_kept(
    agency: Any, form: Any
) -> None:
    limit = agency.office.settings.upload_limit_bytes
    fields = form.filled(await agency.form(), fact="Đã viết rất dài")
    claim = form.claims(fields)[0]
    answer = await agency.post(
        "tra-loi", fields, files=[file_for(claim, "to.txt", b"a" * (limit + 1))]
    )
    assert answer.status_code == 413
    assert "quá lớn: mỗi lần gửi tối đa 20 MB" in answer.text
    assert "Đã viết rất dài" in answer.text
    assert await kept(agency) == []
    assert "Đã viết rất dài" in await agency.page()


async def test_what_is_far_too_big_is_not_read_at_all(agency: Any) -> None:
    await agency.page()
    answer = await agency.web.post(
        f"{agency.path}/tra-loi",
        content=b"x",
        headers={"Content-Length": str(10**12), "Content-Type": "multipart/form-data; boundary=b"},
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"--b\r\n", b"", b"--b\r\nno header"])
async def test_a_broken_upload_is_a_clear_page_and_no_failure(agency: Any, body: bytes) -> None:
    await agency.page()
    answer = await agency.web.post(
        f"{agency.path}/tra-loi",
        content=body,
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert answer.status_code in {403, 422}
    assert "Trả lời từng nội dung" in answer.text


async def test_a_second_click_keeps_a_file_once(agency: Any, form: Any) -> None:
    fields = await agency.form() | {"do": "draft"}
    claim = form.claims(fields)[0]
    for _ in range(2):
        answer = await agency.post("tra-loi", fields, files=[file_for(claim, "a.txt", b"mot")])
        assert answer.status_code == 303
    async with agency.office.records.look() as session:
        assert await session.scalar(select(func.count()).select_from(EvidenceRow)) == 1
    assert (await agency.page()).count('name="keep-') == 1


async def test_evidence_that_is_unticked_is_left_out_of_the_answer(agency: Any, form: Any) -> None:
    fields = await agency.form() | {"do": "draft"}
    claim = form.claims(fields)[0]
    await agency.post("tra-loi", fields, files=[file_for(claim, "a.txt", b"mot")])
    fields = form.filled(await agency.form())
    assert fields.pop(f"keep-{claim}")
    await agency.post("tra-loi", fields)
    assert "a.txt" not in (await agency.page()).split('id="sua"')[0]


async def test_evidence_of_another_agency_cannot_be_claimed(opened: Any, form: Any) -> None:
    one, other = await opened("daumoi@bqlda.example"), await opened("daumoi@sgddt.example")
    fields = await one.form() | {"do": "draft"}
    claim = form.claims(fields)[0]
    await one.post("tra-loi", fields, files=[file_for(claim, "a.txt", b"mot")])
    (row,) = await kept(one)
    theirs = form.filled(await other.form()) | {f"keep-{claim}": row.id}
    assert (await other.post("tra-loi", theirs)).status_code == 303
    assert row.title not in (await other.page()).split('id="sua"')[0]
    assert "a.txt" not in await other.page()


async def test_evidence_is_nowhere_on_the_public_site(agency: Any, form: Any) -> None:
    fields = await agency.form() | {"do": "draft"}
    claim = form.claims(fields)[0]
    await agency.post("tra-loi", fields, files=[file_for(claim, "a.txt", b"mot")])
    (row,) = await kept(agency)
    for path in (f"/tin/{row.id}", f"/tin/{row.sha256}", "/tin/a.txt", f"/static/{row.sha256}"):
        assert (await agency.web.get(path)).status_code == 404
    assert not list(agency.office.settings.site_dir.rglob("*a.txt"))
