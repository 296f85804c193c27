"""Which group of hospitals a list or a count in a sentence is about."""

import re

from xypipeline.audit.statements import TIERS, Group

_TIER = re.compile(r"第([一二三四1-4])(?:梯队|档)")
_TIER_OF = {sign: TIERS[place % 4] for place, sign in enumerate("一二三四1234")}
# Characters looked at behind and before a place; without bounds a hostile text takes forever.
_NEAR, _FAR = 200, 2000
_BRACKETS = re.compile(r"（[^（）]*）")
_NOT = r"(?:未能?|没有|尚未|从未)"
_PROVINCE = r"省(?:级|统建)*(?:全民健康信息)?平台"
# The first that fits decides; words that deny stand before those that affirm.
_WORDINGS = tuple(
    (group, re.compile(pattern))
    for group, pattern in (
        (Group.SEVERE, r"严重缺失"),
        (Group.INTERRUPTED, r"部分.{0,6}中断(?:或|和|、)(?:者)?(?:完全|全部)"),
        (Group.PARTLY, r"部分.{0,6}中断"),
        (Group.WHOLLY, r"(?:完全|全部).{0,4}中断"),
        (Group.INTERRUPTED, r"(?:经常|出现|发生).{0,6}中断"),
        (Group.UNCONNECTED, rf"{_NOT}(?:有|按期|实现|完成)*(?:互联互通|互通|接入|联通|连通|对接)"),
        (Group.PROVINCE, _PROVINCE),
        (Group.TIER_4, rf"{_NOT}(?:在?[^，。；]{{0,12}})上传"),
        (Group.GOOD, r"(?:上传|连续性)(?:情况)?(?:均|都|较|总体)*(?:良好|正常|稳定)|持续上传"),
        (Group.CITY, r"市级?(?:全民健康信息)?平台"),
        (Group.CONNECTED, r"互联互通|接入|联通|连通"),
        (Group.UPLOADING, r"上传"),
    )
)
# What is planned, or said of a part of the hospitals only, is about none of the groups.
_PARTIAL = re.compile(
    r"正在|拟|计划|即将|准备|新增|新接入|妇幼|中医|专科|综合医院|精神|三级|一级|民营|市直|市属|县|区(?!域)"
)
_ALL_AFTER = re.compile(r"^(?:二级(?:及)?以上|公立|医疗)*(?:医院|机构)(?:中|共|，|$)")
_EXCEPTED = {
    Group.CONNECTED: Group.UNCONNECTED,
    Group.CITY: Group.UNCONNECTED,
    Group.UPLOADING: Group.TIER_4,
    Group.GOOD: Group.INTERRUPTED,
}


def group_of_list(text: str, start: int, end: int) -> Group:
    """The group of the names from start to end in a hidden text."""
    sentence, before = _before(text, start)
    after = _after(text, end)
    if after.startswith("外") and before.endswith("除"):
        rest = re.split("[。；]", text[end : end + _NEAR])[0]
        return _EXCEPTED.get(_first_fit(rest, text) or Group.OTHER, Group.OTHER)
    tier = _tier_of(sentence)
    if tier and "严重缺失" not in after and "其中" not in before:
        return tier
    return _first_fit(after, text) or _first_fit(before, text) or Group.OTHER


def group_of_count(text: str, start: int, end: int) -> Group:
    """The group of a number of hospitals, whose digits and unit stand from start to end in a hidden text."""
    sentence, before = _before(text, start)
    after = re.split(r"[，。；：（）\d]", text[end : end + _NEAR], maxsplit=1)[0]
    before = re.split(r"\d+(?:家|所)|：", before)[-1]
    if _PARTIAL.search(after) or _PARTIAL.search(before):
        return Group.OTHER
    tier = _tier_of(sentence)
    if tier and "其中" not in before and "严重缺失" not in after:
        return tier
    found = _first_fit(after, text) or _first_fit(before, text)
    if found is None and _ALL_AFTER.match(_after_clause(text, end)):
        return Group.ALL
    return found or Group.OTHER


def group_of_limit(text: str, start: int) -> Group:
    """The group that a cut-off beginning at start is about: severely missing, or the tier of its sentence."""
    sentence, _ = _before(text, start)
    if "严重缺失" in re.split("[，。；]", sentence)[-1]:
        return Group.SEVERE
    return _tier_of(sentence) or Group.OTHER


def tiers_named(text: str) -> frozenset[Group]:
    """The tiers that a text names."""
    return frozenset(_TIER_OF[found] for found in _TIER.findall(text))


def _before(text: str, start: int) -> tuple[str, str]:
    """The sentence up to there, and its last clause, without closed brackets."""
    sentence = _BRACKETS.sub("", re.split("[。；]", text[max(0, start - _FAR) : start])[-1])
    return sentence, sentence.split("，")[-1]


def _after(text: str, end: int) -> str:
    return re.split("[，。；：（）]", text[end : end + _NEAR], maxsplit=1)[0]


def _after_clause(text: str, end: int) -> str:
    return re.split(r"[。；：（）\d]", text[end : end + _NEAR], maxsplit=1)[0]


def _tier_of(sentence: str) -> Group | None:
    found = _TIER.findall(sentence)
    return _TIER_OF[found[-1]] if found else None


def _first_fit(words: str, text: str) -> Group | None:
    for group, pattern in _WORDINGS:
        # Only a text that tells the platforms apart means the city's by 市平台.
        if pattern.search(words) and (group != Group.CITY or re.search(_PROVINCE, text)):
            return group
    return None
