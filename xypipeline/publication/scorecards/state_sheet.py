"""The sheet of daily tables that no longer come, or never did: whom to call for which table."""

from xypipeline.publication.scorecards.model import Scorecard
from xypipeline.publication.scorecards.sheet import Column, Sheet, text
from xypipeline.publication.upload_state import STATES_ZH

TITLE = "上传状态"
_CITY_NOTE = "每日表，截至统计截止日；各列为医院数。"
_NOTE = "每日表，截至统计截止日。"


def state_sheet(card: Scorecard) -> Sheet:
    """Each daily table: its state and last delivery, or in the city's card hospitals by state."""
    daily = [one for one in card.tables if one.state is not None]
    if card.org_code is None:
        columns = (text("表", 20), *(Column(title, 10) for title in STATES_ZH.values()))
        rows = tuple(
            (one.table.title_zh, *(getattr(one.state.counts, state) for state in STATES_ZH)) for one in daily
        )
        return Sheet(TITLE, columns, rows, _CITY_NOTE)
    columns = (
        *(text("表", 20), text("状态", 10), text("最近上传日期", 14), text("其中最近业务日期", 18)),
        Column("连续缺传天数", 14),
    )
    rows = tuple(
        (
            one.table.title_zh,
            STATES_ZH.get(one.state.counts.only),
            one.state.last and str(one.state.last.upload_date),
            one.state.last and str(one.state.last.newest_event),
            one.state.missed_days,
        )
        for one in daily
    )
    return Sheet(TITLE, columns, rows, _NOTE)
