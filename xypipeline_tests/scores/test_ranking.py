from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.scores.ranking import RankBasis, rank_hospitals


def basis(
    score: int | None, tables: int = 3, rows: int = 30, days: int | None = 5, last: int | None = 20
) -> RankBasis:
    return RankBasis(
        score=None if score is None else Decimal(score),
        tables_uploaded=tables,
        rows_uploaded=rows,
        interruption_days=days,
        last_upload_date=None if last is None else date(2023, 6, last),
    )


bases = st.builds(
    basis,
    score=st.one_of(st.none(), st.integers(0, 3)),
    tables=st.integers(0, 2),
    rows=st.integers(0, 2),
    days=st.one_of(st.none(), st.integers(0, 2)),
    last=st.one_of(st.none(), st.integers(1, 3)),
)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(basis(2, tables=1), basis(1, tables=9), id="score first"),
        pytest.param(basis(1, tables=4, rows=1), basis(1, rows=99), id="then tables"),
        pytest.param(basis(1, rows=31, days=9), basis(1, days=0), id="then rows"),
        pytest.param(basis(1, days=4, last=1), basis(1, last=30), id="then fewer interruptions"),
        pytest.param(basis(1, last=21), basis(1), id="then the later last upload"),
        pytest.param(basis(1, days=91), basis(1, days=None), id="unknown interruptions last"),
        pytest.param(basis(1, last=1), basis(1, last=None), id="no upload last"),
    ],
)
def test_each_figure_decides_only_between_equals(better: RankBasis, worse: RankBasis) -> None:
    assert rank_hospitals({"worse": worse, "better": better}) == {"worse": 2, "better": 1}


def test_equals_share_a_rank_and_the_next_is_counted_on() -> None:
    found = rank_hospitals({"a": basis(1), "b": basis(2), "c": basis(None), "d": basis(2), "e": basis(3)})
    assert found == {"a": 4, "b": 2, "c": None, "d": 2, "e": 1}


@given(data=st.data(), hospitals=st.dictionaries(st.integers(0, 9).map(str), bases))
def test_the_order_of_hospitals_does_not_matter(data: st.DataObject, hospitals: dict[str, RankBasis]) -> None:
    shuffled = dict(data.draw(st.permutations(list(hospitals.items()))))
    assert rank_hospitals(shuffled) == rank_hospitals(hospitals)
