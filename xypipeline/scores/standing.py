"""Scores and ranks the hospitals of a quarter, from the ledger, the register and the policy."""

from collections.abc import Collection
from datetime import date

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.errors import PeriodError
from xypipeline.periods import Quarter
from xypipeline.policy.policy import Policy
from xypipeline.registry.model import Registry, TableKey
from xypipeline.scores.applicability import excused_tables
from xypipeline.scores.figures import figures_by_hospital, measure_uploads, store_expected_days
from xypipeline.scores.judgement import Hospital, stand_hospitals
from xypipeline.scores.models import Standing, TableStanding
from xypipeline.scores.store import create_tables, replace_period
from xypipeline.scores.table_standing import stand_tables
from xypipeline.standard.model import Catalogue
from xypipeline.warehouse import transaction


def score_quarter(
    connection: DuckDBPyConnection,
    catalogue: Catalogue,
    registry: Registry,
    policy: Policy,
    quarter: Quarter,
    as_of: date,
) -> pl.DataFrame:
    """Score the hospitals registered on `as_of` and replace the quarter's rows of `scores.standing`.

    Needs the ledger of the days up to `as_of`; replaces `scores.table_standing` and `scores.expected_day`
    of the quarter, too.

    Returns:
        One row per hospital, with the columns of `models.Standing`, ordered by seq.

    Raises:
        PeriodError: `as_of` is no day of the quarter.
    """
    if not quarter.first <= as_of <= quarter.last:
        raise PeriodError(f"{as_of} is no day of {quarter}: give one from {quarter.first} to {quarter.last}.")
    create_tables(connection)
    with transaction(connection):
        store_expected_days(connection, registry, quarter.first, quarter.last)
        measured = measure_uploads(connection, quarter.first, as_of)
        excused = excused_tables(connection, registry, catalogue.tables, quarter.first, as_of)
        hospitals = gather_hospitals(registry, measured, excused, quarter.first, as_of)
        versions = {
            "period": str(quarter),
            "as_of": as_of,
            "standard_version": catalogue.version,
            "policy_version": policy.version,
            "registry_version": registry.version,
        }
        standing = stand_hospitals(hospitals, len(catalogue.tables), policy, versions)
        replace_period(connection, "scores.standing", str(quarter), Standing.validate(standing, lazy=True))
        expected_days = {hospital.org_code: hospital.expected_days for hospital in hospitals}
        tables = stand_tables(measured, expected_days, excused, catalogue, quarter, as_of)
        replace_period(
            connection, "scores.table_standing", str(quarter), TableStanding.validate(tables, lazy=True)
        )
    return standing


def gather_hospitals(
    registry: Registry, measured: pl.DataFrame, excused: Collection[TableKey], first: date, as_of: date
) -> list[Hospital]:
    """The hospitals registered on `as_of`, in the attachment's order, also those without a delivery.

    Args:
        registry: says who is registered and to which platform each is connected on `as_of`.
        measured: what `figures.measure_uploads` returns.
        excused: hospitals and required tables that are not applicable.
        first: the quarter's first day.
        as_of: the cut-off day.
    """
    institutions = registry.registered_on(as_of)
    figures = figures_by_hospital(measured, [institution.org_code for institution in institutions])
    return [
        Hospital(
            institution=institution,
            platform=registry.platform_of(institution.org_code, as_of),
            expected_days=len(registry.expected_days(institution.org_code, first, as_of)),
            figures=figures[institution.org_code],
            tables_excused=sum(org_code == institution.org_code for org_code, _ in excused),
        )
        for institution in institutions
    ]
