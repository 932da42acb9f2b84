"""Published homes for the pages: one invented autumn, and a county that has received nothing."""

import shutil

import pytest
from invented_autumn import EMPTY_VERSION, STAMP, publish

from warehouse import versions
from warehouse.connection import connect
from warehouse.settings import Home


@pytest.fixture(scope="session")
def full_home(tmp_path_factory):
    root = tmp_path_factory.mktemp("full")
    publish(Home(root), STAMP.version_id)
    return root


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory):
    root = tmp_path_factory.mktemp("empty")
    publish(Home(root), EMPTY_VERSION, is_empty=True, is_sample=False)
    return root


@pytest.fixture(scope="session")
def full(full_home):
    with connect(versions.current(Home(full_home)).database, read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def empty(empty_home):
    with connect(versions.current(Home(empty_home)).database, read_only=True) as connection:
        yield connection


@pytest.fixture
def full_copy(full_home, tmp_path):
    """A copy that a test may change."""
    shutil.copy(versions.current(Home(full_home)).database, tmp_path / versions.DATABASE)
    with connect(tmp_path / versions.DATABASE) as connection:
        yield connection
