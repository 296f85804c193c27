"""`xypipeline audit FILE`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xypipeline.audit.claims import Audit, Claim, Verdict
    from xypipeline.audit.published import PublishedFigures

FILE = typer.Argument(metavar="FILE", help="The bulletin: .txt, .md, .docx or .pdf.", show_default=False)
PERIOD = typer.Option(help="Hold it against our published figures of this quarter (2023Q2), too.")
AS_JSON = typer.Option("--json", help="Print every claim as JSON, for other programs.")


def audit(
    file: Annotated[Path, FILE],
    period: Annotated[str | None, PERIOD] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """List every claim of a published bulletin with its verdict: confirmed, contradicted or unsupported.

    Each claim is checked against the rest of the bulletin and the register of hospitals; with --period also
    against the quarter's published figures and the year's policy.

    Contradictions are a result, not a failure: the exit code is 0 when the audit could be made.
    """
    from xypipeline.audit.audit import audit_document
    from xypipeline.audit.reading import read_document
    from xypipeline.registry.institutions import current_registry

    document = read_document(file)
    figures = _load_figures(period) if period else None
    found = audit_document(document, figures, registry=current_registry())
    typer.echo(_json(found) if as_json else "\n".join(_report(found)))


def _load_figures(period: str) -> "PublishedFigures":
    from dataclasses import replace

    from xypipeline.audit.published import load_published
    from xypipeline.periods import Quarter
    from xypipeline.publication.bulletin.office import load_office
    from xypipeline.settings import load_settings

    settings, quarter = load_settings(), Quarter.parse(period)
    figures = load_published(settings.publication_dir / str(quarter) / "attachment.json")
    office = load_office(settings.office_dir, quarter)
    return replace(figures, number=office.number, issued_on=office.issued_on)


def _json(found: "Audit") -> str:
    import json
    from dataclasses import asdict

    return json.dumps([asdict(claim) for claim in found.claims], ensure_ascii=False, indent=2)


def _report(found: "Audit") -> "Iterator[str]":
    from xypipeline.audit.claims import VERDICTS_ZH, Verdict

    for verdict in Verdict:
        claims = found.of(verdict)
        if claims:
            yield f"{VERDICTS_ZH[verdict]}（{len(claims)} 处）"
            yield from _listed(claims, verdict)
            yield ""
    counts = "，".join(f"{VERDICTS_ZH[verdict]} {len(found.of(verdict))} 处" for verdict in Verdict)
    yield f"共核对 {len(found.claims)} 处：{counts}。"


def _listed(claims: "Sequence[Claim]", verdict: "Verdict") -> "Iterator[str]":
    from xypipeline.audit.claims import Verdict

    for number, claim in enumerate(claims, start=1):
        head = f"{number:>3}. {'、'.join(claim.places)}　{claim.subject}"
        if verdict == Verdict.CONTRADICTED:
            yield head
            yield f"     通报：{claim.stated}"
            yield f"     核对：{claim.found}"
            if claim.note:
                yield f"     说明：{claim.note}"
        else:
            reason = "；".join(filter(None, (claim.found, claim.note)))
            yield f"{head}：{claim.stated}" + (f"　［{reason}］" if reason else "")
