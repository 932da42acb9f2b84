"""An invented county and the deliveries its senders make: sample data, never anybody's.

The world comes first (`world`), then one writer module a feed. All of it follows from the seed: the
bytes are the same on every run, whatever the clock says. What was planted goes to `truth/`, which no
loader reads.
"""

from sample.generate import generate
from sample.outbox import Summary

__all__ = ["Summary", "generate"]
