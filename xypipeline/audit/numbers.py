"""Numbers and dates of a paragraph, each by the words around it."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from xypipeline.audit.canonical import COUNT, DAY, NUMBER, parse_count, parse_day
from xypipeline.audit.grouping import group_of_count, group_of_limit
from xypipeline.audit.spans import Spans
from xypipeline.audit.statements import Statement, Topic

Found = re.Match[str]
Build = Callable[[Found, str], Statement]
_QUARTERS = {sign: place % 4 + 1 for place, sign in enumerate("一二三四1234")}
_ANY_ORDINAL = "一二三四五六七八九十1-9"
_UNITS = {"": 1, "万": 10_000, "亿": 100_000_000}


def _simple(topic: Topic) -> Build:
    return lambda found, where: Statement(topic, None, _number(found), found[0], where)


def _number(found: Found) -> Decimal:
    return parse_count(found["n"])


def _limit(found: Found, where: str) -> Statement:
    direction = "below" if re.search("以下|不足|低于|不到", found[0]) else "least"
    group = group_of_limit(found.string, found.start())
    return Statement(Topic.CUTOFF, group, (_number(found), direction), found[0], where)


def _missing(found: Found, where: str) -> Statement:
    # 超过30张 begins with 31, 30张以上 with 30.
    over = re.search("(?<!不)(?:超过|大于|多于)", found[0])
    least = re.search("以上|至少|不少于", found[0])
    kind = "over" if over else "least" if least else "within"
    group = group_of_limit(found.string, found.start())
    return Statement(Topic.MISSING, group, (int(_number(found)), kind), found[0], where)


def _count(found: Found, where: str) -> Statement:
    group = group_of_count(found.string, found.start(), found.end())
    return Statement(Topic.COUNT, group, int(_number(found)), f"{int(_number(found))} 家", where)


def _rows(found: Found, where: str) -> Statement:
    digits = len(found["n"].partition(".")[2])
    return Statement(Topic.ROWS, None, (_number(found), digits, _UNITS[found["unit"]]), found[0], where)


def _total_points(found: Found, where: str) -> Statement:
    return Statement(Topic.POINTS, "total", _number(found), found[0], where)


def _indicator_points(found: Found, where: str) -> Statement:
    name = found["indicator"]
    about = "completeness" if "完" in name else "volume" if "量" in name else "connection"
    return Statement(Topic.POINTS, about, _number(found), found[0], where)


def _indicators(found: Found, where: str) -> Statement:
    listed = re.split("、|和|及|以及|与", re.sub("（[^（）]*）", "", found["listed"]))
    return Statement(Topic.INDICATORS, tuple(listed), int(_number(found)), found[0], where)


def _quarter(found: Found, where: str) -> Statement:
    year = int(found["year"]) if found["year"] else None
    # No year has a fifth quarter: 0 is none.
    return Statement(Topic.QUARTER, None, (year, _QUARTERS.get(found["n"], 0)), found[0], where)


def _months(found: Found, where: str) -> Statement:
    year = int(found["year"]) if found["year"] else None
    first, last = int(found["first"]), int(found["last"])
    number = (last // 3) if last == first + 2 and last % 3 == 0 and last <= 12 else 0
    return Statement(Topic.QUARTER, None, (year, number), found[0], where)


def _day(topic: Topic) -> Build:
    # Without a year it depends on the bulletin's, which is not known yet.
    def build(found: Found, where: str) -> Statement:
        day = parse_day(found, None)
        value = day or (int(found["year"] or 0), int(found["month"] or 0), int(found["day"] or 0))
        return Statement(topic, None, value, found[0], where)

    return build


def _year(topic: Topic) -> Build:
    return lambda found, where: Statement(topic, None, int(found["year"]), found[0], where)


def _text(topic: Topic) -> Build:
    return lambda found, where: Statement(topic, None, found[0], found[0], where)


_N = rf"(?P<n>{COUNT})"
_ORDINAL = rf"(?:(?P<year>\d+)年度?)?第?(?P<n>[{_ANY_ORDINAL}])季度"
_MONTHS = r"(?:(?P<year>\d+)年)?(?P<first>\d+)月?[-至到](?P<last>\d+)月份?"
# In this order: a number is understood by the first that takes it.
_RULES: tuple[tuple[str, Build | None], ...] = (
    (r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,255}", _text(Topic.CONTACT)),
    (r"https?：//[A-Za-z0-9./?=&_-]+|(?<!\d)1\d{10}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}", _text(Topic.CONTACT)),
    (r"[\u4e00-\u9fff]{2,20}〔(?P<year>\d+)〕第?(?P<n>\d+)号", _text(Topic.NUMBER)),
    (r"〔(?P<year>\d+)〕第?号", _year(Topic.NUMBER_YEAR)),
    (r"^附?(?:（?\d{1,2}）|\d{1,2}[.、]|件\d{1,2}|表\d{1,2})", None),
    (rf"截[至止](?:到|于)?{DAY}", _day(Topic.AS_OF)),
    (rf"{DAY}(?:之|以)?前", _day(Topic.DEADLINE)),
    (rf"^(?:日期：|印发)?{DAY}(?:印发)?$", _day(Topic.ISSUED)),
    (DAY, _day(Topic.DAY)),
    (r"^(?P<year>\d+)年月日$", _year(Topic.NUMBER_YEAR)),
    (_ORDINAL, _quarter),
    (_MONTHS, _months),
    (r"(?P<year>\d+)年年?(?:底|末)", _year(Topic.YEAR_END)),
    (r"(?P<year>\d+)年度?", _year(Topic.YEAR)),
    (rf"(?:接入|联通|连通|互联互通)率(?:为|是|达到?)?(?P<n>{NUMBER})%", _simple(Topic.RATE)),
    (
        rf"完整率(?:达到|达|在|为|不低于|不足|低于|不到|高于)?(?P<n>{NUMBER})%(?:（含）)?(?:以上|以下|以内)?",
        _limit,
    ),
    (
        rf"缺失(?:的|数据)*表?(?:的)?(?:数量|数)?(?:在|为)?"
        rf"(?:超过|大于|多于|不超过|不多于|至少|不少于)?{_N}张(?:以内|以上|以下)?",
        _missing,
    ),
    (rf"(?:要求|规定的?|共|全部|应上传|应传|标准)(?:的)?{_N}张(?:数据|标准|业务)*表", _simple(Topic.TABLES)),
    (rf"中断(?:天数|时间)?(?:不超过|不多于|在){_N}天(?:以内)?", _simple(Topic.GOOD_DAYS)),
    (rf"超过{_N}天未上传", _simple(Topic.GOOD_DAYS)),
    (rf"考核(?:另外|中)?的?(?P<n>{NUMBER})(?:%|分)", _total_points),
    (
        rf"(?P<indicator>联通|连通|接入|数据完[整成]性|完整性|上传数据量|数据量)（?(?:占|为)?(?P<n>{NUMBER})分",
        _indicator_points,
    ),
    (rf"考察(?P<listed>[^，。；]{{1,120}}?){_N}(?:个|项)指标", _indicators),
    (rf"分为?{_N}个?(?:梯队|档)", _simple(Topic.TIERS)),
    (r"第(?P<n>[五六七八九十5-9])(?:梯队|档)", _simple(Topic.TIER)),
    (r"第(?P<n>[一二三1-3])梯队[^，。；、]{0,20}(?:未|没有)(?:在第.季度)?上传", _simple(Topic.TIER)),
    (rf"(?:数据|上传)[^，。；]{{0,16}}?(?P<n>{NUMBER})(?P<unit>[万亿]?)条", _rows),
    (rf"{_N}[家所]", _count),
)


_COMPILED = tuple((re.compile(pattern), build) for pattern, build in _RULES)


def read_numbers(text: str, spans: Spans, where: str) -> Iterator[tuple[int, Statement]]:
    """Each number of a hidden text that a rule understands, with its place; its digits are taken."""
    for pattern, build in _COMPILED:
        for found in pattern.finditer(text):
            if _take(found, spans) and build is not None:
                yield found.start(), build(found, where)


def _take(found: Found, spans: Spans) -> bool:
    names = [
        name for name in found.groupdict() if name not in ("listed", "indicator", "unit") and found[name]
    ]
    return spans.take([found.span(name) for name in names] or [found.span()])
