"""Which required tables are not applicable to which hospital in a quarter."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.registry.model import Registry, TableKey
from xypipeline.warehouse import run_sql

_RECEIVED = Path(__file__).with_name("received_tables.sql")


def excused_tables(
    connection: DuckDBPyConnection, registry: Registry, required: Collection[str], first: date, as_of: date
) -> frozenset[TableKey]:
    """Hospitals and required tables that are not applicable from first to as_of.

    The register excuses them on each expected day, and no row of them came: rows outweigh the register.

    Source: docs/scoring.md, clause 14.
    """
    received = set(run_sql(connection, _RECEIVED, first_day=first, as_of=as_of).iter_rows())
    excused = registry.inapplicable_tables(first, as_of)
    return frozenset(key for key in excused - received if key[1] in required)
