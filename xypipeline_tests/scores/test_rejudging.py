from dataclasses import replace
from datetime import date
from decimal import Decimal

from xypipeline.policy.policy import load_policy
from xypipeline.registry.model import Institution, Validity
from xypipeline.scores.figures import Figures
from xypipeline.scores.judgement import Hospital, stand_hospitals
from xypipeline.scores.rejudging import Verdict, rejudge

POLICY = load_policy(2023)
VERSIONS = {
    "period": "2023Q2",
    "as_of": date(2023, 6, 30),
    "standard_version": "1",
    "policy_version": "1",
    "registry_version": "1",
}


class Row:
    """A stored standing, with the attributes of its columns."""

    def __init__(self, columns: dict[str, object]) -> None:
        self.__dict__ |= columns


def hospital(seq: int, platform: str | None, tables: int, rows: int, interruptions: int | None) -> Hospital:
    last = date(2023, 6, 29) if tables else None
    return Hospital(
        Institution(
            seq, f"H{seq}", f"医院{seq}", "市直", "4115", "general", None, Validity(date(2023, 1, 1), None)
        ),
        platform,
        91,
        Figures(tables, rows, 80, rows, rows, interruptions, interruptions, last, 1 if tables else None),
    )


HOSPITALS = [
    hospital(1, "city", 20, 1000, 5),
    hospital(2, "city", 20, 1000, 4),
    hospital(3, "city", 30, 10, 5),
    hospital(4, "city", 0, 0, None),
    hospital(5, "province", 0, 0, None),
    hospital(6, None, 0, 0, None),
    hospital(7, "city", 20, 1000, 5),
]


def test_the_stored_figures_judged_anew_give_the_stored_verdicts() -> None:
    stored = stand_hospitals(HOSPITALS, 51, POLICY, VERSIONS).to_dicts()

    assert rejudge([Row(one) for one in stored], 51, POLICY.weights) == {
        one["org_code"]: Verdict(one["score"], one["rank"]) for one in stored
    }


def test_other_weights_give_other_scores() -> None:
    stored = [Row(one) for one in stand_hospitals(HOSPITALS, 51, POLICY, VERSIONS).to_dicts()]
    weights = replace(POLICY.weights, completeness=Decimal(0))

    assert rejudge(stored, 51, weights)["H3"] == Verdict(Decimal("13.470806750845547"), 4)


def test_where_nothing_was_uploaded_nobody_is_scored() -> None:
    stored = stand_hospitals(HOSPITALS[3:6], 51, POLICY, VERSIONS).to_dicts()

    assert set(rejudge([Row(one) for one in stored], 51, POLICY.weights).values()) == {Verdict(None, None)}
