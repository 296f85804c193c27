"""The command line: a thin caller of the library. Each command imports what it needs when it is called."""

import sys

import typer

from xypipeline.cli.audit import audit
from xypipeline.cli.backup import backup, restore
from xypipeline.cli.disk_trouble import describe_disk_trouble
from xypipeline.cli.edition import app as edition_app
from xypipeline.cli.explain import explain
from xypipeline.cli.policy import app as policy_app
from xypipeline.cli.quarantine import app as quarantine_app
from xypipeline.cli.rekey import rekey
from xypipeline.cli.run import run
from xypipeline.cli.simulate import simulate
from xypipeline.cli.standard import app as standard_app
from xypipeline.cli.verify import verify
from xypipeline.errors import XyPipelineError
from xypipeline.loaded import leave
from xypipeline.owner_only import keep_to_owner

EXIT_FAILED = 1

commands = typer.Typer(
    help="From raw hospital uploads to the ranked attachment of the quarterly bulletin.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
commands.command()(simulate)
commands.command()(run)
commands.command()(audit)
commands.command()(explain)
commands.command()(verify)
commands.command()(backup)
commands.command()(restore)
commands.command()(rekey)
commands.add_typer(edition_app, name="edition")
commands.add_typer(standard_app, name="standard")
commands.add_typer(policy_app, name="policy")
commands.add_typer(quarantine_app, name="quarantine")


def app() -> None:
    """Run the command line; expected errors are told in a line or some, without a traceback."""
    keep_to_owner()
    try:
        commands()
    except XyPipelineError as error:
        typer.echo(f"xypipeline: {error}", err=True)
        sys.exit(EXIT_FAILED)
    except Exception as error:
        trouble = describe_disk_trouble(error)
        if trouble is None:
            raise
        typer.echo(f"xypipeline: {trouble}", err=True)
        sys.exit(EXIT_FAILED)


def main() -> None:
    """`app` as a program of its own: once it is done, the process ends, which else takes another second."""
    try:
        app()
    except SystemExit as end:
        if end.code:
            raise
    leave()
