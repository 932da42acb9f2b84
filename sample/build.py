"""Puts the county together: places first, then who is metered and watched, then what goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sample.accounts import build_meters
from sample.cameras import build_cameras
from sample.decoys import plan_decoys
from sample.episodes import half_years, plan_episodes
from sample.grounds import build_sites
from sample.world import World, read_townships

FIRST, LAST = date(2022, 7, 1), date(2022, 12, 31)


def build_world(seed: int, meters: int, first: date = FIRST, last: date = LAST) -> World:
    """The county for that seed, with that many metered users and all that happens until the last day."""
    townships = read_townships()
    sites = build_sites(townships, seed)
    users = build_meters(townships, sites, seed, meters)
    world = World(seed, townships, sites, users, build_cameras(townships, sites, seed))
    episodes, decoys = [], []
    for start in half_years(first, last):
        found = plan_episodes(world, start)
        episodes += found
        decoys += plan_decoys(replace(world, episodes=found), start)
    return replace(world, episodes=tuple(episodes), decoys=tuple(decoys))
