"""How people read what the standard's files abbreviate."""

from collections.abc import Mapping

from xypipeline.standard.model import Field, NotifiableDisease, Parent, Table

TYPES: Mapping[str, str] = {
    "string": "字符串",
    "int": "整数",
    "decimal": "小数",
    "date": "日期",
    "datetime": "日期时间",
}
REQUIRED: Mapping[str, str] = {"M": "必填", "C": "条件必填", "O": "选填"}
SENSITIVE: Mapping[str, str] = {
    "none": "",
    "name": "姓名",
    "id_no": "证件号",
    "phone": "电话",
    "address": "地址",
}
FREQUENCIES: Mapping[str, str] = {
    "daily": "每日",
    "weekly": "每周",
    "event": "发生时",
    "static": "定期全量",
}
INFECT_CLASSES: Mapping[str, str] = {"1": "甲类", "2": "乙类", "3": "丙类"}
DISEASES_NOTE = (
    "报告类规则据此判断诊断是否须报。由平台按《传染病防治法》（2023 年）整理，**待市卫生健康委核定**。"
)
SEVERITIES: Mapping[str, str] = {"error": "错误", "warn": "提示"}
FATAL_ON: Mapping[str, str] = {
    "row": "整行不入库",
    "key": "涉及主键时不入库",
    "event_date": "涉及业务日期时不入库",
}
KINDS: Mapping[str, str] = {
    "intake": "接收",
    "row": "单字段",
    "cross_field": "字段间",
    "cross_table": "表间",
    "volume": "数据量",
    "timeliness": "及时性",
}


def describe_size(field: Field) -> str:
    """Characters, or digits and decimals (`12,2`); empty for dates."""
    if field.length is None:
        return ""
    return str(field.length) if field.precision is None else f"{field.length},{field.precision}"


def describe_range(field: Field) -> str:
    """The closed range, open where a bound is missing: `0 ~ 130`, `≥ 1900-01-01`."""
    if field.minimum and field.maximum:
        return f"{field.minimum} ~ {field.maximum}"
    if field.minimum:
        return f"≥ {field.minimum}"
    return f"≤ {field.maximum}" if field.maximum else ""


def describe_parent(parent: Parent, parent_title: str) -> str:
    """A reference in words: the parent table, the columns compared, the rows concerned."""
    columns = "、".join(
        child if child == column else f"{child} = {parent.table_code}.{column}"
        for child, column in parent.columns
    )
    condition = (
        f"，仅当 {parent.when_column} 为 {'、'.join(parent.when_values)}" if parent.when_column else ""
    )
    return f"{parent_title} {parent.table_code}（{columns}{condition}）"


def describe_applicability(table: Table, scopes: Mapping[str, str]) -> str:
    """The business scopes that a hospital must all carry out to owe the table."""
    if not table.applicability:
        return "全部医院"
    return "须同时开展：" + "、".join(f"{scopes.get(tag, tag)}（{tag}）" for tag in table.applicability)


def describe_fatality(fatal_on: frozenset[str]) -> str:
    """When a breach keeps the row out; empty if never."""
    return "、".join(label for role, label in FATAL_ON.items() if role in fatal_on)


def describe_disease(disease: NotifiableDisease) -> tuple[str, str]:
    """Name and class."""
    return disease.title_zh, INFECT_CLASSES[disease.class_code]
