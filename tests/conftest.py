"""Fixtures for all tests."""

import os

import pytest

from tests.county import County

os.environ["GX_ANALYTICS_ENABLED"] = "false"


@pytest.fixture
def county(tmp_path):
    """The mini county in a home of its own, nothing delivered yet."""
    return County(tmp_path / "home")


def pytest_collection_modifyitems(items):
    """Slow tests come first: a long one that starts last leaves the other core idle."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
