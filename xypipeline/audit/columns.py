"""Columns of the attachment: which one a header means, and what a cell of each says."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation

from xypipeline.audit.canonical import DAY, parse_day

# By the words of the header, the deeper row first; more telling words stand before less telling ones.
_WORDINGS = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        ("seq", r"^序号|^编号"),
        ("interruption_days", r"中断天数"),
        ("last_upload_date", r"(?:最近|最后|最新)上?传?.*(?:日期|时间)"),
        ("tables_uploaded", r"表数|表的?数量"),
        ("completeness_pct", r"完整率"),
        ("rows_uploaded", r"数据量|条数"),
        ("hospital", r"医院|机构"),
        ("district", r"地区|县区|区县|所属"),
        ("remark", r"备注|说明"),
        ("tier", r"梯队"),
        ("score", r"得分|积分|分数"),
        ("rank", r"名次|排名"),
    )
)
COLUMNS_ZH: Mapping[str, str] = {
    "seq": "序号",
    "district": "地区",
    "hospital": "医院名称",
    "tables_uploaded": "上传表数量",
    "completeness_pct": "数据完整率",
    "rows_uploaded": "已上传数据量",
    "interruption_days": "上传中断天数",
    "last_upload_date": "最近上传日期",
    "remark": "备注",
    "tier": "梯队",
    "score": "得分",
    "rank": "名次",
}
UNITS_ZH: Mapping[str, str] = {
    "tables_uploaded": " 张",
    "completeness_pct": "%",
    "rows_uploaded": " 条",
    "interruption_days": " 天",
}
BLANK = frozenset(("", "-", "--", "/", "无"))
_TIERS = {sign: place % 4 + 1 for place, sign in enumerate("一二三四1234")}
_DAY = re.compile(DAY)
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")


def column_of(titles: Iterable[str]) -> str | None:
    """The column that a header means: its titles from the deepest row upwards. None: none that is known."""
    for title in titles:
        for column, pattern in _WORDINGS:
            if pattern.search(title):
                return column
    return None


def parse_cell(column: str, text: str) -> object:
    """What a canonical cell says; None where it is blank.

    Raises:
        ValueError: it is nothing that the column may hold.
    """
    return None if text in BLANK else _PARSERS[column](text)


def show_cell(column: str, value: object) -> str:
    """A cell's value with its unit, as people read it."""
    if value is None:
        return "空白"
    if column == "tier":
        return f"第{'一二三四'[int(str(value)) - 1]}梯队"
    return f"{value}{UNITS_ZH.get(column, '')}"


def _whole(text: str) -> int:
    match = re.fullmatch(r"(\d+)[家张条天个名]?", _THOUSANDS.sub("", text))
    if not match:
        raise ValueError(text)
    return int(match[1])


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(_THOUSANDS.sub("", text.removesuffix("%").removesuffix("分")))
    except InvalidOperation:
        raise ValueError(text) from None


def _day(text: str) -> object:
    match = _DAY.fullmatch(text)
    day = parse_day(match, None) if match else None
    if day is None:
        raise ValueError(text)
    return day


def _tier(text: str) -> int:
    match = re.fullmatch(r"第?([一二三四1-4])(?:梯队)?", text)
    if not match:
        raise ValueError(text)
    return _TIERS[match[1]]


_PARSERS: Mapping[str, Callable[[str], object]] = {
    "seq": _whole,
    "district": str,
    "hospital": str,
    "tables_uploaded": _whole,
    "completeness_pct": _decimal,
    "rows_uploaded": _whole,
    "interruption_days": _whole,
    "last_upload_date": _day,
    "remark": str,
    "tier": _tier,
    "score": _decimal,
    "rank": _whole,
}
