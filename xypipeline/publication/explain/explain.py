"""Explains any figure of the attachment: the definition, and what the hospital's own numbers make of it."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from xypipeline.errors import PublicationError
from xypipeline.publication.explain.case import Case, Working
from xypipeline.publication.explain.continuity import explain_interruptions, explain_last_upload
from xypipeline.publication.explain.evidence import Evidence
from xypipeline.publication.explain.judgement import explain_remark, explain_tier
from xypipeline.publication.explain.model import Explanation
from xypipeline.publication.explain.quality import explain_qualified
from xypipeline.publication.explain.ranking import explain_rank
from xypipeline.publication.explain.scoring import explain_score
from xypipeline.publication.explain.uploads import (
    explain_applicable_completeness,
    explain_completeness,
    explain_rows,
    explain_tables,
)
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.wording import versions
from xypipeline.registry.model import Registry
from xypipeline.standard.model import Catalogue

_WORKINGS: Mapping[str, Callable[[Case], Working]] = {
    "tables_uploaded": explain_tables,
    "completeness_pct": explain_completeness,
    "applicable_completeness_pct": explain_applicable_completeness,
    "rows_uploaded": explain_rows,
    "interruption_days": explain_interruptions,
    "last_upload_date": explain_last_upload,
    "remark": explain_remark,
    "tier": explain_tier,
    "score": explain_score,
    "rank": explain_rank,
    "qualified_pct": explain_qualified,
}
# The columns that can be explained, in the attachment's order; what is beside a column follows it.
EXPLAINED = tuple(_WORKINGS)
_COUNTED = {
    "rows_uploaded": "records_new",
    "rows_accepted": "rows_accepted",
    "rows_qualified": "rows_qualified",
}


def explain_figure(
    figures: QuarterFigures, evidence: Evidence, catalogue: Catalogue, registry: Registry, column: str
) -> Explanation:
    """Where one figure of the evidence's hospital comes from.

    Args:
        figures: of the quarter, all hospitals.
        evidence: of the hospital.
        catalogue: for the titles of tables and rules.
        registry: for connections and exemptions.
        column: one of `EXPLAINED`.

    Raises:
        PublicationError: the column is none that can be explained.
    """
    if column not in _WORKINGS:
        raise PublicationError(f"{column} cannot be explained; these can: {', '.join(EXPLAINED)}.")
    case = Case(figures, evidence, catalogue, registry)
    return _explain(case, column)


def explain_all(
    figures: QuarterFigures, evidence: Evidence, catalogue: Catalogue, registry: Registry
) -> tuple[Explanation, ...]:
    """All figures of the evidence's hospital, in the order of `EXPLAINED`."""
    case = Case(figures, evidence, catalogue, registry)
    return tuple(_explain(case, column) for column in EXPLAINED)


def figure_titles() -> dict[str, str]:
    """The Chinese title of each column that can be explained."""
    return {column: _definitions()[column]["title"] for column in EXPLAINED}


def _explain(case: Case, column: str) -> Explanation:
    definition, working = _definitions()[column], _WORKINGS[column](case)
    value = getattr(case.row, column)
    return Explanation(
        column=column,
        title=definition["title"],
        org_code=case.standing.org_code,
        hospital=case.standing.hospital,
        value="" if value is None else str(value),
        definition=definition["definition"],
        clause=f"docs/scoring.md 第{'、'.join(map(str, definition['clauses']))}条",
        inputs=working.inputs,
        policy=working.policy,
        arithmetic=working.arithmetic,
        versions=versions(case.figures.attachment),
        notes=(*working.notes, *_other_versions(case), *_later_data(case)),
    )


def _other_versions(case: Case) -> Iterator[str]:
    standing = case.standing
    in_force = {
        "数据标准": (standing.standard_version, case.catalogue.version),
        "考核口径": (standing.policy_version, case.figures.policy.version),
        "医院名册": (standing.registry_version, case.registry.version),
    }
    for title, (then, now) in in_force.items():
        if then != now:
            yield f"评分时用的是{title} {then} 版，此处按现行的 {now} 版说明：请重新运行该季度后核对。"


def _later_data(case: Case) -> Iterator[str]:
    """Where the ledger no longer says what the figures were computed from."""
    standing, evidence = case.standing, case.evidence
    for figure, column in _COUNTED.items():
        then, now = getattr(standing, figure), evidence.total(column)
        if then != now:
            yield f"评分时 {figure} 为 {then}，现有台账合计为 {now}：评分之后数据有变，请重新运行该季度。"


@cache
def _definitions() -> Mapping[str, Mapping]:
    text = (files("xypipeline.publication.explain") / "definitions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
