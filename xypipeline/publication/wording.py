"""The fixed wording of the official form: title, column titles, footnotes, and how figures are written."""

from datetime import date
from fractions import Fraction

from xypipeline.periods import Quarter
from xypipeline.publication.attachment import Attachment

TITLE = "全市公立医院与全民健康信息平台互联互通情况统计"
DEFINITIONS = (
    "上传中断天数：应上传之日（与市平台联通期间，扣除平台停机和经批准的停传日）中，"
    "未收到任何有效数据的天数；未上传数据的医院不计。",
    "已上传数据量：统计期内上传的不同记录数，重复上传不重复计数，已撤销的记录不计。",
)
_QUARTERS = {1: "一", 2: "二", 3: "三", 4: "四"}


def quarter_title(quarter: Quarter) -> str:
    """The quarter within its year: 第二季度."""
    return f"第{_QUARTERS[quarter.number]}季度"


def period_title(attachment: Attachment) -> str:
    """The quarter in words: 2023年第二季度."""
    quarter = attachment.quarter
    return f"{quarter.year}年{quarter_title(quarter)}"


def tables_title(attachment: Attachment) -> str:
    """The column of tables uploaded, with the number that is required."""
    return f"上传表数量（共{attachment.tables_required}张表）"


def continuity_title(attachment: Attachment) -> str:
    """The group of columns on continuity, with the quarter's months."""
    return f"{attachment.quarter.months_zh}数据连续性情况（天）"


def footnotes(attachment: Attachment) -> tuple[str, ...]:
    """Cut-off date, tables counted, and what an interruption is."""
    return (
        f"注：统计时间截至{day_text(attachment.as_of)}，统计上传表类别按照规定的"
        f"{attachment.tables_required}张表内容统计。",
        *DEFINITIONS,
    )


def versions(attachment: Attachment) -> str:
    """What the figures were computed with."""
    return (
        f"计算依据：数据标准 {attachment.standard_version} 版，考核口径 {attachment.policy_version} 版，"
        f"医院名册 {attachment.registry_version} 版。"
    )


def day_text(day: date) -> str:
    """A day as the bulletin writes it: 2023年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def percent_text(share: Fraction) -> str:
    """An exact share in percent, with the decimals that it needs: 60%."""
    return f"{float(100 * share):g}%"
