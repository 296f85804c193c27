"""Columns as Dagster's UI shows them: type, Chinese title, constraints, and where they come from.

Static, part of the definitions; no event carries any of it. The open-source UI keeps column lineage and draws
none of it, so where a column comes from also stands in words beside it.
"""

from collections.abc import Iterable, Mapping

import dagster as dg

from xypipeline.standard.labels import SENSITIVE, TYPES, describe_size
from xypipeline.standard.model import LINEAGE_COLUMNS, Field, Table

_LINEAGE_COLUMNS = (
    ("upload_date", "日期", "上传日：平台收到文件的日期"),
    ("org_code", "字符串", "上传医院的机构代码，取自文件夹名"),
    ("path", "字符串", "来源文件，相对于上传目录"),
    ("line", "整数", "来源文件中的行号"),
)
_PLATFORM_COLUMNS = tuple(
    dg.TableColumn(name, type_, title, dg.TableColumnConstraints(nullable=False))
    for name, type_, title in _LINEAGE_COLUMNS
)


def raw_schema(table: Table) -> dg.TableSchema:
    """`raw.<table>`: every field as the text that was delivered, so none of the standard's constraints."""
    declared = dg.TableColumn("declared_org_code", "字符串", "该行自报的机构代码")
    content = [dg.TableColumn(field.code, "字符串", _title(field)) for field in _content(table)]
    return dg.TableSchema([*_PLATFORM_COLUMNS, declared, *content])


def validated_schema(table: Table) -> dg.TableSchema:
    """`validated.<table>`: accepted rows, typed; only what makes a row acceptable is never null in it."""
    is_qualified = dg.TableColumn(
        "is_qualified", "布尔", "是否合格：没有错误级问题", dg.TableColumnConstraints(nullable=False)
    )
    content = [
        dg.TableColumn(field.code, _type(field), _title(field), _constraints(table, field))
        for field in _content(table)
    ]
    key = f"主键：{'、'.join(table.primary_key)}；同一主键可有多个版本，以最新者为准"
    source = f"除 is_qualified 外，各列源自 raw.{table.code} 的同名列"
    return dg.TableSchema([*_PLATFORM_COLUMNS, is_qualified, *content], dg.TableConstraints([key, source]))


def validated_lineage(table: Table) -> dg.TableColumnLineage:
    """Each column of `validated.<table>` is typed from the column of its name in `raw.<table>`."""
    raw = dg.AssetKey(["raw", table.code])
    names = [*LINEAGE_COLUMNS, *(field.code for field in _content(table))]
    return column_lineage(raw, {name: [name] for name in names})


def column_lineage(source: dg.AssetKey, sources: Mapping[str, Iterable[str]]) -> dg.TableColumnLineage:
    """Columns of one asset, each with the columns of `source` that it is computed from."""
    return dg.TableColumnLineage(
        {name: [dg.TableColumnDep(source, column) for column in columns] for name, columns in sources.items()}
    )


def _content(table: Table) -> list[Field]:
    return [field for field in table.fields if field.code != "org_code"]


def _title(field: Field) -> str:
    return f"{field.title_zh}（{field.note}）" if field.note else field.title_zh


def _type(field: Field) -> str:
    size = describe_size(field)
    return f"{TYPES[field.type]}({size})" if size else TYPES[field.type]


def _constraints(table: Table, field: Field) -> dg.TableColumnConstraints:
    remarks = [
        ("主键", field.code in table.primary_key),
        ("必填", field.is_required),
        (f"敏感：{SENSITIVE[field.sensitive]}", field.is_sensitive),
        (f"值域 {field.value_domain}", field.value_domain),
        (f"范围 {field.minimum or ''}～{field.maximum or ''}", field.minimum or field.maximum),
    ]
    return dg.TableColumnConstraints(
        nullable=field.code not in (*table.primary_key, table.event_date),
        other=[remark for remark, holds in remarks if holds],
    )
