"""Writes the bulletin and proof-reads it: each form is read back, each claim held against the figures."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from xypipeline.audit.audit import UNKNOWN_NUMBER, audit_document
from xypipeline.audit.claims import Claim, Verdict
from xypipeline.audit.document import Document
from xypipeline.audit.published import PublishedFigures, parse_published
from xypipeline.audit.reading import read_document_bytes
from xypipeline.errors import PublicationError
from xypipeline.policy.policy import Policy
from xypipeline.publication.bulletin.office import OfficeSettings, load_office
from xypipeline.publication.bulletin.render import render_bulletin
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.twins import json_bytes
from xypipeline.registry.model import Registry

_FORMS = ("bulletin.md", "bulletin.docx", "bulletin.pdf")


def write_bulletin(figures: QuarterFigures, office_dir: Path, registry: Registry) -> dict[str, bytes]:
    """The bulletin in all its forms, by file name.

    Raises:
        PublicationError: the office's wording, date or fonts do not make a bulletin, or it does not say what
            the figures say.
    """
    office = load_office(office_dir, figures.quarter)
    bulletin = render_bulletin(figures, office)
    prove_bulletin(bulletin, figures, office, registry)
    return bulletin


def prove_bulletin(
    files: Mapping[str, bytes], figures: QuarterFigures, office: OfficeSettings, registry: Registry
) -> None:
    """Compare every number, name and date of the bulletin with the figures.

    A statement that contradicts them blocks, wherever it came from: an edited wording or a fault of ours. So
    does a number that nothing of the bulletin's kind accounts for, since nobody could have checked it.

    Raises:
        PublicationError: lists each such statement with its place, what it says and what the figures say.
    """
    published = replace(
        parse_published(json_bytes(figures.attachment)), number=office.number, issued_on=office.issued_on
    )
    problems = [
        f"{form} {problem}"
        for form in _FORMS
        for problem in _problems(read_document_bytes(form, files[form]), published, registry, figures.policy)
    ]
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise PublicationError(
            f"{figures.quarter} is not published, its bulletin contradicts the figures; "
            f"correct {office.wording_path}:\n{listed}"
        )


def _problems(
    document: Document, published: PublishedFigures, registry: Registry, policy: Policy
) -> Iterator[str]:
    for claim in audit_document(document, published, registry=registry, policy=policy).claims:
        if claim.verdict == Verdict.CONTRADICTED or _is_unaccounted(claim):
            yield f"{'、'.join(claim.places)} {claim.subject}：通报 {claim.stated}；核对 {claim.found}"


def _is_unaccounted(claim: Claim) -> bool:
    return claim.verdict == Verdict.UNSUPPORTED and claim.subject == UNKNOWN_NUMBER
