"""No phone or identity-card number passes; no number of another kind is touched."""

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingestion.masking import Masker, is_identity_number

MASKER = Masker(b"a test key")
MOBILE, IDENTITY = "13800138000", "11010519491231002X"

WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
# Text around a number must not lengthen it; otherwise anything.
around = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=12)


@st.composite
def identity_numbers(draw):
    region = draw(st.sampled_from(["110105", "140932", "142325", "650100", "820000"]))
    born = draw(st.dates(date(1900, 1, 1), date(2022, 12, 31)))
    body = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + CHECKS[sum(int(a) * b for a, b in zip(body, WEIGHTS, strict=True)) % 11]


def full_width(text):
    return "".join(chr(ord(one) + 0xFEE0) for one in text)


def written(number, groups):
    """The number plain, grouped with spaces and hyphens, and in full width."""
    parts, position = [], 0
    for size in groups:
        parts.append(number[position : position + size])
        position += size
    return [number, " ".join(parts), "-".join(parts), full_width(number)]


@given(mobiles, around, around)
def test_no_mobile_number_survives(number, before, after):
    token = MASKER.mask_text(number)
    assert re.fullmatch(r"\[手机#[0-9a-f]{8}\]", token)
    for text in written(number, (3, 4, 4)) + [f"+86{number}", f"+86 {number}", f"86-{number}"]:
        masked = MASKER.mask_text(before + text + after)
        assert text not in masked
        assert token in masked, "one number, one hash, however it is written"


@given(identity_numbers(), around, around)
def test_no_identity_number_survives(number, before, after):
    token = MASKER.mask_text(number)
    assert re.fullmatch(r"\[身份证#[0-9a-f]{8}\]", token)
    for text in [*written(number, (6, 8, 4)), number.lower()]:
        masked = MASKER.mask_text(before + text + after)
        assert text not in masked
        assert token in masked


@given(st.lists(st.one_of(mobiles, identity_numbers()), min_size=2, max_size=4))
def test_every_number_of_a_text_is_masked_and_masking_again_changes_nothing(numbers):
    masked = MASKER.mask_text("、".join(numbers))
    assert not any(number in masked for number in numbers)
    assert masked.count("#") == len(numbers)
    assert MASKER.mask_text(masked) == masked


@given(
    st.one_of(
        st.from_regex(r"[0-9]{10}", fullmatch=True),
        st.from_regex(r"[0-9]{13}", fullmatch=True),
        st.from_regex(r"[0-9]{20}", fullmatch=True),
        st.from_regex(r"C[0-9]{22}", fullmatch=True),
        st.from_regex(r"9[1-3]14[0-9]{4}[0-9A-HJ-NPQRTUWXY]{10}", fullmatch=True),
    )
)
def test_meter_device_licence_and_credit_numbers_are_not_touched(number):
    assert MASKER.mask_text(f"户号{number}号") == f"户号{number}号"


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002Y",
        "110105194912310021",
        "110105194902310025",
        "2022-09-19 08:00:00",
        "111.486808,39.436973",
        "12345678901",
        "03507654321",
        "C1400002009111220043887",
        "",
    ],
)
def test_what_is_no_personal_number_stays(text):
    assert MASKER.mask_text(text) == text


def test_a_landline_with_a_hyphen_is_masked():
    for number in ("0350-7654321", "010-12345678", "0350-7654321-802", "０３５０－７６５４３２１"):
        assert re.fullmatch(r"电话\[座机#[0-9a-f]{8}\]转", MASKER.mask_text(f"电话{number}转"))
    for no_number in ("0350-765432", "03501-7654321", "2350-7654321", "0350-7654321012345678"):
        assert MASKER.mask_text(no_number) == no_number


@given(st.dates(date(1900, 1, 1), date(2022, 12, 31)), st.integers(0, 999))
def test_a_number_of_no_province_is_no_identity_number(born, serial):
    # A credit code of digits alone may have a date in it and the right check digit.
    body = f"911405{born:%Y%m%d}{serial:03}"
    number = body + CHECKS[sum(int(a) * b for a, b in zip(body, WEIGHTS, strict=True)) % 11]
    assert MASKER.mask_text(number) == number


def test_an_identity_number_needs_its_check_digit_region_and_birth_date():
    assert is_identity_number(IDENTITY)
    assert is_identity_number(IDENTITY.lower())
    assert not is_identity_number("110105194912310020")
    assert not is_identity_number(IDENTITY[:-1])


@given(identity_numbers(), st.integers(0, 10))
def test_only_one_check_digit_is_right(number, other):
    assume(CHECKS[other] != number[-1])
    assert not is_identity_number(number[:-1] + CHECKS[other])


def test_another_key_gives_other_hashes():
    other = Masker(b"another key")
    assert other.mask_text(MOBILE) != MASKER.mask_text(MOBILE)
    assert other.mask_value("甲") != MASKER.mask_value("甲")
    assert Masker(b"a test key").mask_text(MOBILE) == MASKER.mask_text(MOBILE)


def test_a_whole_cell_is_hashed_by_what_it_says():
    assert re.fullmatch(r"#[0-9a-f]{16}", MASKER.mask_value("举报人甲"))
    assert MASKER.mask_value(" 举报人甲 ") == MASKER.mask_value("举报人甲")
    assert MASKER.mask_value("138 0013 8000") == MASKER.mask_value(MOBILE)
    assert MASKER.mask_value(" ") == ""


def test_an_empty_key_is_an_error():
    with pytest.raises(ValueError, match="empty"):
        Masker(b"")
