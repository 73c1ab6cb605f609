"""The public site: what is written, what becomes of corrected and withdrawn pages, read-back."""

import os
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from crisis.model.errors import RuleBroken
from crisis.model.outlet import DeliveryFailed, Finding
from crisis.model.parcel import Act, Parcel
from crisis.model.words import Language
from crisis.outlets.frame import Frame
from crisis.outlets.page import ON_FRONT_PAGE, site_files

Make = Callable[..., Parcel]


async def test_a_statement_stands_at_its_address_in_both_languages(
    site: Any, make_parcel: Make
) -> None:
    receipt = await site.outlet.deliver(make_parcel())
    assert receipt.reference == f"{site.outlet.frame.public_url}/tin/thong-tin-1/"
    assert "Nội dung 1" in site.page("thong-tin-1")
    assert "Body 1" in site.page("thong-tin-1/en")
    assert 'href="/tin/thong-tin-1/en/"' in site.page("thong-tin-1")
    for listing in (site.page("."), site.page("luu-tru/2025"), site.page("en")):
        assert "/tin/thong-tin-1/" in listing


async def test_a_statement_in_one_language_has_one_page(site: Any, make_parcel: Make) -> None:
    await site.publish(make_parcel(texts={Language.VI: "Chỉ tiếng Việt"}))
    assert not (site.folder / "tin/thong-tin-1/en").exists()
    assert 'href="/tin/thong-tin-1/"' in site.page("en")


async def test_the_frame_shows_number_and_local_time_outside_the_approved_text(
    site: Any, make_parcel: Make
) -> None:
    await site.publish(make_parcel())
    page = site.page("thong-tin-1")
    assert "1/TB-VP" in page
    assert '<time datetime="2025-10-24T09:30:00+07:00">09 giờ 30, ngày 24/10/2025</time>' in page
    approved = page[page.index("data-approved") :].partition("</div>")[0]
    assert "1/TB-VP" not in approved
    assert "Kính gửi" not in approved


async def test_a_corrected_page_keeps_its_text_and_links_to_the_correction(
    site: Any, make_parcel: Make
) -> None:
    first = make_parcel(1)
    await site.publish(first, make_parcel(2, on=(first,)))
    old, new = site.page("thong-tin-1"), site.page("thong-tin-2")
    assert "Nội dung 1" in old
    assert "Nội dung này đã được đính chính" in old
    assert 'href="/tin/thong-tin-2/"' in old
    assert 'Đính chính nội dung số <a href="/tin/thong-tin-1/">1/TB-VP</a>' in new
    assert (await site.outlet.read_back(first)).finding is Finding.LIVE


async def test_an_updated_page_points_to_the_newer_one(site: Any, make_parcel: Make) -> None:
    first = make_parcel(1)
    await site.publish(first, make_parcel(2, on=(first,), act=Act.UPDATE))
    assert "Đã có thông tin mới hơn" in site.page("thong-tin-1")


async def test_a_withdrawn_page_keeps_its_address_and_shows_the_replacement(
    site: Any, make_parcel: Make
) -> None:
    first = make_parcel(1)
    withdrawal = make_parcel(2, on=(first,), act=Act.WITHDRAWAL)
    await site.publish(first, withdrawal)
    for path in ("thong-tin-1", "thong-tin-2"):
        assert "Nội dung 2" in site.page(path)
    assert "Nội dung 1" not in site.page("thong-tin-1")
    assert "Tiêu đề 1" not in site.page(".")
    assert (await site.outlet.read_back(withdrawal)).finding is Finding.LIVE
    assert (await site.outlet.read_back(first)).finding is Finding.DIFFERENT


async def test_a_withdrawal_is_live_only_when_the_old_address_shows_it_too(
    site: Any, make_parcel: Make
) -> None:
    first = make_parcel(1)
    await site.publish(first)
    old = site.page("thong-tin-1")
    withdrawal = make_parcel(2, on=(first,), act=Act.WITHDRAWAL)
    await site.publish(withdrawal)
    (site.folder / "tin/thong-tin-1/index.html").write_text(old)
    assert (await site.outlet.read_back(withdrawal)).finding is Finding.DIFFERENT


