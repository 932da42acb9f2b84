"""An invented county and the deliveries its senders make: sample data, never anybody's.

The world comes first (`world`, `grounds`, `accounts`, `cameras`), then what goes on in it (`episodes` of
secret digging, `decoys` that only look like it), then what senders make of it, one writer or two a feed.
All of it follows from the seed: the bytes are the same on every run, whatever the clock says, and a month
is the same whatever months are generated beside it.

What was planted goes to `truth/`, which no loader reads: `episodes` and `decoys` with the delivered rows
that are their traces, `false_ledgers` and `lazy_ledgers`, `clues` and `cases` with what they are really
about, `duties` that were not done or not in time, `dirt`, and what a loader should find in every
delivery (`deliveries`).
"""

from sample.generate import generate
from sample.outbox import Summary

__all__ = ["Summary", "generate"]
