"""Statements: what a bulletin says, taken apart but not yet judged."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """What kind of statement it is; each has its judge."""

    COUNT = "count"
    NAMES = "names"
    RATE = "rate"
    TIERS = "tiers"
    TIER = "tier"
    """A tier beyond those that there are, or of which something is said that cannot be."""
    CUTOFF = "cutoff"
    MISSING = "missing"
    TABLES = "tables"
    QUARTER = "quarter"
    AS_OF = "as_of"
    DEADLINE = "deadline"
    ISSUED = "issued"
    DAY = "day"
    YEAR = "year"
    YEAR_END = "year_end"
    NUMBER = "number"
    NUMBER_YEAR = "number_year"
    GOOD_DAYS = "good_days"
    POINTS = "points"
    INDICATORS = "indicators"
    ROWS = "rows"
    MOST = "most"
    HOSPITAL = "hospital"
    CONTACT = "contact"
    UNKNOWN_NUMBER = "unknown_number"


class Group(StrEnum):
    """Hospitals that have something in common."""

    ALL = "all"
    CONNECTED = "connected"
    UNCONNECTED = "unconnected"
    CITY = "city"
    PROVINCE = "province"
    UPLOADING = "uploading"
    TIER_1 = "tier1"
    TIER_2 = "tier2"
    TIER_3 = "tier3"
    TIER_4 = "tier4"
    SEVERE = "severe"
    GOOD = "good"
    PARTLY = "partly"
    WHOLLY = "wholly"
    INTERRUPTED = "interrupted"
    """Partly or wholly."""
    OTHER = "other"
    """A list that the audit cannot place."""


TIERS = (Group.TIER_1, Group.TIER_2, Group.TIER_3, Group.TIER_4)

GROUPS_ZH = {
    Group.ALL: "二级以上公立医院总数",
    Group.CONNECTED: "接入（互联互通）医院",
    Group.UNCONNECTED: "未联通医院",
    Group.CITY: "接入市平台医院",
    Group.PROVINCE: "接入省平台医院",
    Group.UPLOADING: "已上传数据医院",
    Group.TIER_1: "第一梯队",
    Group.TIER_2: "第二梯队",
    Group.TIER_3: "第三梯队",
    Group.TIER_4: "第四梯队（未上传数据）",
    Group.SEVERE: "上传数据表数量严重缺失医院",
    Group.GOOD: "数据上传良好医院",
    Group.PARTLY: "部分中断医院",
    Group.WHOLLY: "完全中断医院",
    Group.INTERRUPTED: "中断医院",
    Group.OTHER: "其他名单",
}


@dataclass(frozen=True)
class NameList:
    """Hospitals named one after the other."""

    names: tuple[str, ...]
    size: int | None
    """The number that the list says of itself: 等7所医院."""


@dataclass(frozen=True)
class Statement:
    """One thing said at one place."""

    topic: Topic
    about: Hashable
    """Which one of its topic: a `Group`, a hospital and figure, or nothing."""
    value: Hashable
    stated: str
    where: str
