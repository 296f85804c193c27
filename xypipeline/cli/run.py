"""`xypipeline run PERIOD`."""

from typing import Annotated

import typer

PERIOD = typer.Argument(
    metavar="PERIOD",
    help="A day (2023-04-05), a quarter (2023Q2), or a range A..B of either.",
    show_default=False,
)


def run(period: Annotated[str, PERIOD]) -> None:
    """Take in the uploads of PERIOD and draft the publication of the quarters that it touches.

    Runs through Dagster in this process; the run is seen in the UI.

    Running a period again replaces its results.
    """
    from xypipeline.cli.progress import terminal_progress
    from xypipeline.periods import clip_to_past, parse_period, yesterday

    days = clip_to_past(parse_period(period), yesterday())

    from xypipeline.definitions import build_definitions
    from xypipeline.orchestration.runs import run_period
    from xypipeline.publication.editions.period_folder import PeriodFolder
    from xypipeline.settings import load_settings

    with terminal_progress() as progress:
        published = run_period(build_definitions(progress), load_settings(), days)
    for folder in published:
        edition = PeriodFolder(folder).editions()[-1]
        path = edition.folder / "attachment.json"
        typer.echo(f"{folder.name}, edition {edition.number} ({edition.state}): {path}")
