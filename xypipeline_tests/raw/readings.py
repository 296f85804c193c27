from polars.testing import assert_frame_equal

from xypipeline.raw.reading import Reading


def assert_same(one: Reading, other: Reading) -> None:
    """Two readings tell the same: counts, reason, rows and defects."""
    assert (one.rows_received, one.reason, one.is_refused) == (
        other.rows_received,
        other.reason,
        other.is_refused,
    )
    assert_frame_equal(one.defects, other.defects)
    assert (one.frame is None) == (other.frame is None)
    if one.frame is not None:
        assert_frame_equal(one.frame, other.frame)
