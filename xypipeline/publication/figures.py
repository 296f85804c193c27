"""All figures of one quarter, as every document of the publication shows them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from duckdb import DuckDBPyConnection

from xypipeline.periods import Quarter
from xypipeline.policy.policy import Policy
from xypipeline.publication.attachment import Attachment, compose_attachment
from xypipeline.publication.overview import Overview, survey
from xypipeline.publication.standing import HospitalStanding, read_standing


@dataclass(frozen=True)
class QuarterFigures:
    """The exact standings of one quarter, with the rounded attachment and the city's sums made of them."""

    quarter: Quarter
    standings: tuple[HospitalStanding, ...]
    """One per hospital, in the attachment's order."""
    policy: Policy

    @property
    def as_of(self) -> date:
        """The cut-off day."""
        return self.standings[0].as_of

    @cached_property
    def attachment(self) -> Attachment:
        """Rounded, as published."""
        return compose_attachment(self.standings, self.policy.decimals)

    @cached_property
    def overview(self) -> Overview:
        """What the bulletin says of the city and its districts."""
        return survey(self.standings, self.policy)


def read_figures(connection: DuckDBPyConnection, quarter: Quarter, policy: Policy) -> QuarterFigures:
    """The figures of a scored quarter.

    Raises:
        PublicationError: the quarter has not been scored.
    """
    return QuarterFigures(quarter, read_standing(connection, quarter), policy)
