"""The attachment and every hospital's page, by their paths in the quarter's folder."""

from collections.abc import Sequence

from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.pages.attachment_page import attachment_html
from xypipeline.publication.pages.dossier import Dossier
from xypipeline.publication.pages.hospital_page import hospital_html


def render_pages(figures: QuarterFigures, dossiers: Sequence[Dossier]) -> dict[str, bytes]:
    """attachment.html, and hospitals/<org_code>.html of each hospital; the same input gives the same bytes.

    Args:
        figures: the quarter's.
        dossiers: those of its hospitals, in its order.
    """
    attachment = figures.attachment
    pages = {
        f"hospitals/{one.row.org_code}.html": hospital_html(one, attachment, has_attachment=True)
        for one in dossiers
    }
    return {"attachment.html": attachment_html(figures, dossiers), **pages}
