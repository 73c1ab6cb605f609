"""Where the records are: reachable, at the newest revision; and room on the disk."""

import shutil
from pathlib import Path

from sqlalchemy.engine import make_url

from crisis.model.words import words
from crisis.records.act import Records
from crisis.records.migrate import missing_guards, revisions
from crisis.settings import Settings
from desk.doctor.finding import Finding, ok, problem, warning

GIB = 2**30
LITTLE, TOO_LITTLE = 2 * GIB, GIB // 4
MIGRATE = words("Hãy chạy `phatngon migrate` trước.", "Run `phatngon migrate` first.")


def absent(settings: Settings) -> Finding | None:
    """A problem where the embedded records' file is not there: opening it would make it."""
    place = make_url(settings.records_url)
    if not place.drivername.startswith("sqlite"):
        return None
    file = Path(place.database or "")
    if file.is_file() and file.stat().st_size:
        return None
    return problem(
        words("Chưa có cơ sở dữ liệu.", "There is no database yet."),
        MIGRATE,
    )


async def migrations(records: Records) -> Finding:
    """Whether the records stand at this version's newest revision."""
    has, wants = (", ".join(sorted(one)) for one in await revisions(records.database))
    if not has:
        return problem(
            words("Cơ sở dữ liệu còn trống.", "The database has no tables of ours yet."), MIGRATE
        )
    if has != wants:
        return problem(
            words(
                f"Cơ sở dữ liệu ở phiên bản {has}, chương trình cần {wants}.",
                f"The database is at revision {has}, this program wants {wants}.",
            ),
            words(
                "Sao lưu rồi chạy `phatngon migrate`; nếu cơ sở dữ liệu mới hơn, "
                "hãy cập nhật chương trình.",
                "Back up, then run `phatngon migrate`; where the database is the newer one, "
                "update the program.",
            ),
        )
    if gone := ", ".join(await missing_guards(records.database)):
        return problem(
            words(
                f"Cơ sở dữ liệu không còn chặn sửa, xóa dữ liệu chỉ ghi thêm: {gone}.",
                f"The database no longer refuses to change what is append-only: {gone}.",
            ),
            words(
                "Ai đó đã gỡ các ràng buộc này: đối chiếu bằng `phatngon audit verify` với gốc "
                "đã gửi kiểm toán, rồi khôi phục từ bản sao lưu.",
                "Somebody took these triggers away: compare by `phatngon audit verify` with a "
                "root that was mailed to the auditors, then restore a backup.",
            ),
        )
    return ok(words(f"Phiên bản {has}, mới nhất.", f"Revision {has}, the newest."))


async def disk(settings: Settings) -> Finding:
    """Whether the data folder's disk has room left."""
    var = settings.var.resolve()
    there = next(folder for folder in (var, *var.parents) if folder.is_dir())
    free = shutil.disk_usage(there).free
    says = words(
        f"Ổ đĩa của thư mục dữ liệu còn trống {free / GIB:.1f} GiB.",
        f"The data folder's disk has {free / GIB:.1f} GiB free.",
    )
    if free >= LITTLE:
        return ok(says)
    advice = words("Giải phóng hoặc mở rộng ổ đĩa.", "Free space or enlarge the disk.")
    return (problem if free < TOO_LITTLE else warning)(says, advice)
