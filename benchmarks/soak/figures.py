"""What is noted of each simulated day."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path

import duckdb

from soak.installation import Place, Services
from soak.processes import memory_mb, open_files
from soak.runs import unsuccessful_runs

_MB = 2**20
_HOLDERS = """
select table_schema, table_name from information_schema.tables
where table_schema in ('raw', 'validated', 'scores')
"""


@dataclass(frozen=True)
class Work:
    """What the runs of a day took."""

    seconds: float
    """Of the whole day, with all waiting."""
    intake_seconds: float
    score_seconds: float
    cpu_seconds: float
    """Of the processes of all the day's runs."""
    services_cpu_seconds: float
    """Of daemon and code server."""
    run_peak_mb: float


@dataclass(frozen=True)
class Figures:
    """One line of the record; sizes in MB."""

    day: date
    seconds: float
    intake_seconds: float
    score_seconds: float
    cpu_seconds: float
    services_cpu_seconds: float
    run_peak_mb: float
    daemon_mb: float
    code_server_mb: float
    daemon_descriptors: int
    code_server_descriptors: int
    state_files: int
    publication_files: int
    temporary_files: int
    warehouse_mb: float
    state_mb: float
    events_mb: float
    publication_mb: float
    raw_rows: int
    validated_rows: int
    scores_rows: int
    failed_runs: int


def figures_of(day: date, work: Work, place: Place, services: Services) -> Figures:
    """Everything of a day that is over."""
    state, publication = _content(place.data / "state"), _content(place.data / "publication")
    warehouse = place.data / "warehouse.duckdb"
    rows = _rows(warehouse)
    return Figures(
        day=day,
        **{one.name: getattr(work, one.name) for one in fields(Work)},
        daemon_mb=memory_mb(services.daemon.pid),
        code_server_mb=memory_mb(services.code_server.pid),
        daemon_descriptors=open_files(services.daemon.pid),
        code_server_descriptors=open_files(services.code_server.pid),
        state_files=len(state),
        publication_files=len(publication),
        temporary_files=len(_content(place.temporary)) + len(_content(warehouse.with_suffix(".tmp"))),
        warehouse_mb=warehouse.stat().st_size / _MB,
        state_mb=sum(state.values()) / _MB,
        events_mb=sum(_content(place.data / "state" / "events").values()) / _MB,
        publication_mb=sum(publication.values()) / _MB,
        raw_rows=rows.get("raw", 0),
        validated_rows=rows.get("validated", 0),
        scores_rows=rows.get("scores", 0),
        failed_runs=unsuccessful_runs(place.data / "state"),
    )


def append_figures(record: Path, figures: Figures) -> None:
    """Add a day's line."""
    is_new = not record.exists()
    with record.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if is_new:
            writer.writerow(one.name for one in fields(Figures))
        writer.writerow(round(value, 3) if isinstance(value, float) else value for value in astuple(figures))


def read_figures(record: Path) -> list[Figures]:
    """The days noted so far; a line that was only half written is none."""
    return list(_lines(record)) if record.exists() else []


def _lines(record: Path) -> Iterator[Figures]:
    kinds = {one.name: one.type for one in fields(Figures)}
    text = record.read_text(encoding="utf-8")
    for row in csv.DictReader(text[: text.rfind("\n") + 1].splitlines()):
        parsed = {
            name: date.fromisoformat(value) if kinds[name] is date else kinds[name](value)
            for name, value in row.items()
        }
        yield Figures(**parsed)


def _content(folder: Path) -> dict[Path, int]:
    """Each file below a folder with its size."""
    found = {}
    for path in folder.rglob("*") if folder.is_dir() else ():
        try:
            if path.is_file():
                found[path] = path.stat().st_size
        except FileNotFoundError:
            continue  # a database's log, folded back into it
    return found


def _rows(warehouse: Path) -> dict[str, int]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = Counter()
        for schema, name in connection.execute(_HOLDERS).fetchall():
            ((count,),) = connection.execute(f'select count(*) from {schema}."{name}"').fetchall()
            rows[schema] += count
        return rows
