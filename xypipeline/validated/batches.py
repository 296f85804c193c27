"""Deliveries packed into batches of bounded size."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

# Some 2 KB a row while it is judged, and up to three batches at once; larger ones are no faster.
MOST_ROWS = 125_000


@dataclass(frozen=True)
class Delivery:
    """What one hospital delivered of a table on one day."""

    upload_date: date
    org_code: str
    rows: int


@dataclass(frozen=True)
class Share:
    """One of several parts of a delivery: `number`, from 0, of `count`."""

    number: int
    count: int


@dataclass(frozen=True)
class Batch:
    """All deliveries from the first to the last, both included, in the order of upload date and hospital."""

    first: Delivery
    last: Delivery
    rows: int
    """Of a share about as many."""
    share: Share | None = None
    """Only this much of the one delivery; rows with the same key are in the same share."""


def pack(
    deliveries: Iterable[Delivery], most_rows: int = MOST_ROWS, *, is_divisible: bool = False
) -> Iterator[Batch]:
    """Pack deliveries, ordered by upload_date and org_code, into batches of at most `most_rows` rows.

    A delivery that is larger is a batch by itself, or if it is divisible several, each with a share of it.
    """
    batch: Batch | None = None
    for delivery in deliveries:
        if batch is not None and batch.rows + delivery.rows > most_rows:
            yield from _shared_out(batch, most_rows, is_divisible=is_divisible)
            batch = None
        first, rows = (batch.first, batch.rows) if batch else (delivery, 0)
        batch = Batch(first, delivery, rows + delivery.rows)
    if batch is not None:
        yield from _shared_out(batch, most_rows, is_divisible=is_divisible)


def _shared_out(batch: Batch, most_rows: int, *, is_divisible: bool) -> Iterator[Batch]:
    count = -(-batch.rows // most_rows)
    if count == 1 or not is_divisible:
        yield batch
        return
    for number in range(count):
        yield replace(batch, rows=batch.rows // count, share=Share(number, count))
