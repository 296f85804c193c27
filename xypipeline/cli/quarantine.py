"""`xypipeline quarantine`: rows that were kept out, why, and what becomes of them under today's rules."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from xypipeline.periods import Period
    from xypipeline.quarantine.reading import Scope
    from xypipeline.quarantine.replay import Replayed

app = typer.Typer(help="Rows that were kept out: list, export, judge again.", no_args_is_help=True)

PERIOD = typer.Argument(metavar="PERIOD", help="A day, a quarter, or a range A..B.", show_default=False)
OF_PERIOD = typer.Option("--period", metavar="PERIOD", help="All days unless given.", show_default=False)
HOSPITAL = typer.Option(help="Its code, its name, or part of the name.", show_default=False)
TABLE = typer.Option(help="Its code, legacy code or Chinese title.", show_default=False)
TO = typer.Option("--to", metavar="FILE", help="A .xlsx or .csv file.", show_default=False)
NOTHING = "没有被隔离的行。"


@app.command("list")
def list_rows(
    period: Annotated[str | None, OF_PERIOD] = None,
    hospital: Annotated[str | None, HOSPITAL] = None,
    table: Annotated[str | None, TABLE] = None,
) -> None:
    """Count the rows in quarantine by rule, hospital, table and file.

    With a hospital or a table, also by reason and field.
    """
    from xypipeline.cli.quarantine_tables import print_counts_by, print_files, print_reasons
    from xypipeline.quarantine.reading import open_quarantine, summarise
    from xypipeline.settings import load_settings

    scope = _scope(period, hospital, table)
    with open_quarantine(load_settings().warehouse_path) as connection:
        held = summarise(connection, scope)
    if not held.rows:
        typer.echo(NOTHING)
        return
    unparsable = f"，其中 {held.unparsable:,} 行未能解析，只能重新上传" if held.unparsable else ""
    typer.echo(f"隔离 {held.rows:,} 行，涉及 {held.files.height:,} 个文件{unparsable}。\n")
    print_counts_by(held)
    if hospital or table:
        print_reasons(held)
    print_files(held)


@app.command()
def export(
    period: Annotated[str, PERIOD],
    to: Annotated[Path, TO],
    hospital: Annotated[str | None, HOSPITAL] = None,
    table: Annotated[str | None, TABLE] = None,
) -> None:
    """Write the rows in quarantine to FILE: where each stands, why it was kept out, what to do."""
    from xypipeline.owner_only import close_to_others
    from xypipeline.quarantine.export import export_rows, writer_for
    from xypipeline.quarantine.names import hospital_names
    from xypipeline.quarantine.reading import open_quarantine, read_findings
    from xypipeline.registry.institutions import current_registry
    from xypipeline.settings import load_settings
    from xypipeline.standard.catalogue import current_catalogue

    path, scope = to.expanduser(), _scope(period, hospital, table)
    write = writer_for(path)
    with open_quarantine(load_settings().warehouse_path) as connection:
        findings = read_findings(connection, scope)
    if findings.is_empty():
        typer.echo(f"{NOTHING}未写文件。")
        return
    rows = export_rows(findings, current_catalogue(), hospital_names(current_registry()))
    path.write_bytes(write(rows, scope.period.last))
    close_to_others(path)
    held = findings.select("table_code", "path", "line").n_unique()
    typer.echo(f"{path}：隔离 {held:,} 行，原因 {len(rows):,} 条，内容已脱敏。")


@app.command()
def replay(period: Annotated[str, PERIOD]) -> None:
    """Judge the stored rows of PERIOD again by the rules now in force, then score the quarters anew.

    No upload is read again. Runs through Dagster in this process; what was published stays as it is.
    """
    from xypipeline.cli.quarantine_tables import print_replayed
    from xypipeline.periods import clip_to_past, parse_period, yesterday

    days = clip_to_past(parse_period(period), yesterday())
    print_replayed(_judge_again(days), days)


def _judge_again(days: "Period") -> "Replayed":
    from xypipeline.cli.progress import terminal_progress
    from xypipeline.definitions import build_definitions
    from xypipeline.errors import QuarantineError
    from xypipeline.orchestration.runs import judge_period_again
    from xypipeline.quarantine.reading import Scope, has_deliveries, open_quarantine, read_findings
    from xypipeline.quarantine.replay import compare
    from xypipeline.settings import load_settings

    settings = load_settings()
    with open_quarantine(settings.warehouse_path) as connection:
        if not has_deliveries(connection, days):
            raise QuarantineError(
                f"Nothing was taken in from {days.first} to {days.last}; run these days first."
            )
        before = read_findings(connection, Scope(days))
    with terminal_progress() as progress:
        judge_period_again(build_definitions(progress), settings, days)
    with open_quarantine(settings.warehouse_path) as connection:
        return compare(before, read_findings(connection, Scope(days)))


def _scope(period: str | None, hospital: str | None, table: str | None) -> "Scope":
    from xypipeline.periods import parse_period
    from xypipeline.quarantine.names import find_org_code, find_table_code
    from xypipeline.quarantine.reading import EVER, Scope
    from xypipeline.registry.institutions import current_registry
    from xypipeline.standard.catalogue import current_catalogue

    return Scope(
        period=EVER if period is None else parse_period(period),
        org_code=None if hospital is None else find_org_code(current_registry(), hospital),
        table_code=None if table is None else find_table_code(current_catalogue(), table),
    )