async def test_a_withdrawal_of_a_withdrawal_stands_at_every_address(
    site: Any, make_parcel: Make
) -> None:
    first = make_parcel(1)
    second = make_parcel(2, on=(first,), act=Act.WITHDRAWAL)
    third = make_parcel(3, on=(second,), act=Act.WITHDRAWAL)
    await site.publish(first, second, third)
    for path in ("thong-tin-1", "thong-tin-2", "thong-tin-3"):
        assert "Nội dung 3" in site.page(path)


async def test_an_exercise_is_marked_on_every_page(
    tmp_path: Path, make_parcel: Make, make_frame: Callable[..., Frame]
) -> None:
    files = site_files([make_parcel(exercise=True)], make_frame(exercise=True))
    pages = [content.decode() for path, content in files.items() if path.endswith(".html")]
    assert pages
    for page in pages:
        assert 'class="drill"' in page
    feeds = [c.decode() for p, c in files.items() if p.endswith((".xml", ".json"))]
    assert all("[DIỄN TẬP]" in feed or "[EXERCISE]" in feed for feed in feeds)


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def test_no_field_can_bring_markup_into_a_page(
    make_parcel: Make, make_frame: Callable[..., Frame]
) -> None:
    evil = "\"'></title></script><script>x</script><img src=x onerror=x>{{7*7}}"
    plain = make_parcel(texts={Language.VI: "x"})
    variants = (replace(plain.variants[0], title=evil, body=evil),)
    files = site_files([replace(plain, number=evil, variants=variants)], make_frame())
    for path, content in site_files([plain], make_frame()).items():
        if path.endswith(".html"):
            found, wanted = Elements(files[path].decode()), Elements(content.decode())
            assert found.found == wanted.found
            assert not found.handlers
            assert "{{7*7}}" in files[path].decode()


async def test_a_page_that_is_gone_or_changed_is_seen(site: Any, make_parcel: Make) -> None:
    parcel = make_parcel()
    await site.publish(parcel)
    page = site.folder / "tin/thong-tin-1/index.html"
    page.write_text(page.read_text().replace("Nội dung 1", "Nội dung I"))
    assert (await site.outlet.read_back(parcel)).finding is Finding.DIFFERENT
    page.unlink()
    assert (await site.outlet.read_back(parcel)).finding is Finding.MISSING


async def test_a_site_that_does_not_answer_cannot_be_judged(
    site: Any, make_parcel: Make, free_port: int
) -> None:
    elsewhere = replace(site.outlet, read_at=f"http://127.0.0.1:{free_port}")
    with pytest.raises(DeliveryFailed) as failed:
        await elsewhere.read_back(make_parcel())
    assert not failed.value.permanent


@pytest.mark.parametrize(
    ("status", "finding"),
    [("404 No", Finding.MISSING), ("302 Off", Finding.MISSING), ("200 OK", Finding.DIFFERENT)],
)
async def test_only_an_answer_of_its_own_counts_as_there(
    site: Any, receiver: Any, make_parcel: Make, status: str, finding: Finding
) -> None:
    receiver.says(status, b"<p>x</p>", "Location: /tin/")
    outlet = replace(site.outlet, read_at=receiver.url.removesuffix("/nhan"))
    assert (await outlet.read_back(make_parcel())).finding is finding


async def test_a_fault_of_the_site_or_an_endless_page_is_no_read_back(
    site: Any, receiver: Any, make_parcel: Make
) -> None:
    outlet = replace(site.outlet, read_at=receiver.url.removesuffix("/nhan"))
    receiver.says("503 Later")
    with pytest.raises(DeliveryFailed) as failed:
        await outlet.read_back(make_parcel())
    assert (failed.value.permanent, failed.value.reply_code) == (False, 503)
    receiver.says("200 OK", b"x" * (4 * 2**20 + 1))
    assert (await outlet.read_back(make_parcel())).finding is Finding.DIFFERENT


