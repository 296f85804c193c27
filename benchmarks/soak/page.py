"""The section of docs/reliability.md and its picture."""

from collections.abc import Sequence
from pathlib import Path

from quarter.report import machine, write_between

from soak.chart import draw
from soak.criteria import Verdict, months_of
from soak.figures import Figures

_DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE, PICTURE = _DOCS / "reliability.md", _DOCS / "soak.svg"
BEGIN, END = "<!-- soak: begin -->", "<!-- soak: end -->"
_VERDICTS = {True: "bounded", False: "**not bounded**", None: "too short to tell"}


def write_page(days: Sequence[Figures], verdicts: Sequence[Verdict], scale: float) -> None:
    """Put the section between the marks, and the picture beside the page."""
    PICTURE.write_text(draw(days), encoding="utf-8")
    write_between(PAGE, BEGIN, END, section(days, verdicts, scale))


def section(days: Sequence[Figures], verdicts: Sequence[Verdict], scale: float) -> str:
    """What is told of the soak, as Markdown."""
    hours = sum(one.seconds for one in days) / 3600
    told = (
        f"{len(days)} days, {days[0].day} to {days[-1].day}, at scale {scale:g}: "
        f"{days[-1].validated_rows:,} rows validated, {hours:.1f} hours on {machine()}."
    )
    return f"{told}\n\n![The figures of each day](soak.svg)\n\n{table(days, verdicts)}"


def table(days: Sequence[Figures], verdicts: Sequence[Verdict]) -> str:
    """One line for each criterion."""
    months = months_of(days)
    first, last = (f"{month[0].day:%Y-%m}" for month in (months[0], months[-1]))
    head = [f"| figure | {first} | compared with | {last} | may be | |", "|---|---:|---:|---:|---|---|"]
    return "\n".join([*head, *(_line(verdict) for verdict in verdicts)])


def _line(verdict: Verdict) -> str:
    criterion = verdict.criterion
    first, earlier, last = (
        _number(value, criterion.unit) for value in (verdict.first, verdict.earlier, verdict.last)
    )
    state = _VERDICTS[verdict.is_bounded]
    return f"| {criterion.title} | {first} | {earlier} | {last} | {criterion.rule} | {state} |"


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    digits = 0 if abs(value) >= 100 or value == int(value) else 2
    return f"{value:,.{digits}f} {unit}".strip()
