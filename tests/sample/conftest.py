from datetime import date

import pytest

from tests.sample.county import generate


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    """November 2022 and what was said about it."""
    return generate(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="session")
def home(county):
    return county.home


@pytest.fixture(scope="session")
def other_home(tmp_path_factory):
    """The same month of another seed."""
    return generate(tmp_path_factory.mktemp("other"), seed=2).home


@pytest.fixture(scope="session")
def later_home(tmp_path_factory):
    """The same month two years later, of a seed that nobody would think of."""
    root, month = tmp_path_factory.mktemp("later"), date(2024, 11, 1)
    return generate(root, seed=-3, first=month, last=month, meters=1).home


@pytest.fixture(scope="session")
def half_year_county(tmp_path_factory):
    """The months that are generated if nobody asks for others."""
    first, last = date(2022, 7, 1), date(2022, 12, 31)
    return generate(tmp_path_factory.mktemp("half_year"), first=first, last=last)


@pytest.fixture(scope="session")
def half_year(half_year_county):
    return half_year_county.home
