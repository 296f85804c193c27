"""Everything that a statement can be held against: the rest of the bulletin, and our own figures."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from xypipeline.audit.canonical import canonical
from xypipeline.audit.claims import Basis
from xypipeline.audit.groups import Criteria, criteria_of
from xypipeline.audit.published import HospitalFigures, PublishedFigures
from xypipeline.audit.statements import Group, NameList, Statement, Topic
from xypipeline.audit.table import StatedTable
from xypipeline.periods import FIRST_DAY, Quarter
from xypipeline.policy.policy import Policy, load_policy
from xypipeline.registry.model import Registry

# Others are misprints, beyond what a calendar knows.
_YEARS = range(2000, 9000)


@dataclass(frozen=True)
class Source:
    """Rows of hospitals that lists and counts are held against."""

    basis: Basis
    rows: tuple[HospitalFigures, ...]
    criteria: Criteria

    @cached_property
    def by_name(self) -> dict[str, HospitalFigures]:
        """The rows by hospital."""
        return {row.hospital: row for row in self.rows}


@dataclass(frozen=True)
class Evidence:
    """What is known when a bulletin's statements are judged; all names are canonical."""

    statements: tuple[Statement, ...]
    table: StatedTable
    tiers_named: frozenset[Group]
    published: PublishedFigures | None
    registry: Registry | None
    policy: Policy
    quarter: Quarter | None
    """Ours, or that which the bulletin names most often."""

    @cached_property
    def criteria(self) -> Criteria:
        """What the bulletin itself says of cut-offs; the policy where it says nothing."""
        known = criteria_of(self.policy, self.tables_required, self.as_of)
        good_days = self.stated(Topic.GOOD_DAYS, None)
        cutoffs = {group: self.stated(Topic.CUTOFF, group) for group in Group}
        shares = {group: value[0] for group, value in cutoffs.items() if value}
        return replace(
            known,
            first=_share(shares.get(Group.TIER_1), known.first),
            second=_share(shares.get(Group.TIER_2), known.second),
            severe=_share(shares.get(Group.SEVERE), known.severe if self.published else None),
            good_days=known.good_days if good_days is None else int(good_days),
        )

    @property
    def as_of(self) -> date | None:
        """The cut-off day: ours, or the bulletin's, or the quarter's last."""
        if self.published:
            return self.published.as_of
        stated = self.stated(Topic.AS_OF, None)
        if isinstance(stated, date):
            return stated
        return self.quarter.last if self.quarter else None

    @property
    def tables_required(self) -> int | None:
        """The number of tables: ours, or that which the bulletin names most often."""
        if self.published:
            return self.published.tables_required
        stated = self.stated(Topic.TABLES, None)
        return None if stated is None else int(stated)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The bulletin's attachment and our figures, as far as they are there."""
        sources = []
        if self.table.rows:
            rows = tuple(row.figures for row in self.table.rows)
            sources.append(Source(Basis.ATTACHMENT, rows, self.criteria))
        if self.published:
            ours = criteria_of(self.policy, self.published.tables_required, self.published.as_of)
            sources.append(Source(Basis.OURS, self.published.rows, ours))
        return tuple(sources)

    def source(self, basis: Basis) -> Source | None:
        """One of the sources, if it is there."""
        return next((source for source in self.sources if source.basis == basis), None)

    def stated(self, topic: Topic, about: Hashable) -> object:
        """What the bulletin says of a thing: what it says most often, and of these the first."""
        values = Counter(one.value for one in self.about(topic, about))
        return values.most_common(1)[0][0] if values else None

    def about(self, topic: Topic, about: Hashable) -> Iterator[Statement]:
        """The statements about a thing, in order."""
        return (one for one in self.statements if (one.topic, one.about) == (topic, about))

    def list_of(self, group: Group) -> NameList | None:
        """The first list of a group that names anybody, or else an empty one; None: there is none."""
        lists = [one.value for one in self.about(Topic.NAMES, group)]
        return next((found for found in lists if found.names), lists[0] if lists else None)

    def size_of(self, group: Group) -> int | None:
        """How many hospitals the bulletin counts in a group, or else names in it."""
        stated = self.stated(Topic.COUNT, group)
        listed = self.list_of(group)
        return int(stated) if stated is not None else len(listed.names) if listed else None

    def expected_silence(self, row: HospitalFigures) -> int | None:
        """Days after a hospital's last upload on which one was expected; None: the register does not tell."""
        found = self.registry and self.registry.find_institution(row.hospital)
        if not found or row.last_upload_date is None or self.as_of is None:
            return None
        days = self.registry.expected_days(found.org_code, row.last_upload_date, self.as_of)
        return sum(day > row.last_upload_date for day in days)


def gather_evidence(
    statements: Sequence[Statement],
    table: StatedTable,
    tiers_named: frozenset[Group],
    published: PublishedFigures | None,
    references: tuple[Registry | None, Policy | None],
) -> Evidence:
    """Put the evidence together; without a policy, that of the bulletin's year is taken."""
    registry, policy = references
    quarter = published.quarter if published else _most_named_quarter(statements)
    if policy is None:
        policy = load_policy(max(quarter.year, FIRST_DAY.year) if quarter else FIRST_DAY.year)
    if published:
        published = replace(published, rows=tuple(map(canonical_row, published.rows)))
    return Evidence(tuple(statements), table, tiers_named, published, registry, policy, quarter)


def canonical_row(row: HospitalFigures) -> HospitalFigures:
    """A row with its texts as the audit writes them."""
    texts = {name: getattr(row, name) for name in ("hospital", "district", "remark")}
    return replace(row, **{name: text and canonical(text) for name, text in texts.items()})


def _most_named_quarter(statements: Sequence[Statement]) -> Quarter | None:
    years: Counter[int] = Counter()
    numbers: Counter[int] = Counter()
    for one in statements:
        if one.topic == Topic.QUARTER:
            year, number = one.value
            years.update([year] if year in _YEARS else [])
            numbers.update([number] if number else [])
        elif one.topic == Topic.AS_OF and isinstance(one.value, date):
            found = Quarter.containing(one.value)
            years.update([found.year] if found.year in _YEARS else [])
            numbers.update([found.number])
    if not years or not numbers:
        return None
    return Quarter(years.most_common(1)[0][0], numbers.most_common(1)[0][0])


def _share(stated: Decimal | None, known: Fraction | None) -> Fraction | None:
    return known if stated is None else Fraction(stated) / 100
