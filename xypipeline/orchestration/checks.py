"""A table's verdict as a Dagster check that stewards read: counts, columns, hospitals, masked examples."""

import warnings
from typing import TYPE_CHECKING

import dagster as dg

from xypipeline.harmless import visible
from xypipeline.orchestration.partitions import DAYS
from xypipeline.periods import Period
from xypipeline.registry.institutions import Registry
from xypipeline.standard.model import Catalogue, Table

if TYPE_CHECKING:
    # At run time it would bring Pandera, and with it pandas, into every process that loads the definitions.
    from xypipeline.validated.verdict import TableVerdict

CHECK_NAME = "pandera"
WORST_COLUMNS = 10
# The UI sorts what it shows by label.
PERIOD_LABEL = "1 上传日"
RECEIVED_LABEL = "2 收到行数"
ACCEPTED_LABEL = "3 接收行数"
QUALIFIED_LABEL = "4 合格行数"
QUALIFIED_PCT_LABEL = "5 合格率（%）"
FATAL_LABEL = "6 致命行数"
COLUMNS_LABEL = "7 问题最多的列"
EXAMPLES_LABEL = "8 脱敏示例"
HOSPITALS_LABEL = "9 各医院"
SEVERITIES_ZH = {"fatal": "致命", "error": "错误", "warn": "提示"}
_OUTSIDE_THE_STANDARD = "（标准外的列）"
BREACHES = "处数"


def check_spec(key: dg.AssetKey) -> dg.AssetCheckSpec:
    """The check of a table's rows, day by day."""
    with warnings.catch_warnings():
        # Without partitions of its own the check keeps, for each day, a plan that is never fulfilled.
        warnings.simplefilter("ignore", dg.PreviewWarning)
        return dg.AssetCheckSpec(CHECK_NAME, asset=key, description="按数据标准逐行检查", partitions_def=DAYS)


def check_result(
    table: Table, verdict: "TableVerdict", days: Period, catalogue: Catalogue, registry: Registry
) -> dg.AssetCheckResult:
    """Passed when no row breaks a rule of severity error or fatal; warnings alone do not fail it.

    A table of which nothing arrived passes with 0 rows received, and says so.
    """
    severities = set(verdict.findings["severity"])
    return dg.AssetCheckResult(
        asset_key=dg.AssetKey(["validated", table.code]),
        check_name=CHECK_NAME,
        passed=not severities & {"error", "fatal"},
        severity=dg.AssetCheckSeverity.ERROR if "fatal" in severities else dg.AssetCheckSeverity.WARN,
        description=_description(verdict),
        metadata={
            PERIOD_LABEL: period_text(days),
            **_figures(verdict),
            COLUMNS_LABEL: _worst_columns(table, verdict, catalogue),
            EXAMPLES_LABEL: _examples(table, verdict, registry),
            HOSPITALS_LABEL: _by_hospital(verdict, catalogue, registry),
        },
    )


def period_text(days: Period) -> str:
    """One day, or the first and last of several."""
    return f"{days.first}" if days.first == days.last else f"{days.first} 至 {days.last}"


def _description(verdict: "TableVerdict") -> str:
    received = verdict.rows_accepted + verdict.rows_fatal
    if not received:
        return "没有收到数据"
    return f"收到 {received} 行，接收 {verdict.rows_accepted} 行，合格 {verdict.rows_qualified} 行"


def _figures(verdict: "TableVerdict") -> dict[str, int | float]:
    """What the UI plots over time; of no accepted row no share is known."""
    counts = {
        RECEIVED_LABEL: verdict.rows_accepted + verdict.rows_fatal,
        ACCEPTED_LABEL: verdict.rows_accepted,
        QUALIFIED_LABEL: verdict.rows_qualified,
        FATAL_LABEL: verdict.rows_fatal,
    }
    if not verdict.rows_accepted:
        return counts
    return {**counts, QUALIFIED_PCT_LABEL: round(100 * verdict.rows_qualified / verdict.rows_accepted, 2)}


def _worst_columns(table: Table, verdict: "TableVerdict", catalogue: Catalogue) -> dg.TableMetadataValue:
    rows = [
        {
            "规则": finding["rule_id"],
            "规则名称": catalogue.rules[finding["rule_id"]].title_zh,
            **_column(table, finding["column_name"]),
            "严重程度": SEVERITIES_ZH[finding["severity"]],
            "行数": finding["rows"],
        }
        for finding in verdict.findings.head(WORST_COLUMNS).iter_rows(named=True)
    ]
    return as_table(["规则", "规则名称", "列", "列名称", "严重程度", "行数"], rows)


def _by_hospital(verdict: "TableVerdict", catalogue: Catalogue, registry: Registry) -> dg.TableMetadataValue:
    rows = [
        {
            "机构代码": finding["org_code"],
            "医院": hospital_name(finding["org_code"], registry),
            "规则": finding["rule_id"],
            "规则名称": catalogue.rules[finding["rule_id"]].title_zh,
            "严重程度": SEVERITIES_ZH[finding["severity"]],
            BREACHES: finding["rows"],
        }
        for finding in verdict.by_hospital.iter_rows(named=True)
    ]
    return as_table(["机构代码", "医院", "规则", "规则名称", "严重程度", BREACHES], rows)


def _examples(table: Table, verdict: "TableVerdict", registry: Registry) -> dg.TableMetadataValue:
    rows = [
        {
            "上传日": str(finding["upload_date"]),
            "医院": hospital_name(finding["org_code"], registry),
            # Day and hospital are its folders; the whole path would leave the other columns no width.
            "文件": finding["path"].split("/", 2)[-1],
            "行": finding["line"],
            "列": " ".join(filter(None, _column(table, finding["column_name"]).values())),
            "规则": finding["rule_id"],
            "脱敏值": visible(finding["value_masked"] or "") or _no_value(table, finding["column_name"]),
        }
        for finding in verdict.sample.iter_rows(named=True)
    ]
    return as_table(["上传日", "医院", "文件", "行", "列", "规则", "脱敏值"], rows)


def _column(table: Table, code: str | None) -> dict[str, str]:
    """Code and title; the name of an unknown column is the file's own text, and may be anything."""
    if code is None:
        return {"列": "", "列名称": "（整行）"}
    titles = {field.code: field.title_zh for field in table.fields}
    return {"列": code if code in titles else "", "列名称": titles.get(code, _OUTSIDE_THE_STANDARD)}


def _no_value(table: Table, code: str | None) -> str:
    return "（空）" if code in {field.code for field in table.fields} else "（不显示）"


def hospital_name(org_code: str, registry: Registry) -> str:
    """The registered name, or the code of a hospital that is not registered."""
    institution = registry.find_institution(org_code)
    return institution.name if institution else org_code


def as_table(columns: list[str], rows: list[dict[str, str | int]]) -> dg.TableMetadataValue:
    """Rows as the UI shows them; columns of line and other numbers are whole numbers, all else is text."""
    numbers = {"行", "行数", BREACHES}
    schema = [dg.TableColumn(name, "int" if name in numbers else "string") for name in columns]
    return dg.MetadataValue.table(
        records=[dg.TableRecord(row) for row in rows], schema=dg.TableSchema(columns=schema)
    )
