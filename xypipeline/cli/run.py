"""`xypipeline run PERIOD`."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from xypipeline.periods import Period
    from xypipeline.settings import Settings

PERIOD = typer.Argument(
    metavar="PERIOD",
    help="A day (2023-04-05), a quarter (2023Q2), or a range A..B of either.",
    show_default=False,
)


AGAIN = typer.Option("--again", help="Run also if nothing has changed since the last run.")


def run(period: Annotated[str, PERIOD], again: Annotated[bool, AGAIN] = False) -> None:
    """Take in the uploads of PERIOD and draft the publication of the quarters that it touches.

    Runs through Dagster in this process; the run is seen in the UI.

    Running a period again replaces its results; if nothing has changed, it only says so.
    """
    from xypipeline.periods import clip_to_past, parse_period, yesterday

    days = clip_to_past(parse_period(period), yesterday())

    from xypipeline.orchestration.up_to_date import begin, is_up_to_date
    from xypipeline.publication.editions.period_folder import PeriodFolder
    from xypipeline.settings import load_settings

    settings = load_settings()
    if not again and is_up_to_date(settings, days):
        typer.echo(f"{days}: nothing has changed since the last run.")
    else:
        attempt = begin(settings, days)
        _run(settings, days, attempt.token)
        attempt.finish()
    for quarter in days.quarters():
        folder = settings.publication_dir / str(quarter)
        edition = PeriodFolder(folder).editions()[-1]
        path = edition.folder / "attachment.json"
        typer.echo(f"{folder.name}, edition {edition.number} ({edition.state}): {path}")


def _run(settings: "Settings", days: "Period", attempt: str) -> None:
    # Dagster takes its time to be imported, and is not needed to tell that there is nothing to do.
    from xypipeline.cli.progress import terminal_progress
    from xypipeline.definitions import build_definitions
    from xypipeline.orchestration.runs import run_period

    with terminal_progress() as progress:
        run_period(build_definitions(progress, attempt), settings, days)
