"""Columns of the ledger, the standing and the attachment, with their Chinese titles and sources."""

from collections.abc import Mapping
from dataclasses import dataclass

import dagster as dg

from xypipeline.orchestration.columns import column_lineage

LEDGER = dg.AssetKey(["scores", "ledger"])
STANDING = dg.AssetKey(["scores", "standing"])


@dataclass(frozen=True)
class _Column:
    """One column; `sources` are columns of the asset before it, separated by blanks."""

    type_zh: str
    title_zh: str
    is_nullable: bool = False
    sources: str = ""


_LEDGER_COLUMNS = {
    "org_code": _Column("字符串", "机构代码"),
    "table_code": _Column("字符串", "表"),
    "upload_date": _Column("日期", "上传日"),
    "rows_received": _Column("整数", "收到的行，含无法解析的行"),
    "rows_accepted": _Column("整数", "接收的行：主键完整、业务日期有效、机构代码相符"),
    "rows_qualified": _Column("整数", "合格的行：没有错误级问题"),
    "rows_fatal": _Column("整数", "未入库的行"),
    "records_new": _Column("整数", "当日首次上传且未撤销的记录"),
}
_STANDING_COLUMNS = {
    "period": _Column("字符串", "季度"),
    "as_of": _Column("日期", "截止日"),
    "standard_version": _Column("字符串", "数据标准版本"),
    "policy_version": _Column("字符串", "评分办法版本"),
    "registry_version": _Column("字符串", "机构名册版本"),
    "seq": _Column("整数", "附件中的序号"),
    "district": _Column("字符串", "县区"),
    "org_code": _Column("字符串", "机构代码", sources="org_code"),
    "hospital": _Column("字符串", "医院"),
    "platform": _Column("字符串", "联通的平台：city 市、province 省", is_nullable=True),
    "tables_required": _Column("整数", "应上传的表"),
    "tables_applicable": _Column(
        "整数", "适用的表：应上传的表，减去登记未开展且没有收到行的表", sources="table_code rows_received"
    ),
    "tables_uploaded": _Column("整数", "已上传的表", sources="table_code records_new"),
    "rows_uploaded": _Column("整数", "上传的记录，重复上传不计", sources="records_new"),
    "upload_days": _Column("整数", "有上传的天数", sources="upload_date rows_accepted"),
    "expected_days": _Column("整数", "应上传的天数"),
    "interruption_days": _Column("整数", "中断天数", True, "upload_date rows_accepted"),
    "longest_gap_days": _Column("整数", "最长连续中断天数", True, "upload_date rows_accepted"),
    "last_upload_date": _Column("日期", "最后上传日", True, "upload_date rows_accepted"),
    "days_since_last_upload": _Column("整数", "距最后上传的天数", True, "upload_date rows_accepted"),
    "rows_accepted": _Column("整数", "接收的行", sources="rows_accepted"),
    "rows_qualified": _Column("整数", "合格的行", sources="rows_qualified"),
    "tier": _Column("整数", "数据完整性梯队，1 至 4；未联通市平台为空", True, "table_code records_new"),
    "is_severely_missing": _Column("布尔", "数据严重缺失", True, "table_code records_new"),
    "is_good_continuity": _Column("布尔", "连续性较好", True, "upload_date rows_accepted"),
    "score": _Column("小数(20,15)", "得分，未取整；联通省平台者为空", True, "table_code records_new"),
    "rank": _Column("整数", "名次，同分同名次", True, "table_code records_new upload_date rows_accepted"),
    "remark": _Column("字符串", "备注", True, "records_new"),
}
_ATTACHMENT_COLUMNS = {
    "seq": _Column("整数", "序号", sources="seq"),
    "district": _Column("字符串", "县区", sources="district"),
    "org_code": _Column("字符串", "机构代码", sources="org_code"),
    "hospital": _Column("字符串", "医院", sources="hospital"),
    "tables_uploaded": _Column("整数", "已上传的表", True, "tables_uploaded"),
    "completeness_pct": _Column("小数", "数据完整性（%）", True, "tables_uploaded tables_required"),
    "rows_uploaded": _Column("整数", "上传数据量", True, "rows_uploaded"),
    "interruption_days": _Column("整数", "中断天数", True, "interruption_days"),
    "last_upload_date": _Column("日期", "最后上传日", True, "last_upload_date"),
    "remark": _Column("字符串", "备注", True, "remark"),
    "tier": _Column("整数", "梯队", True, "tier"),
    "score": _Column("小数", "得分，四舍五入一次", True, "score"),
    "rank": _Column("整数", "名次", True, "rank"),
}


def ledger_columns() -> dict[str, object]:
    """Metadata of the ledger's columns."""
    return {"dagster/column_schema": _schema(_LEDGER_COLUMNS, "每家医院、每张表、每个上传日一行")}


def standing_columns() -> dict[str, object]:
    """Metadata of the standing's columns, and which of the ledger's each is computed from."""
    return {
        "dagster/column_schema": _schema(_STANDING_COLUMNS, "每个季度、每家在册医院一行", LEDGER),
        "dagster/column_lineage": _lineage(LEDGER, _STANDING_COLUMNS),
    }


def attachment_columns() -> dict[str, object]:
    """Metadata of the attachment's columns, and which of the standing's each is rounded from."""
    return {
        "dagster/column_schema": _schema(_ATTACHMENT_COLUMNS, "每家在册医院一行，按附件顺序", STANDING),
        "dagster/column_lineage": _lineage(STANDING, _ATTACHMENT_COLUMNS),
    }


def _schema(columns: Mapping[str, _Column], grain: str, source: dg.AssetKey | None = None) -> dg.TableSchema:
    return dg.TableSchema(
        [
            dg.TableColumn(
                name,
                column.type_zh,
                _description(column, source),
                dg.TableColumnConstraints(nullable=column.is_nullable),
            )
            for name, column in columns.items()
        ],
        dg.TableConstraints([grain]),
    )


def _description(column: _Column, source: dg.AssetKey | None) -> str:
    if source is None or not column.sources:
        return column.title_zh
    return f"{column.title_zh}（源自 {'.'.join(source.path)}：{'、'.join(column.sources.split())}）"


def _lineage(source: dg.AssetKey, columns: Mapping[str, _Column]) -> dg.TableColumnLineage:
    return column_lineage(
        source, {name: column.sources.split() for name, column in columns.items() if column.sources}
    )
