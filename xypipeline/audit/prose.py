"""Takes a paragraph apart into statements; every number and every name in it ends in one of them."""

import re
from collections.abc import Iterator

from xypipeline.audit.canonical import canonical, parse_count
from xypipeline.audit.document import Line
from xypipeline.audit.grouping import group_of_list
from xypipeline.audit.names import FoundList, NameBook
from xypipeline.audit.numbers import read_numbers
from xypipeline.audit.spans import Spans
from xypipeline.audit.statements import Group, NameList, Statement, Topic

_REMARK = re.compile(r"(?P<number>\d[\d,]*)(?P<unit>天|张|条)")
_STRAY_REMARK = re.compile(rf"(?P<name>[^、，：。；]{{0,30}})（{_REMARK.pattern}）")
_COLUMN_OF = {"天": "interruption_days", "张": "tables_uploaded", "条": "rows_uploaded"}
# Lists that say of themselves that they are empty; for None the words around tell whose.
_EMPTY = (
    (re.compile(r"第[一二三四]梯队(?:（[^（）]*）)?[，：]?(?:暂)?(?:无|没有)(?=[，。；]|医院)"), None),
    (re.compile(r"部分.{0,6}中断(?:（[^（）]*）)?：无"), Group.PARTLY),
    (re.compile(r"完全.{0,6}中断(?:（[^（）]*）)?：无"), Group.WHOLLY),
    (re.compile(r"(?:没有|无)医院数据上传良好"), Group.GOOD),
    (re.compile(r"(?:医院|机构)(?:均|都|全部)(?:已)?(?:实现|完成)(?:互联互通|接入)"), Group.UNCONNECTED),
)
# Where a sentence must name a hospital: what stands there is its name, misspelled or left out.
_NAMING = re.compile(
    r"医院为(?P<one>[^、，。；]{0,30})(?=。)|[家位]（(?P<two>[^、，。；（）]{0,30})）"
    r"|其中(?P<three>[^、，。；]{0,30}?)(?=上传[^，。；]{0,12}严重缺失)"
)
_MOST = re.compile(
    r"(?P<most>绝?大多数|大部分|多数|过半|半数以上)[^，。；]{0,6}(?:持续上传|上传[^，。；]{0,6}良好)"
)
_SURROUNDINGS = 12


def read_prose(line: Line, book: NameBook) -> list[Statement]:
    """The statements of one paragraph, in their order.

    Args:
        line: prose, or a table's title cell.
        book: the names of hospitals that are known.
    """
    text = book.hide(canonical(line.text))
    spans = Spans(text)
    lists = list(_lists(text, book, spans, line.where))
    placed = [
        *lists,
        *_nameless_lists(text, book, {start for start, _ in lists}, line.where),
        *_stray_remarks(text, book, spans, line.where),
        *_empty_lists(text, line.where),
        *_majorities(text, line.where),
        *read_numbers(text, spans, line.where),
    ]
    placed += [
        (found.start(), _left_over(book.show(_around(text, found)), found[0], line.where))
        for found in spans.left_over()
    ]
    return [statement for _, statement in sorted(placed, key=lambda item: item[0])]


def _lists(text: str, book: NameBook, spans: Spans, where: str) -> Iterator[tuple[int, Statement]]:
    for found in book.find_lists(text):
        group = group_of_list(text, found.start, found.end)
        spans.take([(found.names_end, found.end)])
        yield found.start, _name_list(found, group, where)
        for item in found.items:
            for remark in _REMARK.finditer(item.remark or ""):
                value = int(parse_count(remark["number"]))
                about = (item.name, _COLUMN_OF[remark["unit"]])
                yield found.start, Statement(Topic.HOSPITAL, about, value, remark[0], where)
        _take_remarks(text, found, spans)


def _take_remarks(text: str, found: FoundList, spans: Spans) -> None:
    for bracket in re.finditer(r"（[^（）]*）", text[found.start : found.names_end]):
        for remark in _REMARK.finditer(bracket[0]):
            offset = found.start + bracket.start()
            spans.take([(offset + remark.start(), offset + remark.end())])


def _stray_remarks(text: str, book: NameBook, spans: Spans, where: str) -> Iterator[tuple[int, Statement]]:
    """Figures in brackets behind what is no name: it is misspelled beyond recognition, or left out."""
    for found in _STRAY_REMARK.finditer(text):
        if spans.take([found.span("number")]):
            about = (book.show(found["name"]), _COLUMN_OF[found["unit"]])
            value = int(parse_count(found["number"]))
            yield found.start(), Statement(Topic.HOSPITAL, about, value, found[0], where)


def _name_list(found: FoundList, group: Group, where: str) -> Statement:
    names = NameList(tuple(item.name for item in found.items), found.size)
    size = f"{found.size} 所：" if found.size is not None else ""
    return Statement(Topic.NAMES, group, names, size + "、".join(names.names), where)


def _nameless_lists(
    text: str, book: NameBook, starts: set[int], where: str
) -> Iterator[tuple[int, Statement]]:
    for found in _NAMING.finditer(text):
        start, end = found.span(found.lastgroup or 0)
        name = book.show(text[start:end])
        is_told = any(start <= place < end for place in starts)
        if not is_told and (not name or book.closest(name)):
            names = NameList((name,) if name else (), None)
            yield start, Statement(Topic.NAMES, group_of_list(text, start, end), names, name or "空白", where)


def _empty_lists(text: str, where: str) -> Iterator[tuple[int, Statement]]:
    for pattern, group in _EMPTY:
        for found in pattern.finditer(text):
            about = group or group_of_list(text, found.end(), found.end())
            yield found.start(), Statement(Topic.NAMES, about, NameList((), None), "无", where)


def _majorities(text: str, where: str) -> Iterator[tuple[int, Statement]]:
    for found in _MOST.finditer(text):
        yield found.start(), Statement(Topic.MOST, Group.GOOD, found["most"], found[0], where)


def _left_over(surroundings: str, number: str, where: str) -> Statement:
    return Statement(Topic.UNKNOWN_NUMBER, surroundings, number, number, where)


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - _SURROUNDINGS) : found.end() + _SURROUNDINGS]
