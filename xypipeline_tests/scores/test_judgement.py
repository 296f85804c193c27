from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.periods import Quarter
from xypipeline.policy.policy import load_policy
from xypipeline.registry.model import Institution, Platform, Validity
from xypipeline.scores.figures import Figures
from xypipeline.scores.judgement import Hospital, stand_hospitals
from xypipeline.standard.catalogue import current_catalogue

POLICY = load_policy(2023)
QUARTER = Quarter(2023, 2)
CATALOGUE = current_catalogue()
VERSIONS = {
    "period": "2023Q2",
    "as_of": date(2023, 6, 30),
    "standard_version": "s",
    "policy_version": "p",
    "registry_version": "r",
}
SINCE_JANUARY = Validity(date(2023, 1, 1), None)


def institution(seq: int, registered: Validity = SINCE_JANUARY) -> Institution:
    return Institution(seq, f"H{seq}", f"医院{seq}", "市直", "411500", "general", None, registered)


def hospital(seq: int, figures: Figures, platform: Platform | None = "city") -> Hospital:
    return Hospital(institution(seq), platform, 91, figures)


def uploaded(
    tables: int, rows: int, *, interruption_days: int | None = 5, qualified: int | None = None
) -> Figures:
    return Figures(
        tables_uploaded=tables,
        rows_uploaded=rows,
        upload_days=1,
        rows_accepted=rows,
        rows_qualified=rows if qualified is None else qualified,
        interruption_days=interruption_days,
        longest_gap_days=interruption_days and 1,
        last_upload_date=date(2023, 6, 30),
        days_since_last_upload=0,
    )


def stand(*hospitals: Hospital) -> pl.DataFrame:
    return stand_hospitals(hospitals, 51, POLICY, VERSIONS)


figures = st.integers(0, 51).flatmap(
    lambda tables: (
        st.just(Figures())
        if tables == 0
        else st.builds(
            uploaded, st.just(tables), st.integers(tables, 99), interruption_days=st.integers(0, 90)
        )
    )
)


def test_each_hospital_is_judged_on_its_figures() -> None:
    found = stand(
        hospital(1, uploaded(31, 999)),
        hospital(2, uploaded(5, 9, interruption_days=11)),
        hospital(3, uploaded(6, 9, interruption_days=10)),
        hospital(4, Figures()),
        hospital(5, Figures(), platform="province"),
        hospital(6, Figures(), platform=None),
    )
    columns = ["tier", "is_severely_missing", "is_good_continuity", "rank", "remark"]
    assert found.select(columns).rows() == [
        (1, False, True, 1, None),
        (3, True, False, 3, None),
        (3, False, True, 2, None),
        (4, False, None, 4, "未上传数据"),
        (None, None, None, None, "已联通省全民健康信息平台"),
        (None, None, None, 5, "未联通"),
    ]
    assert found["score"].to_list() == [
        Decimal("32.156862745098039"),
        Decimal("15.294117647058824"),
        Decimal("15.686274509803922"),
        Decimal(10),
        None,
        Decimal(0),
    ]


def test_a_hospital_on_the_province_platform_does_not_set_the_measure_for_the_others() -> None:
    largest = hospital(1, uploaded(1, 10**6), platform="province")
    assert stand(largest, hospital(2, uploaded(51, 9)))["score"].to_list() == [None, Decimal(40)]


def test_when_no_hospital_uploaded_anything_none_is_scored_and_each_remark_says_why() -> None:
    found = stand(hospital(1, Figures()), hospital(2, Figures(), platform=None))
    assert found.select("score", "rank", "remark").rows() == [
        (None, None, "未上传数据"),
        (None, None, "未联通"),
    ]


def test_no_hospital_gives_no_row() -> None:
    assert stand().is_empty()


@given(data=st.data(), others=st.lists(figures, min_size=1, max_size=5))
def test_losing_rows_or_quality_never_raises_a_score_or_a_rank(
    data: st.DataObject, others: list[Figures]
) -> None:
    rivals = [hospital(seq, item) for seq, item in enumerate(others, start=2)]
    before = data.draw(st.builds(uploaded, st.integers(1, 51), st.integers(51, 99)))
    after = replace(
        before,
        tables_uploaded=data.draw(st.integers(1, before.tables_uploaded)),
        rows_uploaded=data.draw(st.integers(51, before.rows_uploaded)),
        rows_qualified=data.draw(st.integers(0, before.rows_qualified)),
        interruption_days=before.interruption_days + data.draw(st.integers(0, 9)),
    )
    better = stand(hospital(1, before), *rivals).row(0, named=True)
    worse = stand(hospital(1, after), *rivals).row(0, named=True)
    assert worse["score"] <= better["score"]
    assert worse["rank"] >= better["rank"]


@given(hospitals=st.lists(figures, min_size=1, max_size=6))
def test_sending_nothing_never_ranks_above_sending_something(hospitals: list[Figures]) -> None:
    found = stand(*(hospital(seq, item) for seq, item in enumerate(hospitals, start=1)))
    silent = found.filter(pl.col("tables_uploaded") == 0)["rank"]
    active = found.filter(pl.col("tables_uploaded") > 0)["rank"]
    assert active.is_empty() or silent.is_empty() or active.max() < silent.min()


@given(data=st.data(), items=st.lists(figures, max_size=6))
def test_the_order_of_hospitals_does_not_matter(data: st.DataObject, items: list[Figures]) -> None:
    hospitals = [hospital(seq, item) for seq, item in enumerate(items, start=1)]
    assert stand(*data.draw(st.permutations(hospitals))).equals(stand(*hospitals))
