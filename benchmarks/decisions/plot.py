"""Growth curves as a log-log picture in SVG, drawn by hand: one line for each subject."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from math import floor, log10
from pathlib import Path

from benchmarks.decisions.rows import Row

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 860, 460, 90, 40, 330, 60
COLOURS = ("#1b6ca8", "#c8553d", "#588157", "#8e5ea2", "#b08900", "#444444", "#d17ba6", "#2a9d8f")


def draw(path: Path, question: str, rows: list[Row]) -> None:
    """Write the rows of one question, by size, as a picture."""
    lines: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in rows:
        if row.question == question and row.size and row.median > 0:
            lines[f"{row.subject} ({row.unit})"].append((row.size, row.median))
    points = [point for line in lines.values() for point in line]
    if not points:
        return
    across, up = _scale([size for size, _ in points]), _scale([value for _, value in points])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">',
        '<rect width="100%" height="100%" fill="white"/><g font-family="sans-serif" font-size="12">',
        f'<text x="{LEFT}" y="22" font-size="15">{escape(question)}</text>',
    ]
    parts += [_across(10.0**power, across) for power in range(across[0], across[1] + 1)]
    parts += [_up(10.0**power, up) for power in range(up[0], up[1] + 1)]
    for number, (name, line) in enumerate(sorted(lines.items())):
        colour = COLOURS[number % len(COLOURS)]
        dots = [(_x(size, across), _y(value, up)) for size, value in sorted(line)]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
        parts.append(f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in dots]
        at = TOP + 16 * number + 10
        parts.append(f'<text x="{WIDTH - RIGHT + 20}" y="{at}" fill="{colour}">{escape(name)}</text>')
    parts.append("</g></svg>")
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _scale(values: list[int] | list[float]) -> tuple[int, int]:
    low, high = floor(log10(min(values))), floor(log10(max(values))) + 1
    return low, max(high, low + 1)


def _x(value: float, scale: tuple[int, int]) -> float:
    share = (log10(value) - scale[0]) / (scale[1] - scale[0])
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(value: float, scale: tuple[int, int]) -> float:
    share = (log10(value) - scale[0]) / (scale[1] - scale[0])
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _across(value: float, scale: tuple[int, int]) -> str:
    x = _x(value, scale)
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#dddddd"/>'
        f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{value:g}</text>'
    )


def _up(value: float, scale: tuple[int, int]) -> str:
    y = _y(value, scale)
    return (
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>'
        f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>'
    )
