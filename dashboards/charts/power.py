"""Electricity: energy of the watched meters, and the power company's alerts."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.charts.bars import LINE_HEIGHT, in_parts, lying
from dashboards.charts.look import ALARM, FAINT, LINE, days_name, finish, legend_rows
from dashboards.stamp import Stamp

WHOLE_DAY_PCT = 99


def days(rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """Energy per day, day and night, above the shares of night use and of collected points."""
    large = rows["energy_kwh"].max() >= 100_000
    unit, factor = ("万千瓦时", 10_000) if large else ("千瓦时", 1)
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.64, 0.36], vertical_spacing=0.13
    )
    night = rows["night_energy_kwh"] / factor
    # A day with a gap is hatched, so that a gap is no drop in use. A few points are missing on almost
    # every day and change nothing that the eye can see.
    whole = rows["completeness_pct"] >= WHOLE_DAY_PCT
    shape = ["" if is_whole else "/" for is_whole in whole]
    for name, values, colour in (
        ("夜间电量", night, "#33507a"),
        ("日间电量", rows["energy_kwh"] / factor - night, "#e3b23c"),
    ):
        figure.add_bar(
            x=rows["reading_date"],
            y=values,
            name=name,
            marker={
                "color": colour,
                "line": {"width": 0},
                "pattern": {"shape": shape, "fgcolor": "white", "fillmode": "overlay"},
            },
            hovertemplate="%{x|%Y-%m-%d}　%{y:,.1f} " + unit + f"<extra>{name}</extra>",
            row=1,
            col=1,
        )
    for name, column, colour, dash in (
        ("夜间占比", "night_share_pct", "#33507a", "solid"),
        ("数据完整率", "completeness_pct", "#8a5a00", "dot"),
    ):
        figure.add_scatter(
            x=rows["reading_date"],
            y=rows[column],
            mode="lines+markers" if len(rows) == 1 else "lines",
            name=name,
            line={"color": colour, "dash": dash, "width": 2},
            hovertemplate="%{x|%Y-%m-%d}　%{y:.1f}%" + f"<extra>{name}</extra>",
            row=2,
            col=1,
        )
    for row, text in ((1, f"日电量（{unit}）"), (2, "占比（%）")):
        figure.add_annotation(
            text=text,
            showarrow=False,
            xref="paper",
            x=0,
            xanchor="left",
            xshift=-52,
            yshift=5,
            yref="y domain" if row == 1 else "y2 domain",
            y=1,
            yanchor="bottom",
            font={"size": 12, "color": FAINT},
        )
    is_long = (rows["reading_date"].max() - rows["reading_date"].min()).days > 300
    figure.update_xaxes(
        tickformat="%Y-%m" if is_long else "%m-%d",
        nticks=6,
        fixedrange=True,
        showgrid=False,
        linecolor=LINE,
        tickangle=0,
    )
    figure.update_yaxes(
        fixedrange=True,
        gridcolor=LINE,
        zeroline=False,
        rangemode="tozero",
        nticks=5,
        tickformat=",",
    )
    figure.update_yaxes(range=[0, 104], tickvals=[0, 50, 100], row=2, col=1)
    figure.update_layout(barmode="stack", bargap=0.15)
    total = rows["energy_kwh"].sum()
    days = f"{rows['reading_date'].min():%m-%d}～{rows['reading_date'].max():%m-%d}"
    title = f"{days} 监测电表没有采集到电量"
    if rows["energy_kwh"].notna().any():
        title = f"{days} 监测电表用电 {energy(total)}"
    if total > 0:
        title += f"，夜间占 {100 * rows['night_energy_kwh'].sum() / total:.0f}%"
    gaps = int((~whole).sum())
    note = f"{int(rows['meter_count'].max())} 块电表。"
    whole_day = f"{WHOLE_DAY_PCT}%"
    if gaps:
        note += f"斜纹的 {gaps} 天采集点不足 {whole_day}，电量偏低不等于停产。"
    else:
        note += f"每天采集到 {whole_day} 以上的点。"
    return finish(figure, stamp, title, note, height=380, left=56, above=28, legend_rows=2)


def energy(kwh: float) -> str:
    """Energy for people, in kWh or ten thousand kWh."""
    return f"{kwh / 10_000:,.1f} 万千瓦时" if kwh >= 10_000 else f"{kwh:,.0f} 千瓦时"


def alerts_by_township(rows: pd.DataFrame, first: date, last: date, stamp: Stamp) -> go.Figure:
    """The power company's alerts per township and type, the most on top."""
    named = rows.assign(township_name=rows["township_name"].fillna("乡镇不明"))
    table, parts = in_parts(named, "township_name", "alert_type_name", "alert_count")
    totals = table.sum(axis=1).sort_values(ascending=False, kind="stable")
    table = table.loc[totals.index]
    title = f"{days_name(first, last, stamp.as_of_at.date())} 预警 {totals.sum():,} 条"
    if len(totals) > 1:
        title += f"，最多的是{totals.index[0]}（{totals.iloc[0]:,} 条）"
    title += f"；核查属实 {rows['confirmed_count'].sum():,} 条"
    return finish(
        lying(table, parts, "条", label_width=12),
        stamp,
        title,
        "电力公司推送的异常预警，按乡镇和异常类型。",
        height=LINE_HEIGHT * max(len(table), 2),
        left=112,
        below=4,
        legend_rows=legend_rows(parts, 112),
    )


