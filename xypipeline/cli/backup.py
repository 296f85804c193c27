"""`xypipeline backup FOLDER` and `xypipeline restore FOLDER`."""

from pathlib import Path
from typing import Annotated

import typer

TARGET = typer.Argument(metavar="FOLDER", help="A new folder for this backup.", show_default=False)
SOURCE = typer.Argument(metavar="FOLDER", help="A folder that `backup` wrote.", show_default=False)


def backup(folder: Annotated[Path, TARGET]) -> None:
    """Copy warehouse, Dagster's state and publications into FOLDER, consistently, while all goes on.

    Runs wait until the copy is done. Uploads are not copied, nor state that lies in PostgreSQL.
    """
    from datetime import UTC, datetime

    from xypipeline.backup import write_backup
    from xypipeline.settings import load_settings

    written = write_backup(load_settings(), folder.expanduser().resolve(), datetime.now(UTC))
    typer.echo(f"{len(written.checksums):,} files, {written.bytes / 1e6:,.0f} MB: {written.folder}")


def restore(folder: Annotated[Path, SOURCE]) -> None:
    """Put what FOLDER holds in the place of what is there; stop webserver and daemon first.

    FOLDER is checked file by file before anything is touched. What was there is moved aside, not deleted.
    """
    from datetime import UTC, datetime

    from xypipeline.backup import restore_backup
    from xypipeline.settings import load_settings

    settings = load_settings()
    aside = restore_backup(settings, folder.expanduser().resolve(), datetime.now(UTC))
    typer.echo(f"Restored: {settings.data_dir}")
    if aside:
        typer.echo(f"What was there: {aside}")
