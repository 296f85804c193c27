"""A hospital's findings gathered by rule, as its page and its notice list them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from xypipeline.publication.details.model import SEVERITIES, RuleFindings
from xypipeline.standard.model import Rule


@dataclass(frozen=True)
class FindingGroup:
    """One rule's findings of one severity, in whatever tables and columns."""

    rule: Rule
    severity: str
    places: tuple[RuleFindings, ...]
    """The most frequent first."""

    @property
    def count(self) -> int:
        """Findings in all places."""
        return sum(one.count for one in self.places)


def group_findings(findings: Sequence[RuleFindings]) -> tuple[FindingGroup, ...]:
    """One group per rule and severity: the severest first, then the most frequent."""
    ordered = sorted(findings, key=lambda one: (one.severity, one.rule.id))
    groups = [
        FindingGroup(places[0].rule, places[0].severity, places)
        for places in (tuple(found) for _, found in groupby(ordered, lambda one: (one.severity, one.rule.id)))
    ]
    return tuple(sorted(groups, key=lambda one: (SEVERITIES.index(one.severity), -one.count, one.rule.id)))
