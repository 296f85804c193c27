"""The attachment of the bulletin: exact standings become the figures that are published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xypipeline.errors import PublicationError
from xypipeline.periods import Quarter
from xypipeline.publication.rounding import percentage, round_half_up
from xypipeline.publication.standing import HospitalStanding

# The contract of attachment.json and its twins; others read these names in this order.
COLUMNS = (
    "seq",
    "district",
    "org_code",
    "hospital",
    "tables_uploaded",
    "completeness_pct",
    "rows_uploaded",
    "interruption_days",
    "last_upload_date",
    "remark",
    "tier",
    "score",
    "rank",
)


@dataclass(frozen=True)
class AttachmentRow:
    """One hospital's figures as published; None where the bulletin leaves a blank."""

    seq: int
    district: str
    org_code: str
    hospital: str
    tables_uploaded: int | None
    completeness_pct: Decimal | None
    rows_uploaded: int | None
    interruption_days: int | None
    last_upload_date: date | None
    remark: str | None
    tier: int | None
    score: Decimal | None
    rank: int | None
    qualified_pct: Decimal | None
    """合格率, on the ranking sheet only: no column of the contract."""
    applicable_completeness_pct: Decimal | None
    """Over applicable tables, on the hospital's own pages only: no column of the contract."""


@dataclass(frozen=True)
class Attachment:
    """A quarter's attachment, with what its figures were computed with."""

    period: str
    as_of: date
    standard_version: str
    policy_version: str
    registry_version: str
    tables_required: int
    decimals: Mapping[str, int]
    """Decimals of each rounded figure, by its column."""
    rows: tuple[AttachmentRow, ...]

    @property
    def quarter(self) -> Quarter:
        """The quarter reported on."""
        return Quarter.parse(self.period)


def compose_attachment(standings: tuple[HospitalStanding, ...], decimals: Mapping[str, int]) -> Attachment:
    """Round the standings of one quarter into its attachment.

    Args:
        standings: one per hospital, in the attachment's order.
        decimals: of `completeness_pct`, `qualified_pct` and `score`.

    Raises:
        PublicationError: there is no standing to publish.
    """
    if not standings:
        raise PublicationError("There is no hospital to publish; run the quarter first.")
    head = standings[0]
    return Attachment(
        period=head.period,
        as_of=head.as_of,
        standard_version=head.standard_version,
        policy_version=head.policy_version,
        registry_version=head.registry_version,
        tables_required=head.tables_required,
        decimals=decimals,
        rows=tuple(_row(standing, decimals) for standing in standings),
    )


def _row(standing: HospitalStanding, decimals: Mapping[str, int]) -> AttachmentRow:
    uploaded = standing if standing.has_uploaded else None
    return AttachmentRow(
        seq=standing.seq,
        district=standing.district,
        org_code=standing.org_code,
        hospital=standing.hospital,
        tables_uploaded=uploaded and uploaded.tables_uploaded,
        completeness_pct=uploaded
        and percentage(uploaded.tables_uploaded, uploaded.tables_required, decimals["completeness_pct"]),
        rows_uploaded=uploaded and uploaded.rows_uploaded,
        interruption_days=uploaded and uploaded.interruption_days,
        last_upload_date=uploaded and uploaded.last_upload_date,
        remark=standing.remark,
        tier=standing.tier,
        score=None if standing.score is None else round_half_up(standing.score, decimals["score"]),
        rank=standing.rank,
        qualified_pct=uploaded
        and percentage(uploaded.rows_qualified, uploaded.rows_accepted, decimals["qualified_pct"]),
        applicable_completeness_pct=uploaded
        and percentage(uploaded.tables_uploaded, uploaded.tables_applicable, decimals["completeness_pct"]),
    )
