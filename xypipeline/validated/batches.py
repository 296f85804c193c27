"""Deliveries packed into batches of bounded size, each of them whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

# Some 2 KB a row while it is judged; larger batches are no faster.
MOST_ROWS = 250_000


@dataclass(frozen=True)
class Delivery:
    """What one hospital delivered of a table on one day."""

    upload_date: date
    org_code: str
    rows: int


@dataclass(frozen=True)
class Batch:
    """All deliveries from the first to the last, both included, in the order of upload date and hospital."""

    first: Delivery
    last: Delivery
    rows: int


def pack(deliveries: Iterable[Delivery], most_rows: int = MOST_ROWS) -> Iterator[Batch]:
    """Pack deliveries, ordered by upload_date and org_code, into batches of at most `most_rows` rows.

    A delivery is never split: one that is larger is a batch by itself.
    """
    batch: Batch | None = None
    for delivery in deliveries:
        if batch is not None and batch.rows + delivery.rows > most_rows:
            yield batch
            batch = None
        first, rows = (batch.first, batch.rows) if batch else (delivery, 0)
        batch = Batch(first, delivery, rows + delivery.rows)
    if batch is not None:
        yield batch
