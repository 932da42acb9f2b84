"""Phone and identity-card numbers, and who reported, become keyed hashes before anything is written.

The same number gives the same hash under the same key, however it is written, so that masked rows can
still be told apart and joined; without the key (kept outside the repository) it cannot be guessed by
hashing all mobile numbers.
"""

from __future__ import annotations

import hmac
import re
from datetime import date
from functools import lru_cache
from pathlib import PurePath

# Full-width digits and dashes are read like plain ones; one character each, so that positions stay.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN |= dict.fromkeys(map(ord, "—–－‐‑−"), "-") | dict.fromkeys(map(ord, "\u3000\u00a0\t"), " ")

# Without four digits in a row, or with fewer than seven near each other, there is no number of these
# kinds; most cells end here.
_FOUR_DIGITS = re.compile(r"\d{4}")
_SEVEN_DIGITS = re.compile(r"(?:\d\D?\D?){6}\d")
# The look-arounds keep 户号, licence and device numbers whole: longer runs of digits are not searched.
_IDENTITY = re.compile(r"(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)86[ -]?|86[ -])?(1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?:-\d{1,6})?(?!\d)")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
# An ending that is none of these may be part of a name.
_SUFFIXES = frozenset([".csv", ".tsv", ".txt", ".xlsx", ".xls", ".et", ".ods", ".docx", ".parquet"])
_PROVINCES = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55)]
    + [*range(61, 66), 71, 81, 82, 83]
)


class Masker:
    """Replaces personal numbers in text; one per home, made with that home's key.

    ValueError if the key is empty.
    """

    def __init__(self, key: bytes):
        if not key:
            raise ValueError("the masking key is empty")
        self._key = key
        # Cells of one file repeat; this keeps the common ones.
        self.mask_text = lru_cache(maxsize=8192)(self._mask_text)

    def mask_value(self, text: str) -> str:
        """The hash of a whole cell (a reporter's name or number); blank stays blank.

        Sixteen digits instead of eight: these are joined on, and eight would collide among
        ten thousand people once in a hundred counties.
        """
        value = _digits(text) if _MOBILE.fullmatch(text.translate(_PLAIN).strip()) else text.strip()
        return f"#{self._hash(value)[:16]}" if value else ""

    def mask_file_name(self, name: str) -> str:
        """The hash of a file's name and its ending: the same name gives the same hash again.

        A file named after its reporter gets another hash than the reporter: file names are published.
        """
        path = PurePath(name)
        suffix = path.suffix.lower()
        stem, ending = (path.stem, suffix) if suffix in _SUFFIXES else (name, "")
        return f"#{self._hash(f'file name {stem}')[:16]}{ending}"

    def _mask_text(self, text: str) -> str:
        if not (_FOUR_DIGITS.search(text) and _SEVEN_DIGITS.search(text)):
            return text
        plain = text.translate(_PLAIN)
        marks: list[tuple[int, int, str]] = []
        for found in _IDENTITY.finditer(plain):
            if is_identity_number(found[0]):
                marks.append((*found.span(), self._token("身份证", found[0])))
        for name, pattern in (("手机", _MOBILE), ("座机", _LANDLINE)):
            for found in pattern.finditer(plain):
                if not any(start < found.end() and found.start() < end for start, end, _ in marks):
                    marks.append((*found.span(), self._token(name, found[0])))
        for start, end, token in sorted(marks, reverse=True):
            text = text[:start] + token + text[end:]
        return text

    def _token(self, name: str, number: str) -> str:
        return f"[{name}#{self._hash(_digits(number))[:8]}]"

    def _hash(self, value: str) -> str:
        return hmac.new(self._key, value.encode(), "sha256").hexdigest()


def _digits(number: str) -> str:
    """A number without separators and country code."""
    digits = re.sub(r"[^\dX]", "", number.translate(_PLAIN).upper())
    return re.sub(r"^(?:00)?86(?=1\d{10}$)", "", digits)


def is_identity_number(number: str) -> bool:
    """Whether 18 digits (the last may be X) are an identity-card number by region, birth and check.

    Credit codes of companies begin with 9 and fail on the region, most others on the birth date.
    """
    digits = re.sub(r"[ -]", "", number.upper())
    if not re.fullmatch(r"[0-9]{17}[0-9X]", digits) or int(digits[:2]) not in _PROVINCES:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    if not 1900 <= born.year <= 2099:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _CHECK_DIGITS[total % 11] == digits[17]
