"""Every feed, found by its module: `ingestion/feeds/<token>.py` holds one `FEED`."""

from __future__ import annotations

import importlib
import pkgutil

from ingestion.declare import Feed

FEEDS: dict[str, Feed] = {}
for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
    feed: Feed = importlib.import_module(f"{__name__}.{module.name}").FEED
    FEEDS[feed.token] = feed


def feed_named(name: str) -> Feed | None:
    """The feed that a folder or sheet of that name carries: token, title or another name."""
    wanted = name.strip()
    for feed in FEEDS.values():
        if wanted in (feed.token, feed.title, *feed.names):
            return feed
    return None
