"""The figures as a page for people."""

import os
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from quarter.work import Figure, Loads

_VERSIONS = ("dagster", "duckdb", "polars", "pandera", "great-expectations")
_DIGITS = {"x": 2, "s": 1, "MB": 0}


def write_between(page: Path, begin: str, end: str, text: str) -> None:
    """Put a text between two marks of a page, in the place of what stands there."""
    before, begun, rest = page.read_text(encoding="utf-8").partition(begin)
    _, ended, after = rest.partition(end)
    if not begun or not ended:
        raise SystemExit(f"{page} has no marks {begin} and {end}")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def machine() -> str:
    """What it was measured on and with."""
    cores = f"{platform.machine()}, {os.cpu_count()} cores"
    used = ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
    return f"{cores}; Python {platform.python_version()}, {used}"


HEAD_OF_GOALS = "| work | measured | goal | must | | of |\n|---|---:|---:|---:|---|---|"


def line_of(figure: Figure) -> str:
    """A line of the table of goals, under `HEAD_OF_GOALS`."""
    goal = figure.goal
    digits = _DIGITS[goal.unit]
    values = (f"{value:,.{digits}f} {goal.unit}" for value in (figure.value, goal.goal, goal.must))
    return f"| {goal.work} | {' | '.join(values)} | {goal.verdict(figure.value)} | {figure.told} |"


def table_of_rules(day: Mapping[str, float]) -> str:
    """One day's rows: loading them beside judging them."""
    lines = [f"| work on {day['rows']:,} rows of one day | seconds | x loading |", "|---|---:|---:|"]
    for name in ("loading", "within rows", "across rows"):
        work = "reading and storing the rows" if name == "loading" else f"rules {name}"
        lines.append(f"| {work} | {day[name]:.1f} | {day[name] / day['loading']:.1f} |")
    return "\n".join(lines)


def table_of_cores(by_cores: Mapping[int, Loads]) -> str:
    """What one core takes, and two."""
    lines = ["| cores | bare load | quarter | x bare |", "|---:|---:|---:|---:|"]
    for cores, loads in by_cores.items():
        bare, quarter = loads.bare.seconds, loads.quarter.seconds
        lines.append(f"| {cores} | {bare:.0f} s | {quarter:.0f} s | {quarter / bare:.2f} |")
    return "\n".join(lines)


def table_of_peers(data: Mapping) -> str:
    """Other tools at the same checks of the same rows."""
    lines = ["| tool | rows a second | CPU s | peak MB | first result |", "|---|---:|---:|---:|---:|"]
    for one in data["peers"]:
        told = f"{one['cpu_seconds']:.1f} | {one['peak_mb']:,.0f} | {one['first_seconds']:.1f} s"
        lines.append(f"| {one['peer']} | {one['rows_per_second']:,} | {told} |")
    return "\n".join(lines)
