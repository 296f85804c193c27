"""Checks published ranks against the scores that they claim to follow."""

from bisect import bisect_left
from collections.abc import Iterator

from xypipeline.publication.standing import HospitalStanding


def find_wrong_ranks(standings: tuple[HospitalStanding, ...]) -> Iterator[str]:
    """Name each hospital whose rank is not one more than the number of hospitals before it.

    Source: docs/scoring.md, clause 8.
    """
    keys = {standing.org_code: _key(standing) for standing in standings if standing.score is not None}
    ordered = sorted(keys.values())
    for standing in standings:
        key = keys.get(standing.org_code)
        expected = None if key is None else bisect_left(ordered, key) + 1
        if standing.rank != expected:
            yield f"{standing.hospital}: rank is {standing.rank}, but its score makes it {expected}."


def _key(standing: HospitalStanding) -> tuple[object, ...]:
    is_dated = standing.last_upload_date is not None
    return (
        -standing.score,
        -standing.tables_uploaded,
        -standing.rows_uploaded,
        (standing.interruption_days is None, standing.interruption_days or 0),
        (not is_dated, -standing.last_upload_date.toordinal() if is_dated else 0),
    )
