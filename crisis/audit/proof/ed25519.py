"""Ed25519 signatures checked with integers alone (RFC 8032, 5.1.7, extended coordinates)."""

from __future__ import annotations

import hashlib

Point = tuple[int, int, int, int]

FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE_D = -121665 * pow(121666, -1, FIELD) % FIELD
ROOT_OF_MINUS_ONE = pow(2, (FIELD - 1) // 4, FIELD)
ZERO: Point = (0, 1, 1, 0)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) over `message` was made with the raw 32-byte `public_key`."""
    if len(signature) != 64:
        return False
    key, commitment_point = point_of(public_key), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment_point is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    return same(times(scalar, BASE), plus(commitment_point, times(challenge, key)))


def point_of(raw: bytes) -> Point | None:
    """The curve point that 32 bytes encode; None where they encode none, or in a second way."""
    number = int.from_bytes(raw, "little")
    odd, y = number >> 255, number & (2**255 - 1)
    if len(raw) != 32 or y >= FIELD:
        return None
    x = x_of(y)
    if x is None or (x == 0 and odd):
        return None
    x = FIELD - x if x % 2 != odd else x
    return (x, y, 1, x * y % FIELD)


def x_of(y: int) -> int | None:
    """A square root of (y² - 1) / (dy² + 1) in the field; None where there is none."""
    square = (y * y - 1) * pow(CURVE_D * y * y + 1, -1, FIELD) % FIELD
    root = pow(square, (FIELD + 3) // 8, FIELD)
    if (root * root - square) % FIELD:
        root = root * ROOT_OF_MINUS_ONE % FIELD
    return None if (root * root - square) % FIELD else root


def plus(left: Point, right: Point) -> Point:
    """The sum of two points; complete, so it also doubles."""
    a = (left[1] - left[0]) * (right[1] - right[0]) % FIELD
    b = (left[1] + left[0]) * (right[1] + right[0]) % FIELD
    c = 2 * CURVE_D * left[3] * right[3] % FIELD
    d = 2 * left[2] * right[2] % FIELD
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD)


def times(scalar: int, point: Point) -> Point:
    """`point` added to itself `scalar` times."""
    total = ZERO
    while scalar:
        if scalar & 1:
            total = plus(total, point)
        point, scalar = plus(point, point), scalar >> 1
    return total


def same(left: Point, right: Point) -> bool:
    """Whether two points are one, whatever their third coordinate."""
    x = (left[0] * right[2] - right[0] * left[2]) % FIELD
    y = (left[1] * right[2] - right[1] * left[2]) % FIELD
    return x == 0 and y == 0


def base_point() -> Point:
    """The generator: y is 4/5, x is even."""
    point = point_of((4 * pow(5, -1, FIELD) % FIELD).to_bytes(32, "little"))
    if point is None:
        raise ArithmeticError
    return point


BASE = base_point()
