"""Keeps hospitals that a document is not about out of it: their names and codes, wherever they stand."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from xypipeline.publication.details.model import HospitalDetail, InapplicableTable, RuleFindings
from xypipeline.publication.standing import HospitalStanding

PUT_INSTEAD = "（其他医院）"
# What the standard allows; a shorter code would be found in anything.
_SHORTEST_CODE = 9


@dataclass(frozen=True)
class Others:
    """The names and codes that must not stand in a document."""

    words: tuple[str, ...]

    def are_named_in(self, text: str) -> bool:
        """Whether one of them stands in a text."""
        return bool(self._pattern.search(text))

    def hidden(self, text: str) -> str:
        """The text with something neutral in their place."""
        return self._pattern.sub(PUT_INSTEAD, text)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.words, key=lambda word: (-len(word), word))
        # Of no words at all, an alternative that matches nowhere.
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def others_than(org_codes: Collection[str], standings: Iterable[HospitalStanding]) -> Others:
    """All hospitals of the quarter but these; a name that is part of one of theirs cannot be kept out."""
    words = {one.org_code: _words(one) for one in standings}
    own = [word for org_code in org_codes for word in words[org_code]]
    foreign = [word for org_code, known in words.items() if org_code not in org_codes for word in known]
    return Others(tuple(word for word in foreign if not any(word in known for known in own)))


def _words(standing: HospitalStanding) -> tuple[str, ...]:
    codes = (standing.org_code,) if len(standing.org_code) >= _SHORTEST_CODE else ()
    return (standing.hospital, *codes)


def without_others(detail: HospitalDetail, others: Others) -> HospitalDetail:
    """The detail with other hospitals hidden where values, file names or the register mention them."""
    return replace(
        detail,
        findings=tuple(_without(one, others) for one in detail.findings),
        refused=tuple(replace(one, path=others.hidden(one.path)) for one in detail.refused),
        inapplicable=tuple(_without_in_entry(one, others) for one in detail.inapplicable),
    )


def _without_in_entry(one: InapplicableTable, others: Others) -> InapplicableTable:
    hidden = {name: others.hidden(getattr(one.entry, name)) for name in ("evidence", "approver")}
    return replace(one, entry=replace(one.entry, **hidden))


def _without(findings: RuleFindings, others: Others) -> RuleFindings:
    examples = tuple(
        replace(
            one,
            path=others.hidden(one.path),
            value_masked=one.value_masked and others.hidden(one.value_masked),
        )
        for one in findings.examples
    )
    return replace(findings, examples=examples)
