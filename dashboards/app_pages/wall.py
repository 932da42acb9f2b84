"""大屏: the overview for a wall, without anything to click, which turns to a new version by itself."""

from datetime import timedelta

import streamlit as st

from dashboards import blocks, data, frame, markup

# Seconds between two looks at which version is current; a look reads one link.
LOOK_EVERY = 20
DAYS = timedelta(days=90)
# As much as the wall's letters are larger than a desk's (markup.WALL).
LARGER = 1.3

version, stamp = frame.begin("大屏")
st.html(markup.WALL)


@st.fragment(run_every=LOOK_EVERY)
def turn_to_the_newest() -> None:
    """Run the page again once another version is published."""
    newest = data.current_version()
    if newest is not None and newest.id != version.id:
        st.rerun()


turn_to_the_newest()
last = stamp.as_of_at.date()
first = last - DAYS

with st.container(gap="xsmall"):
    left, right = st.columns([5, 7])
    with left:
        blocks.deadlines(version, stamp)
    with right:
        blocks.tiles(version, stamp, [], first, last)
    left, right = st.columns([9, 11])
    with left:
        blocks.duties(version, stamp, [], first, last, factor=LARGER)
    with right:
        blocks.decisions(version, stamp, [])
        blocks.changes(version, stamp, [])
