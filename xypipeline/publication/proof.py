"""Proof-reads the finished bulletin: each form is read back, and every claim held against the figures."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from xypipeline.audit.audit import UNKNOWN_NUMBER, audit_document
from xypipeline.audit.claims import Claim, Verdict
from xypipeline.audit.published import PublishedFigures, parse_published
from xypipeline.audit.reading import read_document_bytes
from xypipeline.errors import PublicationError
from xypipeline.publication.bulletin.office import OfficeSettings
from xypipeline.publication.editions.basis import Basis
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.twins import json_bytes

_FORMS = ("bulletin.md", "bulletin.docx", "bulletin.pdf")


def prove_bulletin(
    files: Mapping[str, bytes], figures: QuarterFigures, office: OfficeSettings, basis: Basis
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
    problems = [line for form in _FORMS for line in _problems(form, files[form], published, basis)]
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise PublicationError(
            f"{figures.quarter} is not published, its bulletin contradicts the figures; "
            f"correct {office.wording_path}:\n{listed}"
        )


def _problems(form: str, content: bytes, published: PublishedFigures, basis: Basis) -> Iterator[str]:
    document = read_document_bytes(form, content)
    audit = audit_document(document, published, registry=basis.registry, policy=basis.policy)
    for claim in audit.claims:
        if claim.verdict == Verdict.CONTRADICTED or _is_unaccounted(claim):
            yield _told(form, claim)


def _is_unaccounted(claim: Claim) -> bool:
    return claim.verdict == Verdict.UNSUPPORTED and claim.subject == UNKNOWN_NUMBER


def _told(form: str, claim: Claim) -> str:
    return f"{form} {'、'.join(claim.places)} {claim.subject}：通报 {claim.stated}；核对 {claim.found}"
