"""`xypipeline edition`: who reviewed and who published which edition of a quarter."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from xypipeline.publication.editions.history import Decision
    from xypipeline.publication.editions.period_folder import Edition

    Transition = Callable[[Path, str, datetime], Decision]

app = typer.Typer(help="Review, publish and look up the editions of a quarter.", no_args_is_help=True)

QUARTER = typer.Argument(metavar="PERIOD", help="A quarter (2023Q2).", show_default=False)
NUMBER = typer.Argument(metavar="N", help="The edition's number.", min=1, show_default=False)
BY = typer.Option("--by", metavar="姓名", help="Who decides; goes on record.")
STATES_ZH = {"draft": "草稿", "reviewed": "已审核", "published": "已公布"}
# A decision takes a moment; whoever waits longer is told that a run is at work.
LOCK_TIMEOUT_SECONDS = 30


@app.command("list")
def list_editions(period: Annotated[str, QUARTER]) -> None:
    """List the published editions of PERIOD and the draft of the next."""
    from xypipeline.cli.tables import print_table
    from xypipeline.errors import PublicationError
    from xypipeline.publication.editions.period_folder import PeriodFolder

    folder = _folder(period)
    editions = PeriodFolder(folder).editions()
    if not editions:
        raise PublicationError(f"{folder} holds no edition; run {folder.name} first.")
    header = ("版次", "状态", "截止日", "更正", "审核", "公布", "位置")
    print_table(header, map(_row, editions), unfolded=("版次", "状态"))


@app.command()
def show(period: Annotated[str, QUARTER], number: Annotated[int, NUMBER]) -> None:
    """Print where edition N of PERIOD lies, and each cell that it corrects."""
    from xypipeline.cli.tables import print_table
    from xypipeline.publication.editions.correction import CORRECTION_JSON, HEADER, read_changes, table_rows

    edition = _find(period, number)
    typer.echo(edition.folder)
    if edition.manifest.corrects:
        changes = read_changes((edition.folder / CORRECTION_JSON).read_bytes())
        print_table(HEADER, table_rows(changes))


@app.command()
def review(period: Annotated[str, QUARTER], by: Annotated[str, BY]) -> None:
    """Record that the draft of PERIOD has been looked through, as it lies there now."""
    from xypipeline.publication.editions.transitions import review_draft

    _tell(_decide(period, by, review_draft), "审核")


@app.command()
def publish(period: Annotated[str, QUARTER], by: Annotated[str, BY]) -> None:
    """Publish the reviewed draft of PERIOD: frozen for good, corrected only by a later edition."""
    from xypipeline.publication.editions.transitions import publish_reviewed

    _tell(_decide(period, by, publish_reviewed), "公布")


def _decide(period: str, by: str, transition: "Transition") -> "Decision":
    from datetime import UTC, datetime

    from xypipeline.settings import load_settings
    from xypipeline.warehouse import hold_warehouse

    folder = _folder(period)
    # So that no run rewrites the draft meanwhile.
    with hold_warehouse(load_settings().warehouse_path, lock_timeout=LOCK_TIMEOUT_SECONDS):
        return transition(folder, by, datetime.now(UTC))


def _tell(decision: "Decision", verb_zh: str) -> None:
    typer.echo(f"第 {decision.edition} 版已由{decision.by}{verb_zh}（{decision.at}）。")
    typer.echo(f"清单指纹 {decision.manifest_sha256}")


def _folder(period: str) -> "Path":
    from xypipeline.periods import Quarter
    from xypipeline.settings import load_settings

    return load_settings().publication_dir / str(Quarter.parse(period))


def _find(period: str, number: int) -> "Edition":
    from xypipeline.errors import PublicationError
    from xypipeline.publication.editions.period_folder import PeriodFolder

    folder = _folder(period)
    for edition in PeriodFolder(folder).editions():
        if edition.number == number:
            return edition
    raise PublicationError(f"{folder.name} has no edition {number}; see `edition list {folder.name}`.")


def _row(edition: "Edition") -> tuple[str, ...]:
    corrects = edition.manifest.corrects
    return (
        str(edition.number),
        STATES_ZH[edition.state],
        edition.manifest.facts.as_of,
        f"第 {corrects} 版" if corrects else "",
        _decided(edition, "reviewed"),
        _decided(edition, "published"),
        str(edition.folder),
    )


def _decided(edition: "Edition", state: str) -> str:
    return "、".join(f"{one.by} {one.at}" for one in edition.decisions if one.state == state)
