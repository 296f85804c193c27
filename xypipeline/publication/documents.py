"""Every document of a quarter, from one reading of the warehouse: the only place that joins them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.periods import Period
from xypipeline.policy.policy import load_policy
from xypipeline.publication.comparison.earlier import quarter_before, read_earlier
from xypipeline.publication.comparison.movement import Rejudge
from xypipeline.publication.comparison.render import render_comparison
from xypipeline.publication.details.inapplicable import read_inapplicable
from xypipeline.publication.details.model import HospitalDetail
from xypipeline.publication.details.reading import read_details
from xypipeline.publication.details.table_states import add_states
from xypipeline.publication.editions.basis import Basis
from xypipeline.publication.explain.evidence import read_all_evidence
from xypipeline.publication.explain.explain import explain_all
from xypipeline.publication.explain.model import Explanation
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.markdown import markdown_bytes
from xypipeline.publication.packs.render import render_packs
from xypipeline.publication.pages.dossier import compile_dossiers
from xypipeline.publication.pages.pictures import drawn_meanwhile
from xypipeline.publication.pages.render import render_pages
from xypipeline.publication.processes import WRITE_BULLETIN
from xypipeline.publication.rectification.render import render_rectification
from xypipeline.publication.twins import csv_bytes, json_bytes
from xypipeline.publication.workbook import workbook_bytes


@dataclass(frozen=True)
class Documents:
    """Renders all documents of a quarter."""

    basis: Basis
    office_dir: Path
    """What the commission's office adds to the bulletin."""
    rejudge: Rejudge
    """The scores' way to judge hospitals anew, for the comparison."""

    def render(self, connection: DuckDBPyConnection, figures: QuarterFigures) -> dict[str, bytes]:
        """Every document by its path in the period's folder; the same warehouse gives the same bytes.

        Raises:
            PublicationError: a document does not say what the figures say, or cannot be written.
        """
        asked = (figures, self.office_dir, self.basis.registry)
        with WRITE_BULLETIN.meanwhile(*asked) as bulletin:
            return {**self._others(connection, figures), **bulletin()}

    def _others(self, connection: DuckDBPyConnection, figures: QuarterFigures) -> dict[str, bytes]:
        earlier = read_earlier(connection, figures.quarter, load_policy)
        details = self._details(connection, figures)
        with drawn_meanwhile(details) as drawn:
            explanations = self._explanations(connection, figures)
            files = {
                **render_attachment(figures),
                **render_comparison(figures, earlier, self.rejudge),
            }
            notices = render_rectification(figures, details, self.basis.registry)
            before = quarter_before(figures.quarter, earlier)
            dossiers = compile_dossiers(figures, details, explanations, before, drawn())
        return {
            **files,
            **render_pages(figures, dossiers),
            **notices,
            **render_packs(figures, dossiers, notices),
        }

    def _details(
        self, connection: DuckDBPyConnection, figures: QuarterFigures
    ) -> Mapping[str, HospitalDetail]:
        catalogue, period = self.basis.catalogue, Period(figures.quarter.first, figures.as_of)
        inapplicable = read_inapplicable(
            connection, self.basis.registry, catalogue, period, self.basis.policy.renewal_within_days
        )
        details = read_details(connection, figures.quarter, figures.as_of, catalogue, inapplicable)
        return add_states(connection, details, self.basis.registry, period, self.basis.policy)

    def _explanations(
        self, connection: DuckDBPyConnection, figures: QuarterFigures
    ) -> Mapping[str, tuple[Explanation, ...]]:
        org_codes = [one.org_code for one in figures.standings]
        evidence = read_all_evidence(connection, figures, org_codes)
        return {
            org_code: explain_all(figures, found, self.basis.catalogue, self.basis.registry)
            for org_code, found in evidence.items()
        }


def render_attachment(figures: QuarterFigures) -> dict[str, bytes]:
    """The attachment as data, workbook and text, by name."""
    attachment, overview = figures.attachment, figures.overview
    return {
        "attachment.md": markdown_bytes(attachment, overview, figures.policy),
        "attachment.xlsx": workbook_bytes(attachment, overview),
        "attachment.csv": csv_bytes(attachment),
        "attachment.json": json_bytes(attachment),
    }
