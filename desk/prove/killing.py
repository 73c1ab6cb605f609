"""Killing a part at a point or at any time, and only parts that were born here."""

import asyncio
from itertools import count

from desk.prove.ground import Ground
from desk.prove.kill_point import Hit, Order, Point, give, hits, order_file
from desk.prove.strike import Aim
from desk.prove.upkeep import start_again

HIT_SECONDS = 12.0
_NUMBERS = count(1)


async def at_point(ground: Ground, part: str, point: Point, nth: int) -> Hit | None:
    """Order `part` to die at the `nth` passing of `point`; None where it did not pass in time."""
    number = next(_NUMBERS)
    give(ground.orders, part, Order(number=number, point=point, nth=nth))
    died = await ground.brood.died_within(part, HIT_SECONDS)
    order_file(ground.orders, part).unlink(missing_ok=True)
    found = hits(ground.orders) if died else []
    return next((hit for hit in reversed(found) if hit.number == number), None)


async def aimed(ground: Ground, aim: Aim, nth: int) -> Hit | None:
    """Kill one part at a point and start it again."""
    part = ground.workers[0] if aim.part == "worker" else aim.part
    ground.down.add(part)
    hit = await at_point(ground, part, aim.point, nth)
    await asyncio.sleep(0.2)
    await start_again(ground, (part,))
    return hit
