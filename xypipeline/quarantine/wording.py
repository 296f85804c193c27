"""What a row in quarantine is told of in Chinese: why it was kept out, and what to do about it."""

from collections.abc import Callable, Mapping

from xypipeline.standard.labels import TYPES, describe_size
from xypipeline.standard.model import Catalogue, Field

UNPARSABLE = "I01"
_UNKNOWN_ADVICE = "对照数据标准修改该行后重新上传"
_REASONS: Mapping[str, Callable[[str, Field | None], str]] = {
    "G01": lambda column, field: f"{column}为空",
    "G03": lambda column, field: f"{column}不是{_kind(field)}",
    "G08": lambda column, field: "行内机构代码与上传医院不一致",
}
_ADVICE: Mapping[str, Callable[[Field | None], str]] = {
    UNPARSABLE: lambda field: (
        "核对该行的列数、引号和编码，以 UTF-8 重新导出后重新上传；此行未能读出，不能重判"
    ),
    "G01": lambda field: "在业务系统中补齐该字段后重新上传该行；主键和业务日期不能为空",
    "G03": lambda field: f"改为标准规定的{_kind(field)}后重新上传该行",
    "G08": lambda field: "把机构代码改为本院代码，或由数据所属医院上传",
}


def reason_of(
    catalogue: Catalogue, table_code: str, rule_id: str, column: str | None, remark: str | None
) -> str:
    """Why a row was kept out; `remark` is what intake said of a line that it could not parse."""
    if remark:
        return remark
    field = _field(catalogue, table_code, column)
    named = f"{field.title_zh}（{field.code}）" if field else column or ""
    if rule_id in _REASONS:
        return _REASONS[rule_id](named, field)
    rule = catalogue.rules.get(rule_id)
    return f"{rule.title_zh if rule else '已废止的规则'}：{named}".rstrip("：")


def advice_on(catalogue: Catalogue, table_code: str, rule_id: str, column: str | None) -> str:
    """What the hospital should do so that the row is taken in."""
    if rule_id not in _ADVICE:
        return _UNKNOWN_ADVICE
    return _ADVICE[rule_id](_field(catalogue, table_code, column))


def table_title(catalogue: Catalogue, table_code: str) -> str:
    """A table's title; its code where the standard now in force lacks it."""
    table = catalogue.deliverable.get(table_code)
    return table.title_zh if table else table_code


def _field(catalogue: Catalogue, table_code: str, column: str | None) -> Field | None:
    table = catalogue.deliverable.get(table_code)
    fields = table.fields if table else ()
    return next((field for field in fields if field.code == column), None)


def _kind(field: Field | None) -> str:
    if field is None:
        return "规定的类型"
    shapes = {"date": "（YYYY-MM-DD）", "datetime": "（YYYY-MM-DD HH:MM:SS）"}
    size = f"（长度 {describe_size(field)}）" if describe_size(field) else ""
    return TYPES[field.type] + shapes.get(field.type, size)
