"""Files that are read together: the files of some days, cut into batches of bounded size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xypipeline.raw.files import DELIMITED_KINDS

# How much is read before it is stored: bounds memory, yet makes few inserts.
BATCH_BYTES = 64 * 1024**2
BATCH_FILES = 2_000
# Packed files grow when read; this only steers the size of batches.
GROWTH_OF_PACKED = 8
LARGE_BYTES = 256 * 1024**2
_PACKED = (".gz", ".xlsx", ".parquet")


@dataclass(frozen=True)
class DeliveredFile:
    """A file as the ledger of arrivals names it."""

    path: str
    upload_date: date
    org_code: str
    kind: str
    bytes: int

    @property
    def weight(self) -> int:
        """About how many bytes it has when it is unpacked."""
        return self.bytes * (GROWTH_OF_PACKED if self.path.casefold().endswith(_PACKED) else 1)

    @property
    def is_large(self) -> bool:
        """Whether it is read piece by piece: it may be larger than the memory, and it has lines."""
        return self.kind in DELIMITED_KINDS and self.weight > LARGE_BYTES


def cut_batches(files: Sequence[DeliveredFile]) -> Iterator[list[DeliveredFile]]:
    """Cut files into batches, keeping their order; a file larger than a batch is one by itself."""
    batch: list[DeliveredFile] = []
    size = 0
    for file in files:
        if batch and (size + file.weight > BATCH_BYTES or len(batch) == BATCH_FILES):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += file.weight
    if batch:
        yield batch
