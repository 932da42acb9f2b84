"""Numbers that have the pattern of real ones and are nobody's, and what people are called instead of names."""

from __future__ import annotations

from random import Random

PERSONS = "甲乙丙丁戊己庚辛壬癸"


def invented_phone(rng: Random) -> str:
    """Has the pattern of a mobile number and is nobody's."""
    return f"1990000{rng.randrange(10000):04}"


def invented_identity(rng: Random) -> str:
    """Has a right check digit and a region that does not exist."""
    body = f"999901{rng.randint(1955, 1999)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    body += f"{rng.randrange(1000):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, body, strict=True))
    return body + "10X98765432"[total % 11]


def credit_code(rng: Random) -> str:
    """A company's 统一社会信用代码 in a region that does not exist."""
    return f"91999901MA{''.join(rng.choices('0123456789ABCDEFGHJKLMNPQRTUWXY', k=8))}"


def reporter(rng: Random) -> str:
    """Who rings up; never a name."""
    return rng.choice(("村民", "群众", "过路司机", "附近住户")) + rng.choice(PERSONS)
