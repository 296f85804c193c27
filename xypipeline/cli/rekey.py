"""`xypipeline rekey`."""

from pathlib import Path
from typing import Annotated

import typer

NEW_KEY = typer.Option("--to", metavar="KEYFILE", help="A file with the new key.", show_default=False)
PLAIN = typer.Option("--plain", help="Write it without encryption.")


def rekey(to: Annotated[Path | None, NEW_KEY] = None, plain: Annotated[bool, PLAIN] = False) -> None:
    """Encrypt the warehouse with another key, or take the encryption off.

    The key now in use is that of XY_WAREHOUSE_KEY or XY_WAREHOUSE_KEY_FILE; neither: it is plain.
    Afterwards set the new one there. Needs as much free room as the warehouse takes; runs wait.
    """
    from xypipeline.errors import WarehouseError
    from xypipeline.settings import load_settings, load_warehouse_key, read_key
    from xypipeline.warehouse import rekey_warehouse

    if (to is None) != plain:
        raise typer.BadParameter("give either --to KEYFILE or --plain")
    path = load_settings().warehouse_path
    if not path.exists():
        raise WarehouseError(f"{path} does not exist: nothing was run yet; set the key and run the period.")
    rekey_warehouse(path, load_warehouse_key(), None if to is None else read_key(to.expanduser()))
    typer.echo(f"{path} is plain now; unset the key." if plain else f"{path}: set XY_WAREHOUSE_KEY_FILE={to}")
