"""Time: clocks that agree with the ledger, a calendar that is known, a dispatcher that is alive."""

from datetime import date, datetime, timedelta

from crisis.calendar_source import announced_until
from crisis.clock import Clock
from crisis.model.calendar import HANOI
from crisis.model.content_lint import calendar_flags
from crisis.model.words import Language, Words, words
from crisis.office.content.known_calendar import calendar_table
from crisis.office.office import local_day
from crisis.records import condition, heartbeat
from crisis.records.act import Records
from desk.doctor.finding import Finding, ok, problem, warning
from desk.door.page_time import day_words, moment_words

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
        return _apart(
            words(
                "Bút toán mới nhất muộn hơn bây giờ", "The newest ledger entry is later than now"
            ),
            newest,
            now,
        )
    if theirs is not None and abs(theirs - now) > APART:
        return _apart(
            words(
                "Giờ máy chủ cơ sở dữ liệu lệch giờ máy này",
                "The database server's clock differs from ours",
            ),
            theirs,
            now,
        )
    return ok(words("Đồng hồ khớp với sổ ghi.", "The clock agrees with the ledger."))


async def calendar(records: Records) -> Finding:
    """Whether the days off of this year and the next were confirmed."""
    async with records.look() as session:
        table = await calendar_table(session)
    if table is None:
        return problem(
            words("Chưa áp dụng lịch làm việc.", "No calendar is in force."),
            words("Hãy chạy `phatngon migrate`.", "Run `phatngon migrate`."),
        )
    believed_blindly = next(calendar_flags(table, announced_until()), None)
    if believed_blindly is not None:
        return warning(believed_blindly.sentence, _RENEW)
    until = table.known_until
    year = local_day((await records.clock()).now()).year
    vi, en = (day_words(until, language) for language in (Language.VI, Language.EN))
    says = words(
        f"Lịch nghỉ được xác nhận đến {vi}; sau đó chỉ là tính toán.",
        f"Days off are confirmed until {en}; later ones are only computed.",
    )
    if until >= date(year + 1, 12, 31):
        return ok(says)
    return (warning if until >= date(year, 12, 31) else problem)(says, _RENEW)


async def dispatcher(records: Records, real: Clock) -> Finding:
    """Whether the dispatcher was seen lately, as `/readyz` asks too."""
    async with records.look() as session:
        seen = (await heartbeat.seen_at(session)).get(heartbeat.DISPATCHER)
    if heartbeat.is_fresh(seen, real.real_now()):
        return ok(words("Bộ điều phối đang hoạt động.", "The dispatcher is alive."))
    return problem(
        _gone(seen),
        words(
            "Chạy `phatngon worker` (hoặc `phatngon up`) và xem nhật ký.",
            "Start `phatngon worker` (or `phatngon up`) and read its log.",
        ),
    )


def _gone(seen: datetime | None) -> Words:
    if seen is None:
        return words("Chưa bộ điều phối nào từng chạy.", "No dispatcher ever ran.")
    vi, en = (moment_words(seen, language) for language in (Language.VI, Language.EN))
    return words(f"Bộ điều phối im lặng từ {vi}.", f"The dispatcher was last seen at {en}.")


def _apart(says: Words, one: datetime, other: datetime) -> Finding:
    """Two clocks that disagree, each to the second."""
    vi, en = (
        f"{_exact(one, language)} / {_exact(other, language)}"
        for language in (Language.VI, Language.EN)
    )
    return problem(words(f"{says.vi}: {vi}.", f"{says.en}: {en}."), SET_CLOCK)


def _exact(at: datetime, language: Language) -> str:
    local = at.astimezone(HANOI)
    return f"{local:%H:%M:%S} {day_words(local.date(), language)}"


_RENEW = words(
    "Cập nhật `known_until` và các ngày nghỉ trong calendar.yaml khi có thông báo, "
    "rồi áp dụng bằng `phatngon content activate`.",
    "Once the days are announced, bring calendar.yaml up to date with its `known_until` "
    "and put it in force with `phatngon content activate`.",
)
