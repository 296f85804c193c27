"""What figures are called in Chinese, and how their values are written."""

from collections.abc import Mapping
from decimal import Decimal

from xypipeline.publication.explain.numbers import decimal_text

TITLES: Mapping[str, str] = {
    "lines": "行数",
    "seq": "序号",
    "hospital": "医院名称",
    "district": "地区",
    "platform": "联通平台",
    "standard_version": "数据标准版本",
    "policy_version": "考核口径版本",
    "registry_version": "医院名册版本",
    "tables_required": "应上传表数量",
    "tables_applicable": "适用表数量",
    "tables_uploaded": "上传表数量",
    "completeness_pct": "数据完整率(%)",
    "applicable_completeness_pct": "适用表完整率(%)",
    "rows_uploaded": "已上传数据量",
    "rows_accepted": "有效行数",
    "rows_qualified": "合格行数",
    "qualified_pct": "合格率(%)",
    "upload_days": "上传天数",
    "expected_days": "应上传天数",
    "interruption_days": "上传中断天数",
    "least_interruption_days": "应上传天数减上传天数",
    "days": "统计期天数",
    "first_day": "统计期首日",
    "as_of": "统计截止日",
    "last_upload_date": "最近上传日期",
    "tier": "梯队",
    "is_severely_missing": "上传表数量严重缺失",
    "is_good_continuity": "数据连续性良好",
    "score": "得分",
    "rank": "名次",
    "remark": "备注",
}
_WORDS = {None: "空白", True: "是", False: "否", "city": "市平台", "province": "省平台"}


def text_of(value: object) -> str:
    """A value as a message shows it; numbers in full, so that the smallest difference is seen."""
    # 1 == True, so the words are looked up only for what is not a number.
    if value is None or isinstance(value, bool | str):
        return _WORDS.get(value, str(value))
    return decimal_text(value) if isinstance(value, Decimal) else str(value)
