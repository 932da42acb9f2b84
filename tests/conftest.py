"""Fixtures for all tests."""

import os
import shutil

import pytest
from filelock import FileLock

from tests.command import minewatch
from tests.compiled import PLAN, Compiled, compile_project
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
def compiled(shared_folder):
    """The models as dbt compiles them; and no dbt that runs later has to parse the project."""
    folder = shared_folder / "compiled"
    with FileLock(shared_folder / "compiled.lock"):
        if not (folder / PLAN).exists():
            compile_project(folder)
    return Compiled(folder)


def published(root, fill):
    """The home there, filled and run by whichever process asks first; what was said is its run.log."""
    with FileLock(f"{root}.lock"):
        if not (root / "run.log").exists():
            fill()
            (root / "run.log").write_text(succeeded(root, "run"), encoding="utf-8")
    return root


def succeeded(root, *verb):
    done = minewatch(Home(root), *verb)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="session")
def sample_home(shared_folder, compiled):
    """Two autumn months of the sample county, published.

    All processes have the same one: whoever writes takes a copy.
    """
    root = shared_folder / "sample_home"
    months = ["--months", "2022-10..2022-11", "--meters", 60]
    return published(root, lambda: succeeded(root, "sample", *months))


@pytest.fixture(scope="session")
def mini_home(shared_folder, compiled):
    """The mini county with everything delivered, published; the same one for all processes too."""
    root = shared_folder / "mini_home"
    return published(root, lambda: County(root).deliver_everything())


@pytest.fixture
def mini_county(mini_home, tmp_path):
    """A copy of the published mini county."""
    shutil.copytree(mini_home, tmp_path / "home", symlinks=True)
    return County(tmp_path / "home")


def pytest_collection_modifyitems(items):
    """Slow tests come first: a long one that starts last leaves the other core idle.

    Before all others the one that waits for nothing that another process makes.
    """
    items.sort(
        key=lambda item: (
            item.get_closest_marker("slow") is None,
            item.path.name != "test_dbt_build.py",
        )
    )
