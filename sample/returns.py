"""The monthly returns: everything that offices list at the end of a month, and what stands from the start."""

from __future__ import annotations

from datetime import date

from sample import (
    buildout,
    consequences,
    enforcement,
    measures,
    meetings,
    orders,
    outreach,
    sponsors,
    supply,
    surveys,
    transfers,
)
from sample.desk import Desk


def write_standing(desk: Desk, last: date) -> None:
    """What was listed when the campaign began, and its changes up to the last day."""
    sponsors.write_sponsorships(desk, last)
    measures.write_capacity(desk, measures.FIRST_COUNT)
    surveys.write_projects(desk, surveys.FIRST_LIST)


def write_month(desk: Desk, end: date) -> None:
    """All returns of the month that ends then."""
    meetings.write_meetings(desk, end)
    sponsors.write_visits(desk, end)
    measures.write_measures(desk, end)
    measures.write_capacity_month(desk, end)
    orders.write_instructions(desk, end)
    orders.write_waivers(desk, end)
    orders.write_explanations(desk, end)
    transfers.write_transfers(desk, end)
    enforcement.write_operations(desk, end)
    enforcement.write_checks(desk, end)
    enforcement.write_inspections(desk, end)
    consequences.write_credit(desk, end)
    consequences.write_accountability(desk, end)
    consequences.write_commendations(desk, end)
    outreach.write_publicity(desk, end)
    outreach.write_rewards(desk, end)
    supply.write_applications(desk, end)
    supply.write_watchlist(desk, end)
    buildout.write_milestones(desk, end)
    buildout.write_views(desk, end)
    surveys.write_projects_month(desk, end)
    surveys.write_patches(desk, end)
    surveys.write_reports(desk, end)
