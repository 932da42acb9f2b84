"""Publishing is one pointer move; a reader keeps what it opened."""

import pytest

from warehouse import versions
from warehouse.connection import connect
from warehouse.settings import Home


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    return home


def candidate(home, name, value):
    directory = home.build / name
    directory.mkdir()
    with connect(directory / versions.DATABASE) as connection:
        connection.execute("create table answer as select ? as value", [value])
    return directory


def answer(connection):
    return connection.execute("select value from answer").fetchone()[0]


def test_before_the_first_publishing_there_is_no_version(home):
    assert versions.current(home) is None
    assert versions.published(home) == []


def test_a_reader_keeps_its_version_until_it_asks_again(home):
    first = versions.publish(home, candidate(home, "20220101T000000-a", 1))
    with connect(versions.current(home).database, read_only=True) as reader:
        second = versions.publish(home, candidate(home, "20220102T000000-a", 2))
        assert answer(reader) == 1
        with connect(versions.current(home).database, read_only=True) as newcomer:
            assert answer(newcomer) == 2
        assert answer(reader) == 1
    assert versions.current(home).id == second.id
    assert [version.id for version in versions.published(home)] == [first.id, second.id]


def test_publishing_again_after_a_kill_between_move_and_link_only_links(home):
    directory = candidate(home, "20220101T000000-a", 1)
    directory.rename(home.versions / directory.name)
    version = versions.publish(home, directory)
    assert versions.current(home) == version


def test_old_versions_are_pruned_but_never_the_current_or_a_pinned_one(home):
    for day in range(1, 7):
        versions.publish(home, candidate(home, f"2022010{day}T000000-a", day))
    oldest = versions.published(home)[0]
    (oldest.directory / "pinned").touch()
    versions.point_to(home, versions.published(home)[1].directory)
    removed = versions.prune(home, keep=3)
    assert removed == ["20220103T000000-a", "20220104T000000-a"]
    left = [version.id[:8] for version in versions.published(home)]
    assert left == ["20220101", "20220102", "20220105", "20220106"]
    assert versions.prune(home, keep=3) == []
