"""Every notice as a Word file and as a page, by their paths in the quarter's folder."""

from collections.abc import Mapping

from xypipeline.publication.details.model import HospitalDetail
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.pages.layout import lay_out
from xypipeline.publication.rectification.cells import FORM_ROWS
from xypipeline.publication.rectification.notice import ISSUER, TITLE, Notice, compose_notices, opening
from xypipeline.publication.rectification.sections import sections_of
from xypipeline.registry.model import Registry


def render_rectification(
    figures: QuarterFigures, details: Mapping[str, HospitalDetail], registry: Registry
) -> dict[str, bytes]:
    """rectification/<org_code>.docx and .html of each hospital that has something to put right.

    Args:
        figures: the quarter's.
        details: of each hospital of the figures, by org_code.
        registry: for the kind of each hospital, by which it is compared with others.
    """
    # Late: the Word library is slow to load, and most runs write no notice.
    from xypipeline.publication.rectification.word import blank_notice, word_bytes

    files: dict[str, bytes] = {}
    blank = blank_notice(figures.as_of)
    for notice in compose_notices(figures, details, registry):
        path = f"rectification/{notice.row.org_code}"
        files[f"{path}.docx"] = word_bytes(notice, blank)
        files[f"{path}.html"] = _page(notice)
    return files


def _page(notice: Notice) -> bytes:
    return lay_out(
        "rectification/notice.html.j2",
        heading=TITLE,
        issuer=ISSUER,
        row=notice.row,
        period=notice.period,
        as_of=notice.standing.as_of,
        opening=opening(notice),
        sections=sections_of(notice),
        form_rows=() if notice.is_connected else FORM_ROWS,
    )
