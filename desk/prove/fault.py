"""The faults of the fault campaign: what is broken, what must be recorded, and how it is mended."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk.prove import fault_deed as deed
from desk.prove.fault_deed import Deed
from desk.prove.receiver import Manner


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """`breaks` before the play, `sees` waits for what must be recorded, `mends` afterwards.

    `counts` are actions that the ledger must tell in the end, so often at least; `ends` whether the
    affair must come to its end; `allows` rules of the checker that may be broken; `window` how many
    mails may come twice; `forbids` words that no mail may have; `sqlite` and `postgresql` where it
    is tried.
    """

    expects: str
    breaks: Deed
    sees: Deed
    mends: Deed
    counts: Mapping[str, int]
    affairs: int = 1
    ends: bool = True
    allows: frozenset[str] = frozenset()
    window: int = 0
    forbids: str = ""
    sqlite: bool = True
    postgresql: bool = True


FAULTS: Mapping[str, Fault] = {
    "smtp_down": Fault(
        expects="mail deferred while the server is away, each delivered once",
        breaks=lambda trial: trial.stop("mailbox"),
        sees=deed.told("mail.deferred"),
        mends=lambda trial: trial.start("mailbox"),
        counts={"mail.deferred": 1},
    ),
    "smtp_slow": Fault(
        expects="a server that takes its time is waited for, each mail delivered once",
        breaks=deed.smtp("slow", seconds=4, times=3),
        sees=deed.told("mail.accepted", 2),
        mends=deed.SMTP_FINE,
        counts={"mail.accepted": 5},
    ),
    "smtp_4xx": Fault(
        expects="deferred with the code, tried again, delivered once",
        breaks=deed.smtp("reply", code=451, times=2),
        sees=deed.told("mail.deferred", 2),
        mends=deed.SMTP_FINE,
        counts={"mail.deferred": 2},
    ),
    "smtp_5xx": Fault(
        expects="refused for good, recorded, not tried again; a person has to look",
        breaks=deed.smtp("refuse_recipient", code=550, times=2),
        sees=deed.told("mail.refused", 2),
        mends=deed.SMTP_FINE,
        counts={"mail.refused": 2},
        ends=False,
        allows=frozenset({"incident lost"}),
    ),
    "smtp_cut": Fault(
        expects="cut in the middle of the data: deferred, tried again, delivered once",
        breaks=deed.smtp("drop", times=2),
        sees=deed.told("mail.deferred", 2),
        mends=deed.SMTP_FINE,
        counts={"mail.deferred": 2},
    ),
    "smtp_reply_lost": Fault(
        expects="taken but not heard: sent again with the same Message-ID, and counted",
        breaks=deed.smtp("lose_reply", times=1),
        sees=deed.told("mail.deferred"),
        mends=deed.SMTP_FINE,
        counts={"mail.deferred": 1},
        window=1,
    ),
    "outlet_500": Fault(
        expects="delivery failed, tried again with the same key, taken once",
        breaks=deed.receiver(Manner.ERROR),
        sees=deed.told("delivery.failed"),
        mends=deed.FINE,
        counts={"delivery.failed": 1},
    ),
    "outlet_timeout": Fault(
        expects="no answer is a failure that is tried again, taken once",
        breaks=deed.receiver(Manner.SILENT),
        sees=deed.told("delivery.failed"),
        mends=deed.FINE,
        counts={"delivery.failed": 1},
    ),
    "outlet_wrong_body": Fault(
        expects="2xx with no JSON counts as taken, its status as the reference",
        breaks=deed.receiver(Manner.WRONG),
        sees=deed.told("statement.published"),
        mends=deed.FINE,
        counts={"delivery.accepted": 4},
    ),
    "database_away": Fault(
        expects="acts in hand fail or wait, nothing is half done, all go on",
        breaks=deed.nothing,
        sees=deed.database_away,
        mends=deed.nothing,
        counts={"statement.published": 1},
    ),
    "disk_full": Fault(
        expects="what cannot be kept is refused with 5xx; after that all goes on",
        breaks=deed.disk_full,
        sees=deed.refused,
        mends=deed.disk_free,
        counts={"statement.published": 1},
        postgresql=False,
    ),
    "prefect_down": Fault(
        expects="people work on, deadlines that pass are recorded, wishes wait an hour",
        breaks=deed.engine_gone,
        sees=deed.hour_without_engine,
        mends=lambda trial: trial.start("prefect"),
        counts={"statement.published": 1},
    ),
    "clock_jump": Fault(
        expects="three days on: every missed deadline recorded once; two hours back: nothing twice",
        breaks=deed.nothing,
        sees=deed.clock_forward,
        mends=deed.clock_back,
        counts={"clock.missed": 1},
    ),
    "two_of_each": Fault(
        expects="two workers and two dispatchers at once: every act once",
        breaks=deed.two_of_each,
        sees=deed.told("publication.frozen", 3),
        mends=lambda trial: trial.away(),
        counts={"publication.frozen": 3},
        affairs=3,
    ),
    "other_release": Fault(
        expects="a worker of another release goes on with the pinned letters, nothing twice",
        breaks=deed.nothing,
        sees=deed.other_release,
        mends=deed.nothing,
        counts={"statement.published": 1},
        forbids=deed.OTHER_WORDS,
    ),
}
"""By name, in the order in which they are tried."""

AFTERWARDS: Mapping[str, Deed] = {"other_release": deed.first_release}
"""What is put back only when the affair has ended."""