async def test_two_publications_cannot_share_an_address(site: Any, make_parcel: Make) -> None:
    await site.publish(make_parcel(1))
    with pytest.raises(RuleBroken):
        await site.publish(make_parcel(2, slug="thong-tin-1"))
    assert "Nội dung 1" in site.page("thong-tin-1")


async def test_the_site_rebuilt_is_the_site_that_was_delivered(
    site: Any, make_parcel: Make
) -> None:
    first = make_parcel(1)
    second = make_parcel(2, on=(first,))
    await site.publish(first, second, make_parcel(3, on=(second,), act=Act.WITHDRAWAL))
    before = {p: p.read_bytes() for p in site.folder.rglob("*") if p.is_file()}
    for path in before:
        path.unlink()
    assert await site.outlet.rebuild() == len(before)
    assert {p: p.read_bytes() for p in site.folder.rglob("*") if p.is_file()} == before


async def test_a_site_that_stands_as_it_was_left_is_not_built_again(
    site: Any, make_parcel: Make
) -> None:
    await site.publish(make_parcel(1))
    built = await site.outlet.keep_up()
    assert (built > 0, await site.outlet.keep_up()) == (True, 0)
    page = site.folder / "tin/thong-tin-1/index.html"
    before = page.read_bytes()
    page.unlink()
    assert (await site.outlet.keep_up(), page.read_bytes()) == (built, before)
    page.write_bytes(b"something else")
    assert (await site.outlet.keep_up(), page.read_bytes()) == (built, before)
    await site.publish(make_parcel(2))
    assert await site.outlet.keep_up() > built
    assert await site.outlet.keep_up() == 0


async def test_a_draft_of_a_killed_writer_goes_and_one_being_written_stays(
    site: Any, make_parcel: Make
) -> None:
    await site.publish(make_parcel(1))
    built = await site.outlet.keep_up()
    old, young = (site.folder / "tin" / name for name in (".old", ".young"))
    for draft in (old, young):
        draft.write_bytes(b"half a pa")
    os.utime(old, (1, 1))
    assert built > 0
    assert await site.outlet.keep_up() == 0
    assert (old.exists(), young.exists()) == (False, True)


async def test_delivering_again_leaves_unchanged_files_alone(site: Any, make_parcel: Make) -> None:
    await site.publish(make_parcel())
    os.utime(site.folder / "tin/thong-tin-1/index.html", ns=(1, 1))
    await site.publish(make_parcel())
    assert (site.folder / "tin/thong-tin-1/index.html").stat().st_mtime_ns == 1
    assert not list(site.folder.rglob(".*"))


async def test_a_delivery_touches_only_its_own_family(site: Any, make_parcel: Make) -> None:
    await site.publish(make_parcel(1), make_parcel(2))
    (site.folder / "tin/thong-tin-1/index.html").write_text("left alone")
    await site.publish(make_parcel(3))
    assert site.page("thong-tin-1") == "left alone"


def test_the_front_page_shows_the_newest_and_the_archive_all(
    make_parcel: Make, make_frame: Callable[..., Frame]
) -> None:
    files = site_files([make_parcel(n) for n in range(1, ON_FRONT_PAGE + 11)], make_frame())
    front, archive = files["tin/index.html"].decode(), files["tin/luu-tru/2025/index.html"].decode()
    assert front.count("<li>") == ON_FRONT_PAGE
    assert archive.count("<li>") == ON_FRONT_PAGE + 10
    assert front.index("Tiêu đề 40<") < front.index("Tiêu đề 39<")
    assert "Tiêu đề 10<" not in front


def test_an_empty_site_says_so(make_frame: Callable[..., Frame]) -> None:
    files = site_files([], make_frame())
    assert "Chưa có thông tin nào" in files["tin/index.html"].decode()
    assert "Nothing has been published" in files["tin/en/index.html"].decode()
