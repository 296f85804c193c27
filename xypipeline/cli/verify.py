"""`xypipeline verify PERIOD`."""

from typing import Annotated

import typer

QUARTER = typer.Argument(
    metavar="PERIOD", help="A quarter (2023Q2); an unpublished one with --landing.", show_default=False
)
LANDING = typer.Option("--landing", help="Also read every uploaded file again; takes its time.")


def verify(period: Annotated[str, QUARTER], with_landing: Annotated[bool, LANDING] = False) -> None:
    """Prove the published editions of PERIOD again: documents, figures, inputs.

    Files against manifests, manifests against the history, figures against ledger and warehouse, inputs
    against what the warehouse lists now. Nothing is changed. Exit 1 if anything does not verify.
    """
    from xypipeline.periods import Quarter
    from xypipeline.settings import load_settings
    from xypipeline.verification.verify import verify_quarter

    failed = checked = 0
    for verdict in verify_quarter(load_settings(), Quarter.parse(period), with_landing=with_landing):
        checked += 1
        failed += not verdict.is_verified
        for line in verdict.lines():
            typer.echo(line)
    typer.echo(f"共 {checked} 项核对，{failed} 项不符。" if failed else f"共 {checked} 项核对，全部相符。")
    if failed:
        raise typer.Exit(code=1)
