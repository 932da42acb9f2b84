"""Published homes for the pages (an invented autumn, a county that has received nothing), and windows on them."""

import shutil

import pytest
from browsing import Visit
from invented_autumn import EMPTY_VERSION, STAMP, publish

from benchmarks.served import CHROMIUM, FLAGS
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


@pytest.fixture(scope="session")
def playwright():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright):
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture
def visit(browser):
    visits = []

    def start(screen: str) -> Visit:
        visits.append(Visit(browser, screen))
        return visits[-1]

    yield start
    for one in visits:
        one.context.close()
