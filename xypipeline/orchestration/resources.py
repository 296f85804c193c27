"""What assets are given: folders, the standard, the register, and the open warehouse."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg

from xypipeline.registry.institutions import Registry, current_registry
from xypipeline.settings import Settings, load_settings
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Catalogue

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Platform(dg.ConfigurableResource):
    """The city's platform as this process sees it; folders come from the environment, read at each use."""

    attempt: str = ""
    """The token of the attempt that this process makes to bring a period up to date, if it makes one."""

    @property
    def settings(self) -> Settings:
        """Where things lie."""
        return load_settings()

    @property
    def arrivals_dir(self) -> Path:
        """What lay in landing when each day was taken in."""
        return self.settings.state_dir / "arrivals"

    @property
    def catalogue(self) -> Catalogue:
        """The data standard in force."""
        return current_catalogue()

    @property
    def registry(self) -> Registry:
        """The registered hospitals and their connections."""
        return current_registry(frozenset(self.catalogue.tables))

    @contextmanager
    def warehouse(self) -> Iterator["DuckDBPyConnection"]:
        """The warehouse, with the tables of all stages, open for writing until the block ends."""
        # Imported with the first use: DuckDB, Polars, Pandera and its pandas load longer than Dagster does.
        from xypipeline.landing.inventory import create_file_view
        from xypipeline.landing.inventory import create_tables as create_landing_tables
        from xypipeline.orchestration.up_to_date import forget_others
        from xypipeline.owner_only import keep_to_owner
        from xypipeline.raw.store import create_tables as create_raw_tables
        from xypipeline.scores.store import create_tables as create_scores_tables
        from xypipeline.validated.store import create_tables as create_validated_tables
        from xypipeline.warehouse import open_warehouse

        # However this process was started: what it writes is for its account alone.
        keep_to_owner()
        with open_warehouse(self.settings.warehouse_path) as connection:
            create_landing_tables(connection)
            create_raw_tables(connection, self.catalogue)
            create_validated_tables(connection, self.catalogue)
            create_scores_tables(connection)
            create_file_view(connection)
            forget_others(connection, self.attempt)
            yield connection
