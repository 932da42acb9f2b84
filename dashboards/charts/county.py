"""The county on a map: its outline and its sites."""

from __future__ import annotations

import math
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboards import words
from dashboards.charts.look import FAINT, finish
from dashboards.stamp import Stamp

# Colour and shape both tell the class: colours of the Okabe-Ito set, told apart by nearly everyone.
SITE_MARKERS = {
    "closed_shaft": ("circle", "#0072b2"),
    "dig_prone": ("triangle-up", "#d55e00"),
    "licensed_mine": ("square", "#009e73"),
}


def outlined(boundary: pd.DataFrame) -> go.Figure:
    """A figure with the county's outline, on which points of longitude and latitude may stand."""
    figure = go.Figure()
    for _, ring in boundary.groupby("ring_number"):
        figure.add_scatter(
            x=ring["longitude"],
            y=ring["latitude"],
            mode="lines",
            fill="toself",
            fillcolor="#f4f6f3",
            line={"color": FAINT, "width": 1.5},
            hoverinfo="skip",
            showlegend=False,
            name="县界",
        )
    return figure


def in_shape(figure: go.Figure, latitudes: pd.Series) -> None:
    """Axes on which a county that lies at these latitudes is not squashed.

    A degree of latitude is longer than one of longitude.
    """
    stretch = 1 / math.cos(math.radians(latitudes.mean())) if len(latitudes) else 1
    for axis in (figure.update_xaxes, figure.update_yaxes):
        axis(visible=False)
    figure.update_yaxes(scaleanchor="x", scaleratio=stretch, constrain="domain")
    figure.update_xaxes(constrain="domain")


def sites(
    boundary: pd.DataFrame, sites: pd.DataFrame, last_patrols: pd.DataFrame, stamp: Stamp
) -> go.Figure:
    """The county's outline and its sites; shape and colour tell the class."""
    figure = outlined(boundary)
    sites = sites.merge(last_patrols, on="site_id", how="left")
    placed = sites.dropna(subset=["longitude", "latitude"])
    classes = placed["site_class_code"].where(placed["site_class_code"].isin(SITE_MARKERS), "other")
    for class_code, some in placed.groupby(classes):
        symbol, colour = SITE_MARKERS.get(class_code, ("x", FAINT))
        figure.add_scatter(
            x=some["longitude"],
            y=some["latitude"],
            mode="markers",
            name=f"{words.SITE_CLASSES.get(class_code, '类别不明')} {len(some)}",
            marker={
                "symbol": symbol,
                "color": colour,
                "size": 11,
                "line": {"color": "white", "width": 1},
            },
            customdata=[
                (
                    escape(site.site_name),
                    escape("".join(filter(pd.notna, (site.township_name, site.village_name)))),
                    "从未"
                    if pd.isna(site.last_patrol_date)
                    else f"{site.last_patrol_date:%Y-%m-%d}",
                    site.site_id,
                )
                for site in some.itertuples()
            ],
            hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}"
            "<br>最近巡查：%{customdata[2]}<extra></extra>",
        )
    in_shape(figure, boundary["latitude"] if not boundary.empty else placed["latitude"])
    never = int(sites["last_patrol_date"].isna().sum())
    missing = len(sites) - len(placed)
    title = "登记册里没有在册的监管对象"
    if len(sites):
        title = f"登记册在册 {len(sites)} 处"
        title += f"，其中 {never} 处从未见于台账" if never else "，每处都有巡查记录"
    note = f"另有 {missing} 处没有坐标，未上图。" if missing else ""
    finish(figure, stamp, title, note, height=460, below=4, legend_rows=2)
    # Its buttons stand upright beside the map: four in a row would cover the title on a phone.
    return figure.update_layout(dragmode="pan", modebar_orientation="v")
