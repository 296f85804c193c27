"""What a figure is explained from, and the parts of its explanation; no figure is explained here."""

from dataclasses import dataclass
from functools import cached_property

from xypipeline.publication.attachment import AttachmentRow
from xypipeline.publication.explain.evidence import Evidence
from xypipeline.publication.explain.model import FactTable, PolicyValue
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.standing import HospitalStanding
from xypipeline.registry.model import Registry
from xypipeline.standard.model import Catalogue


@dataclass(frozen=True)
class Case:
    """One hospital's quarter: its figures among those of all, and what they rest on."""

    figures: QuarterFigures
    evidence: Evidence
    catalogue: Catalogue
    registry: Registry

    @cached_property
    def standing(self) -> HospitalStanding:
        """The exact figures."""
        return next(one for one in self.figures.standings if one.org_code == self.evidence.org_code)

    @cached_property
    def row(self) -> AttachmentRow:
        """The figures as published."""
        return next(one for one in self.figures.attachment.rows if one.org_code == self.evidence.org_code)

    @cached_property
    def by_table(self) -> dict[str, Evidence]:
        """The evidence of each table, in the standard's order; tables that it has dropped since come last."""
        delivered = {one.table_code for one in self.evidence.deliveries}
        dropped = sorted(delivered - set(self.catalogue.tables))
        return {code: self.evidence.of_table(code) for code in (*self.catalogue.tables, *dropped)}

    def table_name(self, table_code: str) -> tuple[str, str]:
        """A table's number and Chinese title; no number and its code where the standard has dropped it."""
        table = self.catalogue.tables.get(table_code)
        return (str(table.no), table.title_zh) if table else ("", table_code)

    def rule_title(self, rule_id: str) -> str:
        """A rule's id and Chinese title."""
        rule = self.catalogue.rules.get(rule_id)
        return f"{rule_id} {rule.title_zh}" if rule else rule_id

    @property
    def blank(self) -> str:
        """Why a hospital without a record has no figures."""
        return f"没有任何记录，按通报规则留空，备注“{self.standing.remark}”"


@dataclass(frozen=True)
class Working:
    """The parts of an explanation that depend on the hospital."""

    inputs: tuple[FactTable, ...]
    arithmetic: tuple[str, ...]
    policy: tuple[PolicyValue, ...] = ()
    notes: tuple[str, ...] = ()
