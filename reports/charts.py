"""Charts for paper: black and white, told apart by hatches and markers, drawn without a browser."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from reports import ReportError

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

# The first that is installed; an office's own fonts come before free ones.
FONTS = (
    "SimHei",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "AR PL UMing CN",
)
HATCHES = ("////", "", "....")
WIDTH, HEIGHT = 5.9, 2.2


@cache
def font() -> FontProperties:
    """A font with Chinese characters; ReportError if the machine has none."""
    from matplotlib import font_manager

    for family in FONTS:
        try:
            path = font_manager.findfont(family, fallback_to_default=False)
        except ValueError:
            continue
        return font_manager.FontProperties(fname=path, size=9)
    raise ReportError(
        "这台机器没有中文字体，画不出图。没有写任何文件。"
        "请安装一种（Debian：apt-get install fonts-noto-cjk），或把 SimHei 字体放进系统字体目录。"
    )


def bars_and_line(
    labels: Sequence[str],
    bars: Sequence[tuple[str, Sequence[Decimal]]],
    line: tuple[str, Sequence[Decimal]] | None,
    unit: str,
) -> bytes:
    """Hatched bars side by side, and a line with markers on an axis of its own; a PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=200)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    width = 0.7 / len(bars)
    for place, (name, values) in enumerate(bars):
        left = [number - 0.35 + width * (place + 0.5) for number in range(len(labels))]
        drawn = axes.bar(
            left,
            [float(value) for value in values],
            width,
            label=name,
            facecolor="white",
            edgecolor="black",
            hatch=HATCHES[place],
            linewidth=0.8,
        )
        axes.bar_label(drawn, fmt="{:g}", fontproperties=font(), padding=1)
    axes.set_xticks(range(len(labels)), labels, fontproperties=font())
    axes.set_ylabel(unit, fontproperties=font())
    axes.margins(y=0.18)
    handles, names = axes.get_legend_handles_labels()
    if line:
        name, values = line
        second = axes.twinx()
        (mark,) = second.plot(
            range(len(labels)),
            [float(value) for value in values],
            color="black",
            marker="o",
            markerfacecolor="white",
            linewidth=1.2,
            label=name,
        )
        second.set_ylabel(name, fontproperties=font())
        second.set_ylim(bottom=0, top=max(1, *(float(value) for value in values)) * 1.35)
        second.spines["top"].set_visible(False)
        dress(second.get_yticklabels())
        handles, names = [*handles, mark], [*names, name]
    dress(axes.get_yticklabels())
    axes.spines["top"].set_visible(False)
    figure.legend(handles, names, loc="upper center", ncols=len(names), prop=font(), frameon=False)
    figure.tight_layout(rect=(0, 0, 1, 0.92))
    return png(figure)


def dress(labels: Sequence) -> None:
    """Give tick labels the font."""
    for label in labels:
        label.set_fontproperties(font())


def png(figure: Figure) -> bytes:
    """The picture without the name and version of its maker."""
    content = io.BytesIO()
    figure.savefig(content, format="png", metadata={"Software": None})
    return content.getvalue()
