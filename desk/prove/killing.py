"""Killing a part at a point or at any time, and only parts that were born here."""

import asyncio
from itertools import count

from desk.prove.ground import Ground
from desk.prove.kill_point import Hit, Order, Point, give, hits, order_file
from desk.prove.strike import Aim
from desk.prove.upkeep import start_again

HIT_SECONDS = 12.0
_NUMBERS = count(1)


async def at_point(
    ground: Ground, part: str, order: tuple[Point, int], seconds: float = HIT_SECONDS
) -> Hit | None:
    """Order `part` to die at a passing of a point; None where it does not pass in `seconds`."""
    point, nth = order
    number = next(_NUMBERS)
    give(ground.orders, part, Order(number=number, point=point, nth=nth))
    died = await ground.brood.died_within(part, seconds)
    order_file(ground.orders, part).unlink(missing_ok=True)
    found = hits(ground.orders) if died else []
    return next((hit for hit in reversed(found) if hit.number == number), None)


async def aimed(ground: Ground, aim: Aim, nth: int, seconds: float) -> Hit | None:
    """Kill one part at a point and start it again; None where it does not pass in `seconds`."""
    part = ground.workers[0] if aim.part == "worker" else aim.part
    ground.down.add(part)
    hit = await at_point(ground, part, (aim.point, nth), seconds)
    await asyncio.sleep(0.2)
    await start_again(ground, (part,))
    return hit