def curve(alert: pd.Series, rows: pd.DataFrame, stamp: Stamp) -> go.Figure:
    """A day of a meter point by point, over the band in which such days lie, the night shaded."""
    minutes = rows["minute_number"].astype(int)
    day = rows["curve_date"].iloc[0]
    # A point is the mean of the quarter hour that begins here: a step, not a slope.
    hours = [*(minutes / 60), (minutes.iloc[-1] + 15) / 60]

    def stepped(column: str) -> list[float]:
        values = rows[column].astype(float).tolist()
        return [*values, values[-1]]

    figure = go.Figure()
    has_band = bool(rows["usual_kw"].notna().any())
    if has_band:
        for column, fill in (("usual_low_kw", None), ("usual_high_kw", "tonexty")):
            figure.add_scatter(
                x=hours,
                y=stepped(column),
                mode="lines",
                line={"width": 0, "shape": "hv"},
                fill=fill,
                fillcolor="#d3e8f5",
                hoverinfo="skip",
                name="平日常见范围",
                showlegend=fill is not None,
            )
        figure.add_scatter(
            x=hours,
            y=stepped("usual_kw"),
            mode="lines",
            name="平日中位数",
            line={"color": "#0072b2", "width": 1.5, "dash": "dot", "shape": "hv"},
            hovertemplate="%{y:,.1f} 千瓦<extra>平日中位数</extra>",
        )
    figure.add_scatter(
        x=hours,
        y=stepped("power_kw"),
        mode="lines",
        name=f"{day:%m-%d} 负荷",
        line={"color": ALARM, "width": 2.5, "shape": "hv"},
        hovertemplate="%{y:,.1f} 千瓦<extra>" + f"{day:%m-%d}" + "</extra>",
    )
    for first, last in nights(rows):
        figure.add_vrect(
            x0=first / 60,
            x1=last / 60,
            fillcolor="#33507a",
            opacity=0.1,
            line_width=0,
            layer="below",
        )
    start = minutes.iloc[0] // 60
    figure.update_xaxes(
        range=[hours[0], hours[-1]],
        tickvals=list(range(start, start + 25, 4)),
        ticktext=[f"{hour % 24:02d}:00" for hour in range(start, start + 25, 4)],
        fixedrange=True,
        showgrid=False,
        linecolor=LINE,
        zeroline=False,
    )
    figure.update_yaxes(
        fixedrange=True,
        gridcolor=LINE,
        zeroline=False,
        rangemode="tozero",
        nticks=5,
        tickformat=",",
        ticksuffix=" ",
        title={"text": "千瓦", "font": {"size": 12, "color": FAINT}},
    )
    figure.update_layout(hovermode="x")
    kind = "工作日" if rows["is_working_day"].iloc[0] else "休息日"
    title = f"{day:%m-%d} 负荷曲线：{alert['alert_type_name']}"
    note = f"{alert['reason_text']}。" if isinstance(alert["reason_text"], str) else ""
    if has_band:
        note += f"浅蓝为该户此前 {rows['baseline_day_count'].max()} 个{kind}同一时刻的常见范围；"
    else:
        note += f"此前的{kind}太少，没有可比的范围；"
    note += (
        "灰底为夜间。" if not rows["power_kw"].isna().any() else "灰底为夜间，断开处没有采集到。"
    )
    names = [trace.name for trace in figure.data if trace.showlegend is not False]
    return finish(
        figure,
        stamp,
        title,
        note,
        height=300,
        left=56,
        below=26,
        legend_rows=legend_rows(names, 56),
    )


def nights(rows: pd.DataFrame) -> list[tuple[int, int]]:
    """The runs of night in a day, in minutes from its beginning."""
    runs: list[tuple[int, int]] = []
    for minute in rows.loc[rows["is_night"], "minute_number"].astype(int):
        if runs and runs[-1][1] == minute:
            runs[-1] = (runs[-1][0], minute + 15)
        else:
            runs.append((minute, minute + 15))
    return runs
