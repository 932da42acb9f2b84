"""Load, build and publish are killed, at every named step and at random moments; run again, they end
in the rows of a county where nothing was ever killed, and readers see a whole version all the time."""

import random
import shutil

import pytest

from ingestion.land import LOAD_STEPS
from pipeline.build import BUILD_STEPS
from tests.command import minewatch
from tests.pipeline.builds import marts
from warehouse.connection import connect
from warehouse.settings import Home
from warehouse.versions import PUBLISH_STEPS, current, published

# Each of them builds the county several times, whatever else the machine has to do.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
SIGKILLED = -9
RANDOM_KILLS = 3


@pytest.fixture(scope="module")
def undisturbed(mini_home):
    """The marts of the mini county when nothing goes wrong."""
    return marts(current(Home(mini_home)).database)


def killed(county, *verb, at):
    done = minewatch(county.home, *verb, kill_at=at)
    assert done.returncode == SIGKILLED, f"{verb} never reached {at}: {done.stdout}{done.stderr}"


def finished(county, *verb):
    done = minewatch(county.home, *verb)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_named_step_can_be_the_last(county, undisturbed):
    county.deliver_everything()
    for step in LOAD_STEPS:
        killed(county, "load", at=step)
    finished(county, "load")
    assert [path for path in county.home.inbox.rglob("*") if path.is_file()] == []

    # What was killed after its last step is whole, and it is what is left when the next one is killed before.
    for step in sorted(BUILD_STEPS, key="build:modelled".__eq__):
        killed(county, "build", at=step)
        assert current(county.home) is None
    killed(county, "check", at="check:recorded")
    # Every publishing starts from the same checked candidate; to build it anew each time would take minutes.
    checked = county.home.root.with_name("checked")
    shutil.copytree(county.home.root, checked, symlinks=True)
    after_the_move = "publish:moved"
    for step in ["publish:finished", *sorted(PUBLISH_STEPS, key=after_the_move.__eq__)]:
        shutil.rmtree(county.home.root)
        shutil.copytree(checked, county.home.root, symlinks=True)
        killed(county, "publish", at=step)
        assert (current(county.home) is not None) == (step == "publish:linked")
        if step not in ("publish:linked", after_the_move):
            finished(county, "publish")
        if step != after_the_move:
            assert marts(current(county.home).database) == undisturbed, step
    # Moved and not linked it is no candidate any more: that one is built again.
    finished(county, "run")
    assert marts(current(county.home).database) == undisturbed


@pytest.mark.long
def test_random_moments_can_be_the_last(county, undisturbed):
    county.deliver_everything()
    moments = random.Random(7)
    # A whole run takes 10 to 30 seconds here; early moments hit the load, late ones the publishing.
    for _ in range(RANDOM_KILLS):
        minewatch(county.home, "run", kill_after=moments.uniform(0.3, 20))
        version = current(county.home)
        if version is not None:
            with connect(version.database, read_only=True) as reader:
                found = reader.execute("select version_id from marts.dim_version").fetchone()
            assert found == (version.id,)
    finished(county, "run")
    assert marts(current(county.home).database) == undisturbed
    assert current(county.home) in published(county.home)


def test_at_least_twenty_kills_are_tried():
    steps = len(LOAD_STEPS) + len(BUILD_STEPS) + len(PUBLISH_STEPS) + 2
    assert steps + RANDOM_KILLS >= 20
