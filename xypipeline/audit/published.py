"""Our own published figures, as attachment.json holds them: what a bulletin is held against."""

import json
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path

from xypipeline.errors import AuditError, PeriodError
from xypipeline.periods import Quarter
from xypipeline.standard.catalogue import installed_catalogues


@dataclass(frozen=True)
class HospitalFigures:
    """One hospital's row, of our attachment or of the bulletin's; None where it is blank."""

    hospital: str
    seq: int | None = None
    district: str | None = None
    tables_uploaded: int | None = None
    completeness_pct: Decimal | None = None
    rows_uploaded: int | None = None
    interruption_days: int | None = None
    last_upload_date: date | None = None
    remark: str | None = None
    tier: int | None = None
    score: Decimal | None = None
    rank: int | None = None


@dataclass(frozen=True)
class PublishedFigures:
    """One quarter's published figures, one row per hospital in the attachment's order."""

    quarter: Quarter
    as_of: date
    tables_required: int
    rows: tuple[HospitalFigures, ...]
    number: str | None = None
    """发文字号, where the office has set it; attachment.json has none."""
    issued_on: date | None = None
    """成文日期, likewise."""


def load_published(path: Path) -> PublishedFigures:
    """Read an attachment.json.

    Raises:
        AuditError: the quarter was not published, or the file is no attachment of ours.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        period = path.parent.name
        raise AuditError(
            f"{path} does not exist: {period} is not published; run `xypipeline run {period}` first."
        ) from error
    except OSError as error:
        raise AuditError(f"{path} cannot be read: {error.strerror or error}.") from error
    try:
        return parse_published(content)
    except AuditError as error:
        raise AuditError(f"{path}: {error}") from error


def parse_published(content: bytes) -> PublishedFigures:
    """Read the bytes of an attachment.json.

    Raises:
        AuditError: they are no attachment of ours, or name a version of the standard that is not there.
    """
    try:
        # Decimals as written: 58.82 is not the float next to it.
        found = json.loads(content, parse_float=Decimal)
        return PublishedFigures(
            quarter=Quarter.parse(found["period"]),
            as_of=date.fromisoformat(found["as_of"]),
            tables_required=_tables_required(found["standard_version"]),
            rows=tuple(_row(row) for row in found["rows"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, PeriodError) as error:
        raise AuditError(f"it is no attachment of a published quarter ({error}); publish it anew.") from error


def _tables_required(version: str) -> int:
    installed = installed_catalogues()
    if version not in installed:
        raise AuditError(f"it was computed with the standard {version!r}, which is not installed.")
    return len(installed[version].tables)


def _row(row: dict) -> HospitalFigures:
    values = {field.name: row[field.name] for field in fields(HospitalFigures)}
    for name in ("completeness_pct", "score"):
        values[name] = None if values[name] is None else Decimal(values[name])
    last = values["last_upload_date"]
    return HospitalFigures(**values | {"last_upload_date": last and date.fromisoformat(last)})
