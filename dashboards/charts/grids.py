"""Grids of states: one colour a state, and its words in the cell, so that colour is never alone."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards.charts.look import INK


def stepped(
    x: Sequence[str],
    y: Sequence[str],
    cells: Sequence[tuple[str, str]],
    hover: Sequence[str],
    colours: Sequence[tuple[str, str]],
) -> go.Heatmap:
    """Cells of a grid; `cells` are state and text of each, `colours` state and fill."""
    number = len(colours)
    place_of = {state: place for place, (state, _) in enumerate(colours)}
    return go.Heatmap(
        x=x,
        y=y,
        z=[place_of[state] for state, _ in cells],
        text=[text for _, text in cells],
        texttemplate="%{text}",
        textfont={"size": 12, "color": INK},
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
        zmin=-0.5,
        zmax=number - 0.5,
        # Two edges a colour make steps; a blend would suggest that "not reported" is a number.
        colorscale=[
            (edge / number, colour)
            for place, (_, colour) in enumerate(colours)
            for edge in (place, place + 1)
        ],
        showscale=False,
        xgap=2,
        ygap=2,
    )
