"""`xypipeline simulate QUARTER`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from xypipeline.simulator.simulate import Progress, SimulationSummary

QUARTER = typer.Argument(metavar="QUARTER", help="A quarter with a replay: 2023Q2.", show_default=False)
SCALE = typer.Option(help="Share of the rows to write, above 0 up to 1; days and tables stay.")
LANDING = typer.Option(help="Where uploads go; XY_LANDING_DIR unless given.", show_default=False)
SEED = typer.Option(help="The same seed writes the same bytes; a fixed one unless given.", show_default=False)
FAULTS = typer.Option(metavar="RATE", help="Faulty rows per good row, added to the files.")
MESSY = typer.Option("--messy", help="Vary encodings, headers, kinds of file and names as hospitals do.")


def simulate(
    quarter: Annotated[str, QUARTER],
    scale: Annotated[float, SCALE] = 0.01,
    landing: Annotated[Path | None, LANDING] = None,
    seed: Annotated[int | None, SEED] = None,
    faults: Annotated[float, FAULTS] = 0.0,
    messy: Annotated[bool, MESSY] = False,
) -> None:
    """Write hospital uploads whose published result is the attachment of QUARTER.

    What an earlier simulation wrote is replaced; other uploads are never touched.
    """
    from xypipeline.periods import Quarter
    from xypipeline.settings import load_settings
    from xypipeline.simulator.simulate import DEFAULT_SEED
    from xypipeline.simulator.simulate import simulate as write_uploads

    settings = load_settings()
    with _terminal_progress() as on_progress:
        summary = write_uploads(
            Quarter.parse(quarter),
            landing_dir=landing.expanduser().resolve() if landing else settings.landing_dir,
            expected_findings_path=settings.expected_findings_path,
            scale=scale,
            seed=DEFAULT_SEED if seed is None else seed,
            fault_rate=faults,
            messy=messy,
            on_progress=on_progress,
        )
    _print_summary(summary)


def _print_summary(summary: "SimulationSummary") -> None:
    typer.echo(
        f"{summary.records:,} records of {summary.hospitals} hospitals in {summary.files:,} files, "
        f"{summary.bytes / 1e6:,.0f} MB."
    )
    typer.echo(f"Uploads: {summary.landing_dir}")
    if summary.faults:
        typer.echo(f"{summary.faults:,} findings to expect: {summary.expected_findings_path}")


@contextmanager
def _terminal_progress() -> Iterator[Callable[["Progress"], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _LinePerHospital().show
        return
    columns = (
        TextColumn("{task.fields[rows]}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Bars(*columns, console=console, transient=True) as bars:
        task = bars.add_task("", total=None, rows="")

        def show(progress: "Progress") -> None:
            bars.update(
                task,
                completed=progress.rows,
                total=progress.rows_in_all,
                description=progress.hospital,
                rows=f"{progress.rows:,} rows",
            )

        yield show


class _LinePerHospital:
    """Says which hospital comes next, once."""

    def __init__(self) -> None:
        self._hospital: str | None = None

    def show(self, progress: "Progress") -> None:
        if progress.hospital != self._hospital:
            self._hospital = progress.hospital
            typer.echo(f"simulating {progress.hospital}", err=True)
