"""What scorecards say beside their figures, and which of a workbook's rows a page shows."""

from collections.abc import Iterator, Mapping, Sequence

from xypipeline.publication.scorecards.sheet import Cell, Sheet

DEFINITIONS = (
    "合格率：合格行占有效行的百分比。通过率：通过的规则占通过与未通过之和的百分比；"
    "不适用、无数据、无法判定只列数，不计入通过率。",
    "不适用：有未开展登记（附依据、有期限）的表，且没有收到任何行；没有上传不等于不适用，到期的登记不再生效。无数据：判定该规则所需的表没有有效数据。"
    "无法判定：平台未能完成计算，与医院无关。",
    "编码字段：有效代码、其他（其他类代码）、不详（不详、未知、未说明、不明类代码）、"
    "无效代码（不在值域内）、空缺，合计为有效行。",
    "及时性：每日表看应上传之日的业务，次日24时前到达为按时；发生时上传的表看有业务之日，3日内到达为按时；"
    "每周表看自然周，字典看自然月，期内到达为按时。以该日业务首次到达为准，"
    "截止日尚未到期的不计；按时、迟到、缺失合计100%。",
    "上传状态（每日表）：正常，截止日应上传之日已到；延迟，连续缺传天数未超过口径规定，或最后一次上传的业务数据过旧；"
    "中断，连续缺传超过规定；从未接入，截至截止日从未收到有效数据；未开展，有未开展登记。",
    "近7天：截至统计截止日的7天内上传的数据中发现的问题；变化：与此前7天相比，增加为正。"
    "孤立记录：所引用的上级记录不存在（G14）。占位值：仅用于填空的值（G02）。迟到记录：G24、G25。",
)
_TILES: Mapping[str, str] = {
    "合格率(%)": "合格率(%)",
    "通过率(%)": "规则通过率(%)",
    "未通过": "未通过规则",
    "无数据": "无数据规则",
    "无法判定": "无法判定规则",
    "问题数": "问题数",
    "近7天": "近7天问题",
    "变化": "较前7天",
    "占位值": "占位值",
    "孤立记录": "孤立记录",
}
_SETTLED = {"通过", "不适用", "无数据"}
_ONLY: Mapping[str, str] = {
    "规则": "只列出未通过和无法判定的规则，全部规则见表格文件。",
    "编码字段": "只列出有其他、不详、无效代码或空缺的字段，全部字段见表格文件。",
    "问题": "只列出最多的 {shown} 项，全部见表格文件。",
}
FINDINGS_SHOWN = 100
_LEFT_OUT: Mapping[str, Sequence[str]] = {
    "总览": ("类别", "合格行", "前7天"),
    "医院": ("合格行", "前7天"),
    "编码字段": ("值域", "其他(%)", "不详(%)", "无效代码(%)", "空缺(%)"),
}


def tiles(overview: Sheet) -> Mapping[str, Cell]:
    """The figures at the head of a page, by label: those of all tables together."""
    titles = [column.title for column in overview.columns]
    return {label: overview.rows[0][titles.index(title)] for title, label in _TILES.items()}


def shown_on_page(sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """The sheets with the rows that somebody has to act on, as wide as a page."""
    for sheet in sheets:
        titles = [column.title for column in sheet.columns]
        shown = sheet
        if sheet.title == "规则":
            rows = [row for row in sheet.rows if _is_unsettled(dict(zip(titles, row, strict=True)))]
            shown = sheet.of(rows, sheet.note + _ONLY["规则"])
        elif sheet.title == "编码字段":
            rows = [row for row in sheet.rows if row[titles.index("有效代码")] < row[titles.index("有效行")]]
            shown = sheet.of(rows, _ONLY["编码字段"])
        elif sheet.title == "问题" and len(sheet.rows) > FINDINGS_SHOWN:
            shown = sheet.of(sheet.rows[:FINDINGS_SHOWN], _ONLY["问题"].format(shown=FINDINGS_SHOWN))
        yield shown.without(*_LEFT_OUT.get(sheet.title, ()))


def _is_unsettled(row: Mapping[str, Cell]) -> bool:
    if "状态" in row:
        return row["状态"] not in _SETTLED
    return bool(row["未通过"] or row["无法判定"])
