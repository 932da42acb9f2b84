"""Everything the pages ask the marts. No Streamlit: the monthly report asks the same questions.

Each function takes a cursor and plain values and returns a DataFrame. An empty list of townships,
feeds or senders means all of them.
"""

from dashboards.queries import (
    accountability,
    cases,
    clues,
    contradictions,
    counties,
    county,
    duties,
    incidents,
    metrics,
    overview,
    patrols,
    power,
    public,
    quality,
    sites,
    video,
)

__all__ = [
    "accountability",
    "cases",
    "clues",
    "contradictions",
    "counties",
    "county",
    "duties",
    "incidents",
    "metrics",
    "overview",
    "patrols",
    "power",
    "public",
    "quality",
    "sites",
    "video",
]
