"""Finds hospitals in prose: names that are known, and what stands among them like a name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from xypipeline.audit.canonical import COUNT, canonical, parse_count

# Each known name is put into one character of a plane that no text uses, whatever signs the name holds.
_FIRST, _LAST = 0xF0000, 0xFFFFD
NAME = f"[{chr(_FIRST)}-{chr(_LAST)}]"
_WORD = rf"[^、，。；：（）《》“”\d%{chr(_FIRST)}-{chr(_LAST)}]"
_REMARK = r"(?:（(?P<remark>[^（）]{1,40})）)"
_ENDING = r"(?=[、（），。；]|等|和|及|上传|数据|未|部分|完全|中断|的|$)"
_UNKNOWN = rf"{_WORD}{{2,28}}?院{_ENDING}"
_AMONG = rf"{_UNKNOWN}|{_WORD}{{2,28}}?(?=、|等{COUNT}[家所])"
_BRANCH = r"(?:分院|[东西南北新老]院区?)?"
_FIRST_ITEM = re.compile(rf"(?P<name>{NAME}{_BRANCH}|{_UNKNOWN}){_REMARK}?")
# A sign at the end of a line may be lost in a PDF: two known names side by side are two items.
_NEXT_ITEM = re.compile(
    rf"(?:(?:、|以及|和|及|与)?(?P<name>{NAME}{_BRANCH})|、(?P<unknown>{_AMONG})){_REMARK}?"
)
_SIZE = re.compile(rf"(?:等|共|共计)?(?P<size>{COUNT})[家所](?:二级以上|公立|医疗)*(?:医院|机构)?")
# What may stand before a list without a sign between: 的医院为A、B.
_LEADS = "为|是|有|即|除|其中|包括|分别|对|由|含|和|及|与|在|以|被"
_LEAD = re.compile(_LEADS)
_STRAY = re.compile(rf"(?:^|[、，。；：（）]|{_LEADS})(?P<stray>(?!{_LEADS}|中){_WORD})$")
_GENERIC = re.compile(
    r"(?:公立|的|其他|其它|其余|各|所有|全部|上述|以上|该|本|辖区|部分|多数|有|级|类|综合|专科|等|市直|附属|^中|^县)"
    r"(?:公立|医)*(?:医院|保健院)$"
)
_SIMILAR = 0.7
# So many items tell whether a list is one of hospitals.
_TELLING_ITEMS = 20
# So many leading words are tried: a sentence has one or two.
_CUTS = 4


@dataclass(frozen=True)
class Item:
    """One hospital of a list."""

    name: str
    is_known: bool
    remark: str | None
    """What stands in brackets behind it."""


@dataclass(frozen=True)
class FoundList:
    """A list of hospitals, or a single one, with its place in the text."""

    items: tuple[Item, ...]
    size: int | None
    start: int
    names_end: int
    """Where the names end, and the size that the list gives of itself may follow."""
    end: int


class NameBook:
    """Hospitals by their known names; texts are searched with each name hidden in one character."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(filter(None, map(canonical, names))))
        # The longest first: 息县中医院 stands within longer names.
        ordered = sorted(self.names, key=lambda name: (-len(name), name))
        self._hidden = {name: chr(_FIRST + place) for place, name in enumerate(ordered)}
        self._shown = {sign: name for name, sign in self._hidden.items()}
        self._pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def hide(self, text: str) -> str:
        """A canonical text with each known name in one character."""
        cleaned = "".join("□" if _FIRST <= ord(char) <= _LAST else char for char in text)
        return self._pattern.sub(lambda match: self._hidden[match[0]], cleaned) if self._pattern else cleaned

    def show(self, text: str) -> str:
        """A hidden text with its names in full."""
        return "".join(self._shown.get(char, char) for char in text)

    def find_lists(self, hidden: str) -> Iterator[FoundList]:
        """Each list of hospitals in a hidden text, in order."""
        position = 0
        while first := _FIRST_ITEM.search(hidden, position):
            found = self._read_list(hidden, first)
            position = found.end
            if any(item.is_known or self._may_be_name(item.name) for item in found.items[:_TELLING_ITEMS]):
                yield found

    def closest(self, name: str) -> str | None:
        """The known name that is most like another text, if any is like it."""
        return next(iter(get_close_matches(name, self.names, n=1, cutoff=_SIMILAR)), None)

    def _read_list(self, hidden: str, first: re.Match[str]) -> FoundList:
        start, name = self._trim(hidden, first)
        items = [self._item(name, first["remark"])]
        end = first.end()
        while following := _NEXT_ITEM.match(hidden, end):
            items.append(self._item(following["name"] or following["unknown"], following["remark"]))
            end = following.end()
        size = _SIZE.match(hidden, end)
        return FoundList(
            items=tuple(items),
            size=int(parse_count(size["size"])) if size else None,
            start=start,
            names_end=end,
            end=size.end() if size else end,
        )

    def _trim(self, hidden: str, first: re.Match[str]) -> tuple[int, str]:
        """Where the list's first name begins, behind the words that lead to it; and that name."""
        name, start = first["name"], first.start("name")
        if re.match(NAME, name):
            # A single sign that leads nowhere belongs to the name: it is misspelled.
            stray = _STRAY.search(hidden[max(0, start - 4) : start])
            return (start - 1, stray["stray"] + name) if stray else (start, name)
        cuts = [0, *(lead.end() for lead in _LEAD.finditer(name))]
        # A name may itself hold such a word: the cut that leaves what is most like a known name is right.
        likely = [cut for cut in cuts[-_CUTS:] if self.closest(name[cut:])]
        cut = max(likely, key=lambda cut: self._likeness(name[cut:]), default=cuts[-1])
        return start + cut, name[cut:]

    def _likeness(self, name: str) -> float:
        return SequenceMatcher(None, name, self.closest(name) or "").ratio()

    def _item(self, name: str, remark: str | None) -> Item:
        return Item(self.show(name), name in self._shown, remark)

    def _may_be_name(self, name: str) -> bool:
        if _GENERIC.search(name) or len(name) < 4:
            return False
        return not self.names or self.closest(name) is not None
