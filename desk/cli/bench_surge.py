"""`phatngon bench surge`: the worst day, part by part; exit 0 only when everything holds."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from crisis.clock import Clock
from desk.bench.surge.api import Surge, api_bench
from desk.bench.surge.deadlines import deadlines_bench
from desk.bench.surge.figure import Claim, Figure
from desk.bench.surge.pages import pages_bench
from desk.bench.surge.place import fresh
from desk.bench.surge.verify import verify_bench
from desk.cli import shown
from desk.cli.opened import work
from desk.cli.prove_place import Postgresql, aside
from desk.cli.shipped import examples, playbooks, templates
from desk.cli.tongue import say, told
from desk.parts.installation import Installation


class Part(StrEnum):
    """What can be measured alone."""

    API = "api"
    PAGES = "pages"
    DEADLINES = "deadlines"
    VERIFY = "verify"


HELP = told(
    "Ngày tệ nhất: mỗi số cạnh một mốc đo trong cùng lượt, ở ba cỡ. Mã thoát 0 chỉ khi mọi điều "
    "kiểm tra đều đúng. Không ghi phần nào thì đo tất cả.",
    "The worst day: each figure beside a floor of the same run, at three sizes. Exit 0 only when "
    "everything holds. Without a part all are measured.",
    "phatngon bench surge",
    "phatngon bench surge api --reports 1000 --stories 300 --clients 20",
    "phatngon bench surge verify --entries 1000000 --postgresql",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """How large each part is measured at the most."""

    burst: Surge
    incidents: int
    deadlines: int
    entries: int


def surge(  # noqa: PLR0913  (each is an option of the command line)
    parts: Annotated[list[Part] | None, typer.Argument(help=say("các phần", "parts"))] = None,
    *,
    reports: Annotated[int, typer.Option(min=1, help=say("tin gửi dồn", "reports at once"))] = 1000,
    stories: Annotated[int, typer.Option(min=1, help=say("số câu chuyện", "of so many"))] = 300,
    clients: Annotated[int, typer.Option(min=1, help=say("máy gửi", "clients"))] = 20,
    incidents: Annotated[
        int, typer.Option(min=100, help=say("vụ việc cho pages", "incidents for pages"))
    ] = 3_000,
    deadlines: Annotated[
        int, typer.Option(min=1, help=say("vụ việc đến hạn cùng lúc", "incidents due at once"))
    ] = 90,
    entries: Annotated[
        int, typer.Option(min=1000, help=say("bút toán cho verify", "ledger entries to verify"))
    ] = 200_000,
    postgresql: Postgresql = False,
    as_json: Annotated[bool, shown.AS_JSON] = False,
) -> None:
    began = Clock.real().monotonic()
    burst = Surge(reports=reports, stories=min(stories, reports), clients=clients)
    sizes, found = (
        Sizes(burst=burst, incidents=incidents, deadlines=deadlines, entries=entries),
        list[Claim](),
    )
    chosen = list(dict.fromkeys(parts or Part))
    for part in chosen:
        found += work(_measure(part, sizes, postgresql=postgresql, as_json=as_json))
    database = "postgresql" if postgresql else "sqlite"
    summary: dict[str, object] = {"bench": "surge", "database": database, "parts": "+".join(chosen)}
    summary |= {"asserted": len(found), "broken": _broken(found)}
    summary["seconds"] = round(Clock.real().monotonic() - began)
    shown.line(summary, as_json=as_json)
    if _broken(found):
        raise typer.Exit(1)


def _broken(claims: list[Claim]) -> int:
    return sum(not claim.holds for claim in claims)


async def _measure(part: Part, sizes: Sizes, *, postgresql: bool, as_json: bool) -> list[Claim]:
    """Print each figure as soon as it was measured; everything that was asserted."""
    claims: list[Claim] = []
    async with fresh((playbooks(), templates()), postgresql=postgresql) as place:
        async for one in _bench(part, place, sizes):
            if isinstance(one, Figure):
                shown.line(one.as_json(), as_json=as_json)
                continue
            claims.append(one)
            if not one.holds:
                aside(say(f"SAI: {one.says}", f"DOES NOT HOLD: {one.says}"))
    return claims


def _bench(part: Part, place: Installation, sizes: Sizes) -> AsyncIterator[Figure | Claim]:
    match part:
        case Part.API:
            return api_bench(place, examples(), sizes.burst)
        case Part.PAGES:
            return pages_bench(place, examples(), sizes.incidents)
        case Part.DEADLINES:
            return deadlines_bench(place, examples(), sizes.deadlines)
        case Part.VERIFY:
            return verify_bench(place, examples(), sizes.entries)
