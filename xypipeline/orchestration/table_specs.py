"""What the graph shows of each table of the standard, stage by stage."""

import dagster as dg

from xypipeline.orchestration.columns import raw_schema, validated_lineage, validated_schema
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.labels import FREQUENCIES
from xypipeline.standard.model import Table

ENGINEERS = "team:数据工程"
STEWARDS = "team:数据管理员"
OFFICE = "team:卫生健康委"
ARRIVAL = dg.AssetKey(["landing", "arrival"])


def arrival_spec() -> dg.AssetSpec:
    """The first asset: the files themselves."""
    return dg.AssetSpec(
        ARRIVAL,
        description="**到达登记**：医院上传的每一个文件一行，也包括无法使用的文件及其原因。原文件从不改动。",
        group_name="landing",
        owners=[ENGINEERS],
        kinds={"file"},
        metadata={"dagster/table_name": "landing.arrival"},
    )


def raw_specs() -> list[dg.AssetSpec]:
    """One asset per table, grouped by domain: the rows as text."""
    return [
        dg.AssetSpec(
            ["raw", table.code],
            deps=[ARRIVAL],
            description=_description(table, "原样入库，每个值都是文本，可追溯到文件和行。"),
            group_name=f"raw/{table.domain}",
            owners=[ENGINEERS],
            kinds={"duckdb"},
            tags=_tags(table),
            metadata={
                "dagster/table_name": f"raw.{table.code}",
                "dagster/column_schema": raw_schema(table),
            },
        )
        for table in current_catalogue().tables.values()
    ]


def validated_specs() -> list[dg.AssetSpec]:
    """One asset per table, grouped by domain: the rows typed and judged."""
    return [
        dg.AssetSpec(
            ["validated", table.code],
            deps=[["raw", table.code]],
            description=_description(table, "接收的行，已按数据标准逐行检查；问题明细在 validated.finding。"),
            group_name=f"validated/{table.domain}",
            owners=[STEWARDS],
            kinds={"duckdb", "polars"},
            tags=_tags(table),
            metadata={
                "dagster/table_name": f"validated.{table.code}",
                "dagster/column_schema": validated_schema(table),
                "dagster/column_lineage": validated_lineage(table),
            },
        )
        for table in current_catalogue().tables.values()
    ]


def _description(table: Table, content: str) -> str:
    name = f"**{table.title_zh}**（{table.domain_zh}）"
    legacy = f"，旧代码 `{table.legacy_code}`" if table.legacy_code else ""
    parts = [
        f"{name}{legacy}",
        f"粒度：{table.grain}。上传频率：{FREQUENCIES[table.expected_frequency]}。",
        content,
    ]
    if table.absence_note:
        parts.append(f"可以不上传：{table.absence_note}。")
    return "\n\n".join(parts)


def _tags(table: Table) -> dict[str, str]:
    return {"domain": table.domain, "frequency": table.expected_frequency}
