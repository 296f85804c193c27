"""Adds to each hospital's details the state of its daily tables on the cut-off day."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from duckdb import DuckDBPyConnection

from xypipeline.periods import Period
from xypipeline.policy.policy import Policy
from xypipeline.publication.details.model import HospitalDetail
from xypipeline.publication.upload_state import Expected, read_ever_come, read_last_deliveries, state_of
from xypipeline.registry.model import Registry, TableKey


def add_states(
    connection: DuckDBPyConnection,
    details: Mapping[str, HospitalDetail],
    registry: Registry,
    period: Period,
    policy: Policy,
) -> Mapping[str, HospitalDetail]:
    """The details with `TableUpload.state` of each daily table.

    Args:
        connection: the warehouse.
        details: of a scored quarter, by org_code.
        registry: says when each hospital was expected to upload, and when which table not.
        period: the quarter up to its cut-off day.
        policy: its cut-offs.

    Source: docs/scoring.md, clause 15.
    """
    tables = {one.table.code: one.table for detail in details.values() for one in detail.tables}
    last = read_last_deliveries(connection, tables.values(), period)
    ever_come = read_ever_come(connection, period.last)
    excused: dict[TableKey, set[date]] = defaultdict(set)
    for org_code, table_code, day in registry.excused_days(period.first, period.last):
        excused[org_code, table_code].add(day)

    def with_states(org_code: str, detail: HospitalDetail) -> HospitalDetail:
        days = frozenset(registry.expected_days(org_code, period.first, period.last))
        uploads = []
        for one in detail.tables:
            key = org_code, one.table.code
            expected = Expected(days - excused[key], key in ever_come, is_excused=not one.is_applicable)
            is_daily = one.table.expected_frequency == "daily"
            state = state_of(expected, last.get(key), policy).counts.only if is_daily else None
            uploads.append(replace(one, state=state))
        return replace(detail, tables=tuple(uploads))

    return {org_code: with_states(org_code, detail) for org_code, detail in details.items()}
