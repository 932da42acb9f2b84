"""Fixtures for all tests."""

import os

import pytest
from filelock import FileLock

from tests.command import minewatch
from tests.county import County
from warehouse.settings import Home

os.environ["GX_ANALYTICS_ENABLED"] = "false"
# Asserts of helpers tell what they compared, as those of tests do.
pytest.register_assert_rewrite("browsing")


@pytest.fixture
def county(tmp_path):
    """The mini county in a home of its own, nothing delivered yet."""
    return County(tmp_path / "home")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory, worker_id):
    """One folder for all processes of a run: what is dear is made there once, under a lock."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def sample_home(shared_folder):
    """Two autumn months of the sample county, published; the output of the run is its run.log.

    All processes have the same one: whoever writes takes a copy.
    """
    root = shared_folder / "sample_home"
    with FileLock(shared_folder / "sample_home.lock"):
        if not (root / "run.log").exists():
            said = ""
            for verb in (["sample", "--months", "2022-10..2022-11", "--meters", 60], ["run"]):
                done = minewatch(Home(root), *verb)
                assert done.returncode == 0, done.stdout + done.stderr
                said = done.stdout + done.stderr
            (root / "run.log").write_text(said, encoding="utf-8")
    return root


def pytest_collection_modifyitems(items):
    """Slow tests come first: a long one that starts last leaves the other core idle."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
