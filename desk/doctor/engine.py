"""Prefect: its API answers, and a worker of our pool was heard from lately."""

from datetime import datetime

from crisis.clock import Clock
from crisis.model.words import Language, Words, words
from crisis.settings import Settings
from desk.dispatch import WORKER_SILENT
from desk.doctor.finding import Finding, ok, problem, skipped
from desk.door.page_time import moment_words
from desk.runs import POOL, Runs

START = words("Chạy `phatngon worker` và xem nhật ký.", "Start `phatngon worker`, read its log.")


async def engine(settings: Settings, real: Clock) -> Finding:
    """Whether runs would be worked off. Raises OutsideFailure where Prefect does not answer."""
    if not settings.prefect_api_url:
        return skipped(
            words(
                "Chưa đặt PREFECT_API_URL; `phatngon up` có Prefect riêng.",
                "PREFECT_API_URL is not set; `phatngon up` brings a Prefect of its own.",
            )
        )
    auth = settings.prefect_auth_string.get_secret_value()
    seen = await Runs(api_url=settings.prefect_api_url, auth=auth).worker_seen_at()
    if seen is None or real.real_now() - seen > WORKER_SILENT:
        return problem(_silent(seen), START)
    return ok(words("Prefect và bộ thực hiện đều trả lời.", "Prefect answers, a worker is alive."))


def _silent(seen: datetime | None) -> Words:
    if seen is None:
        return words(
            f"Prefect trả lời nhưng nhóm “{POOL}” chưa có bộ thực hiện nào.",
            f"Prefect answers, but the pool “{POOL}” never had a worker.",
        )
    vi, en = (moment_words(seen, language) for language in (Language.VI, Language.EN))
    return words(
        f"Prefect trả lời nhưng bộ thực hiện im lặng từ {vi}.",
        f"Prefect answers, but no worker was heard from since {en}.",
    )
