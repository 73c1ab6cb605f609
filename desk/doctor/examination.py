"""All checks of one installation, side by side, each bounded in time; nothing is written."""

import asyncio
from collections.abc import Awaitable, Mapping

from crisis.clock import Clock
from crisis.model.errors import PhatngonError
from crisis.model.words import Words, words
from crisis.records.act import Records
from crisis.settings import Settings
from desk.doctor.certificate import site_certificate
from desk.doctor.configuration import configuration
from desk.doctor.engine import engine
from desk.doctor.finding import Finding, State, ok, problem, skipped
from desk.doctor.mail import mail, mail_certificate
from desk.doctor.signing import signing
from desk.doctor.storage import absent, disk, migrations
from desk.doctor.timing import calendar, clock, dispatcher

PATIENCE_SECONDS = 5.0

CHECKS: Mapping[str, tuple[Words, Words]] = {
    "configuration": (
        words("Cấu hình", "Configuration"),
        words("Sửa biến được nêu.", "Mend the setting that is named."),
    ),
    "database": (
        words("Cơ sở dữ liệu", "Database"),
        words(
            "Kiểm tra PHATNGON_DATABASE_URL và máy chủ cơ sở dữ liệu.",
            "Check PHATNGON_DATABASE_URL and the database server.",
        ),
    ),
    "migrations": (
        words("Phiên bản dữ liệu", "Migrations"),
        words("Hãy chạy `phatngon migrate`.", "Run `phatngon migrate`."),
    ),
    "dispatcher": (
        words("Bộ điều phối", "Dispatcher"),
        words("Kiểm tra cơ sở dữ liệu.", "Check the database."),
    ),
    "clock": (words("Đồng hồ", "Clock"), words("Kiểm tra cơ sở dữ liệu.", "Check the database.")),
    "calendar": (
        words("Lịch làm việc", "Calendar"),
        words("Soát bằng `phatngon playbook check`.", "Look with `phatngon playbook check`."),
    ),
    "signing key": (
        words("Khóa ký sổ", "Signing key"),
        words("Dùng lại khóa bí mật trong bản sao lưu.", "Restore the secret key from the backup."),
    ),
    "mail": (
        words("Máy chủ thư", "Mail server"),
        words(
            "Kiểm tra PHATNGON_SMTP_URL, máy chủ thư và tường lửa.",
            "Check PHATNGON_SMTP_URL, the mail server and the firewall.",
        ),
    ),
    "mail certificate": (
        words("Chứng thư máy chủ thư", "Mail certificate"),
        words("Kiểm tra chứng thư máy chủ thư.", "Check the mail server's certificate."),
    ),
    "site certificate": (
        words("Chứng thư trang công khai", "Site certificate"),
        words(
            "Kiểm tra PHATNGON_PUBLIC_URL và chứng thư.",
            "Check PHATNGON_PUBLIC_URL and its certificate.",
        ),
    ),
    "engine": (
        words("Prefect", "Prefect"),
        words(
            "Kiểm tra PREFECT_API_URL và máy chủ Prefect.",
            "Check PREFECT_API_URL and the Prefect server.",
        ),
    ),
    "disk": (
        words("Ổ đĩa", "Disk"),
        words("Kiểm tra quyền của PHATNGON_VAR.", "Check the rights on PHATNGON_VAR."),
    ),
}
"""Every check in the order in which it is told: its name, and advice where it cannot be done."""

OF_RECORDS = ("migrations", "dispatcher", "clock", "calendar", "signing key")


async def examine(settings: Settings, real: Clock) -> dict[str, Finding]:
    """What every check found, by its name in the order of `CHECKS`."""
    outside = {
        "configuration": configuration(settings),
        "mail": mail(settings),
        "mail certificate": mail_certificate(settings, real),
        "site certificate": site_certificate(settings, real),
        "engine": engine(settings, real),
        "disk": disk(settings),
    }
    found, inside = await asyncio.gather(_all(outside), _records(settings, real))
    return {name: (found | inside)[name] for name in CHECKS}


async def _records(settings: Settings, real: Clock) -> dict[str, Finding]:
    try:
        missing = absent(settings)
        records = None if missing else Records(settings.records_url)
    except Exception as error:
        missing, records = _failed("database", error), None
    if records is None:
        return _without(OF_RECORDS) | ({"database": missing} if missing else {})
    try:
        return await _opened(records, settings, real)
    finally:
        await records.close()


async def _opened(records: Records, settings: Settings, real: Clock) -> dict[str, Finding]:
    told = {"database": await _bounded("database", _reach(records))}
    if told["database"].state is not State.OK:
        return told | _without(OF_RECORDS)
    told["migrations"] = await _bounded("migrations", migrations(records))
    if told["migrations"].state is not State.OK:
        return told | _without(OF_RECORDS[1:])
    return told | await _all(
        {
            "dispatcher": dispatcher(records, real),
            "clock": clock(records, real),
            "calendar": calendar(records),
            "signing key": signing(records, settings),
        }
    )


async def _reach(records: Records) -> Finding:
    async with records.database.engine.connect():
        return ok(words("Kết nối được cơ sở dữ liệu.", "The database answers."))


def _without(names: tuple[str, ...]) -> dict[str, Finding]:
    why = words("Cần cơ sở dữ liệu sẵn sàng trước.", "The database has to be ready first.")
    return dict.fromkeys(names, skipped(why))


async def _all(checks: Mapping[str, Awaitable[Finding]]) -> dict[str, Finding]:
    found = await asyncio.gather(*(_bounded(name, check) for name, check in checks.items()))
    return dict(zip(checks, found, strict=True))


async def _bounded(name: str, check: Awaitable[Finding]) -> Finding:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await check
    except Exception as error:
        return _failed(name, error)


def _failed(name: str, error: Exception) -> Finding:
    """The check could not be done; a foreign error's text may hold a password, its kind cannot."""
    if isinstance(error, PhatngonError):
        return problem(error.sentence, CHECKS[name][1])
    kind = type(error).__name__
    says = words(f"Không kiểm tra được ({kind}).", f"It cannot be reached or read ({kind}).")
    return problem(says, CHECKS[name][1])
