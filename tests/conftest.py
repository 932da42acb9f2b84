"""Fixtures for all tests."""

import os

import pytest

from tests.county import County

os.environ["GX_ANALYTICS_ENABLED"] = "false"


@pytest.fixture
def county(tmp_path):
    """The mini county in a home of its own, nothing delivered yet."""
    return County(tmp_path / "home")
