"""Numbers in Chinese official prose: units, comparisons, lists; a figure that is not known has no number."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

UNKNOWN = "—"
CENT = Decimal("0.01")
WAN = Decimal(10_000)


def digits(value: Decimal | None, divisor: int = 1) -> str:
    """At most two decimals, no trailing zeros, no thousands separators; a dash where nothing is known."""
    if value is None:
        return UNKNOWN
    return plain((value / divisor).quantize(CENT, ROUND_HALF_UP))


def plain(value: Decimal) -> str:
    """50.00 → 50, 0.10 → 0.1, -0.00 → 0."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def with_unit(value: Decimal | None, unit: str) -> str:
    """552点次, 87.1%; money from ten thousand 元 on in 万元."""
    if unit == "元" and value is not None and abs(value) >= WAN:
        return f"{digits(value, int(WAN))}万元"
    return digits(value) + unit


def change(now: Decimal | None, before: Decimal | None, unit: str, previous_word: str) -> str:
    """比上月增加3件、增长30%; nothing where one of them is not known."""
    if now is None or before is None:
        return ""
    if now == before:
        return f"与{previous_word}持平"
    difference = abs(now - before)
    if unit == "%":
        verb = "提高" if now > before else "下降"
        return f"比{previous_word}{verb}{digits(difference)}个百分点"
    if before == 0:
        return f"{previous_word}为零"
    verb, rate = ("增加", "增长") if now > before else ("减少", "下降")
    return (
        f"比{previous_word}{verb}{with_unit(difference, unit)}、{rate}{growth(now, before, True)}"
    )


def growth(now: Decimal | None, before: Decimal | None, is_absolute: bool = False) -> str:
    """By how many per cent; a dash for a base of zero."""
    if now is None or not before:
        return UNKNOWN
    rate = (now - before) * 100 / abs(before)
    return plain((abs(rate) if is_absolute else rate).quantize(Decimal("0.1"), ROUND_HALF_UP)) + "%"


def sentence(parts: Iterable[str]) -> str:
    """The parts that say something, as one sentence; nothing if none does."""
    said = [part for part in parts if part]
    return "；".join(said) + "。" if said else ""


# A heading is broken before these, never inside a word.
BREAKS = ("关于", "严厉", "打击", "工作", "情况", "的", "报告", "领导小组", "办公室")


def trapezoid(title: str, longest: int = 18) -> list[str]:
    """A title in lines of which each is longer than the one above, broken between words."""
    if len(title) <= longest:
        return [title]
    count = -(-len(title) // longest)
    places = sorted(
        {title.find(word, start) for word in BREAKS for start in range(1, len(title))} - {-1, 0}
    )
    best: tuple[tuple[int, int], list[str]] | None = None
    for cuts in combinations(places, count - 1):
        lines = [title[a:b] for a, b in zip((0, *cuts), (*cuts, len(title)), strict=True)]
        if max(map(len, lines)) > longest + 2 or any(line.startswith("的") for line in lines):
            continue
        steps = [len(below) - len(above) for above, below in zip(lines, lines[1:], strict=False)]
        rank = (sum(step <= 0 for step in steps), sum(abs(step - 3) for step in steps))
        if best is None or rank < best[0]:
            best = rank, lines
    return best[1] if best else [title[i : i + longest] for i in range(0, len(title), longest)]
