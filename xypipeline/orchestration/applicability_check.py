"""What stewards have to settle about tables that hospitals need not upload, as a Dagster check."""

from typing import TYPE_CHECKING

import dagster as dg

from xypipeline.orchestration.checks import as_table
from xypipeline.orchestration.score_columns import STANDING
from xypipeline.periods import Period

if TYPE_CHECKING:
    # At run time it would bring DuckDB and Polars into every process that loads the definitions.
    from duckdb import DuckDBPyConnection

    from xypipeline.publication.details.model import InapplicableTable
    from xypipeline.publication.editions.basis import Basis

APPLICABILITY = "applicability"
_COLUMNS = ["机构代码", "医院", "表", "起", "止", "收到行", "须办理", "依据", "批准"]


def applicability_check_spec() -> dg.AssetCheckSpec:
    """The check; it never blocks."""
    return dg.AssetCheckSpec(
        APPLICABILITY,
        asset=STANDING,
        description="未开展登记：登记期内没有收到数据，也没有临近到期或已到期而未续期的",
    )


def check_applicability(
    connection: "DuckDBPyConnection", basis: "Basis", period: Period
) -> dg.AssetCheckResult:
    """Passed when no row came on days on which its table is excused, and no entry asks for its renewal."""
    from xypipeline.publication.details.inapplicable import read_inapplicable
    from xypipeline.publication.details.wording import open_text

    within_days = basis.policy.renewal_within_days
    entries = read_inapplicable(connection, basis.registry, basis.catalogue, period, within_days)
    found = [one for of_hospital in entries.values() for one in of_hospital]
    to_settle = [one for one in found if one.is_open]
    lines = [
        f"{one.hospital} {one.table.title_zh}：{open_text(one)}。依据：{one.entry.evidence}"
        for one in to_settle
    ]
    return dg.AssetCheckResult(
        asset_key=STANDING,
        check_name=APPLICABILITY,
        passed=not to_settle,
        severity=dg.AssetCheckSeverity.WARN,
        description="\n".join(lines) or f"{len(found)} 项登记，没有须办理的",
        metadata={
            "1 登记项数": len(found),
            "2 须办理项数": len(to_settle),
            "3 须办理": as_table(_COLUMNS, [_row(one) for one in to_settle]),
        },
    )


def _row(one: "InapplicableTable") -> dict[str, str]:
    from xypipeline.publication.details.wording import open_text

    return {
        "机构代码": one.entry.org_code,
        "医院": one.hospital,
        "表": one.table.title_zh,
        "起": str(one.entry.days.first),
        "止": str(one.entry.days.last),
        "收到行": f"{one.rows_received:,}",
        "须办理": open_text(one),
        "依据": one.entry.evidence,
        "批准": one.entry.approver,
    }
