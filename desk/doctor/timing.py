"""Time: clocks that agree with the ledger, a calendar that is known, a dispatcher that leads."""

from datetime import date, datetime, timedelta

from crisis.clock import Clock
from crisis.model.calendar_table import CalendarTable
from crisis.model.words import Words, words
from crisis.office.office import local_day
from crisis.records import condition, content
from crisis.records.act import Records
from crisis.records.content import ContentKind
from crisis.writing.content_file import parse_content
from desk.dispatch import DUTY
from desk.doctor.finding import Finding, ok, problem, warning

APART = timedelta(seconds=5)
SET_CLOCK = words(
    "Bật đồng bộ giờ (NTP) trên mọi máy.", "Turn on time synchronisation (NTP) on every machine."
)


async def clock(records: Records, real: Clock) -> Finding:
    """Whether this machine's clock agrees with the database's and lies after the ledger."""
    async with records.look() as session:
        newest = await condition.newest_entry_at(session)
        theirs = await condition.server_time(session)
    now = real.real_now()
    if newest is not None and newest > now + APART:
        return problem(
            words(
                f"Bút toán mới nhất ({_at(newest)}) muộn hơn giờ máy ({_at(now)}).",
                f"The newest ledger entry ({_at(newest)}) is later than now ({_at(now)}).",
            ),
            SET_CLOCK,
        )
    if theirs is not None and abs(theirs - now) > APART:
        return problem(
            words(
                f"Giờ máy chủ cơ sở dữ liệu ({_at(theirs)}) lệch giờ máy này ({_at(now)}).",
                f"The database server's clock ({_at(theirs)}) differs from ours ({_at(now)}).",
            ),
            SET_CLOCK,
        )
    return ok(words("Đồng hồ khớp với sổ ghi.", "The clock agrees with the ledger."))


async def calendar(records: Records) -> Finding:
    """Whether the days off of this year and the next were confirmed."""
    async with records.look() as session:
        sha = await content.active_hash(session, ContentKind.CALENDAR, ContentKind.CALENDAR.value)
        data = None if sha is None else await content.at_hash(session, sha)
    if data is None:
        return problem(
            words("Chưa áp dụng lịch làm việc.", "No calendar is in force."),
            words("Hãy chạy `phatngon migrate`.", "Run `phatngon migrate`."),
        )
    until = parse_content(data, CalendarTable, name="calendar.yaml").known_until
    year = local_day((await records.clock()).now()).year
    says = words(
        f"Lịch nghỉ được xác nhận đến {until:%d/%m/%Y}; sau đó chỉ là tính toán.",
        f"Days off are confirmed until {until}; later ones are only computed.",
    )
    if until >= date(year + 1, 12, 31):
        return ok(says)
    return (warning if until >= date(year, 12, 31) else problem)(says, _RENEW)


async def dispatcher(records: Records, real: Clock) -> Finding:
    """Whether a dispatcher holds the lease now."""
    async with records.look() as session:
        until = await condition.leads_until(session, DUTY)
    if until is not None and until > real.real_now():
        return ok(words("Bộ điều phối đang hoạt động.", "A dispatcher leads."))
    return problem(
        _gone(until),
        words(
            "Chạy `phatngon worker` (hoặc `phatngon up`) và xem nhật ký.",
            "Start `phatngon worker` (or `phatngon up`) and read its log.",
        ),
    )


def _gone(until: datetime | None) -> Words:
    if until is None:
        return words("Chưa bộ điều phối nào từng chạy.", "No dispatcher ever ran.")
    return words(
        f"Không có bộ điều phối nào từ {_at(until)}.", f"No dispatcher leads since {_at(until)}."
    )


def _at(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


_RENEW = words(
    "Cập nhật `known_until` và các ngày nghỉ trong calendar.yaml khi có thông báo, "
    "rồi áp dụng bằng `phatngon content activate`.",
    "Once the days are announced, bring calendar.yaml up to date with its `known_until` "
    "and put it in force with `phatngon content activate`.",
)
