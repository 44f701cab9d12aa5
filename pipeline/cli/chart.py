"""A comparison as a picture for reports: a dot for each target, open on the side where it may go further."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

from pipeline.cli import forms
from pipeline.cli.compare import level_of, place_of, reasons_of, spread_of, title_of
from pipeline.cli.words import say
from pipeline.errors import KehoachError

if TYPE_CHECKING:
    from pipeline.store.comparing import Compared, ComparedRow

MOST = 100  # rows that a picture shows; more can't be read on a page
DOT, LINE, GREY, PALE = "#1f6f8b", "#99c4d1", "#555555", "#e3e7e9"
WIDTH, ROW, FRAME = 9.0, 0.34, 2.3  # inches: of the picture, of a row, of what stands around the rows
ARROWS = {">=": ">", ">": ">", "<=": "<", "<": "<"}


def draw_chart(found: Compared, path: Path) -> None:
    """Write the rows that compare to `path` as PNG. Raises KehoachError `charts_missing` without matplotlib, and
    `nothing_to_draw`."""
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ImportError:
        raise KehoachError("charts_missing") from None
    whole = [row for row in found.rows if row.value is not None]
    if not whole or found.spread is None:
        raise KehoachError("nothing_to_draw")
    rows = whole[:MOST]
    lines = _lines(rows, found)
    with rc_context({"font.family": "DejaVu Sans", "font.size": 9}):
        height = FRAME + ROW * len(lines)
        layout = ConstrainedLayoutEngine(rect=(0, 0.75 / height, 1, 1 - 0.75 / height))
        figure = Figure(figsize=(WIDTH, height), dpi=160, layout=layout)
        axes = figure.add_subplot()
        _draw_rows(axes, lines, found)
        figure.suptitle(fill(title_of(found), 80), x=0.012, ha="left", fontsize=12, fontweight="bold")
        footer = "\n".join(fill(line, 150) for line in _footer(found, rows, len(whole)))
        figure.text(0.012, 0.1 / height, footer, fontsize=7.5, color=GREY, va="bottom", linespacing=1.4)
        figure.savefig(path, format="png")


def _lines(rows: list[ComparedRow], found: Compared) -> list[ComparedRow | str]:
    """The rows from the top, by region with its name above them."""
    lines: list[ComparedRow | str] = []
    last: str | None = None
    for row in rows:
        region = row.region or say("say.no_region")
        if found.by == "region" and region != last:
            lines.append(region)
        last = region
        lines.append(row)
    return lines


def _draw_rows(axes: Any, lines: list[ComparedRow | str], found: Compared) -> None:
    assert found.spread
    ends = [end for line in lines if not isinstance(line, str) for end in _ends(line)]
    low, high = min(ends), max(ends)
    room = (high - low) or abs(high) * 0.1 or 1.0
    axes.set_xlim(low - 0.12 * room, high + 0.3 * room)
    axes.set_ylim(len(lines) - 0.4, -0.6)
    axes.axvline(found.spread.median, color=GREY, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
    for y, line in enumerate(lines):
        if isinstance(line, str):
            continue
        axes.axhline(y, color=PALE, linewidth=0.8, zorder=0)
        start, end = _ends(line)
        if start != end:
            axes.plot((start, end), (y, y), color=LINE, linewidth=5, solid_capstyle="round", zorder=2)
            axes.plot((start, end), (y, y), "o", color=DOT, markersize=5, zorder=3)
        else:
            axes.plot(start, y, ARROWS.get(line.comparator, "o"), color=DOT, markersize=7, zorder=3)
        axes.annotate(
            level_of(line, found.unit), (end, y), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8.5,
            bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}, zorder=4,
        )  # fmt: skip
    axes.set_yticks(range(len(lines)), [_label(line, found) for line in lines])
    for tick, line in zip(axes.get_yticklabels(), lines, strict=True):
        if isinstance(line, str):
            tick.set_fontweight("bold")
    axes.tick_params(axis="both", length=0, colors="#222222")
    axes.xaxis.set_major_formatter(lambda value, _: forms.measure(value, found.unit))
    axes.locator_params(axis="x", nbins=6)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)


def _ends(row: ComparedRow) -> tuple[float, float]:
    """Where a row begins and ends: a range in the comparison's unit, else its one value twice."""
    assert row.value is not None
    bound = row.high if row.value == row.high else row.low
    if row.comparator == "range" and row.low is not None and row.high is not None and bound:
        scale = row.value / bound
        return row.low * scale, row.high * scale
    return row.value, row.value


def _label(line: ComparedRow | str, found: Compared) -> str:
    if isinstance(line, str):
        return fill(line, 34)
    return fill(forms.join(" · ", place_of(line, found.as_of), line.plan.code), 44, break_on_hyphens=False)


def _footer(found: Compared, rows: list[ComparedRow], whole: int) -> list[str]:
    assert found.spread
    plans = len({row.plan.key for row in rows})
    apart = ", ".join(f"{reason}: {count}" for reason, count in reasons_of(found).items())
    return [
        f"{spread_of(found.spread, found.unit)}. {say('say.chart_signs')}",
        *([say("say.chart_apart", reasons=apart)] if apart else []),
        *([say("say.chart_first", shown=len(rows), of=whole)] if len(rows) < whole else []),
        say("say.chart_source", plans=plans),
    ]
