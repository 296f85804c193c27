from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.validated.batches import Batch, Delivery, Share, pack


def _deliveries(*rows: int) -> list[Delivery]:
    return [
        Delivery(date(2023, 4, 1 + number // 3), f"41150000{number % 3}", n) for number, n in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("rows", "batches"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([4, 6], [(0, 1, 10)], id="exactly full"),
        pytest.param([4, 7], [(0, 0, 4), (1, 1, 7)], id="one too many"),
        pytest.param([25, 1, 1], [(0, 0, 25), (1, 2, 2)], id="a large delivery is not split"),
        pytest.param([3, 3, 3, 3], [(0, 2, 9), (3, 3, 3)], id="over days"),
    ],
)
def test_deliveries_are_packed_whole(rows: list[int], batches: list[tuple]):
    deliveries = _deliveries(*rows)
    expected = [Batch(deliveries[first], deliveries[last], n) for first, last, n in batches]
    assert list(pack(deliveries, most_rows=10)) == expected


@given(st.lists(st.integers(min_value=1, max_value=30), max_size=30))
def test_every_row_is_in_one_batch_and_none_is_needlessly_large(rows: list[int]):
    batches = list(pack(_deliveries(*rows), most_rows=20))
    assert sum(batch.rows for batch in batches) == sum(rows)
    assert all(batch.rows <= 20 or batch.first == batch.last for batch in batches)


def test_a_divisible_delivery_is_shared_out():
    deliveries = _deliveries(4, 21, 10)

    assert list(pack(deliveries, most_rows=10, is_divisible=True)) == [
        Batch(deliveries[0], deliveries[0], 4),
        *(Batch(deliveries[1], deliveries[1], 7, Share(number, 3)) for number in range(3)),
        Batch(deliveries[2], deliveries[2], 10),
    ]
