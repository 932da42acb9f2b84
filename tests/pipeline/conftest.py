"""Fixtures for the order of things."""

import pytest

from ingestion.land import load as load_deliveries


@pytest.fixture
def load(county):
    """Load the mini county's inbox."""
    return lambda: load_deliveries(county.home)
