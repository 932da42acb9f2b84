"""DataFrames in, pictures out. No SQL and no Streamlit: the monthly report draws the same figures.

Everything is plain SVG without base maps, so it works offline and prints. A picture has the name of the
query whose answer it draws: `queries.patrols.coverage`, `charts.patrols.coverage`.
"""

from dashboards.charts import (
    accountability,
    bars,
    cases,
    contradictions,
    counties,
    county,
    duties,
    grids,
    incidents,
    look,
    patrols,
    power,
    public,
    quality,
    sites,
    video,
    workbench,
)

__all__ = [
    "accountability",
    "bars",
    "cases",
    "contradictions",
    "counties",
    "county",
    "duties",
    "grids",
    "incidents",
    "look",
    "patrols",
    "power",
    "public",
    "quality",
    "sites",
    "video",
    "workbench",
]
