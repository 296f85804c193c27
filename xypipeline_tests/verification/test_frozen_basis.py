from xypipeline.policy.policy import POLICY_DIR, load_policy
from xypipeline.publication.editions.period_folder import PeriodFolder
from xypipeline.verification.frozen_basis import complete, frozen_basis
from xypipeline_tests.publication.editions.small_quarter import SmallQuarter

POLICY = (POLICY_DIR / "2023.toml").read_text(encoding="utf-8")


def test_frozen_values_stand_and_what_was_unknown_then_is_taken_from_the_program() -> None:
    frozen = {"version": "old", "tiers": {"first": 60}, "forgotten": {"a": 1}}
    packaged = {"version": "new", "tiers": {"first": 70, "second": 40}, "later": {"days": 3}, "one": 1}

    assert complete(frozen, packaged) == {
        "version": "old",
        "tiers": {"first": 60, "second": 40},
        "later": {"days": 3},
        "one": 1,
    }


def test_the_basis_of_an_edition_is_what_it_was_computed_with(quarter: SmallQuarter) -> None:
    changed = POLICY.replace('"2023.1"', '"2022.9"').replace(
        "good_at_most_days = 10", "good_at_most_days = 3"
    )
    quarter.write_rule("2023.toml", changed)
    quarter.run()
    quarter.publish()
    before = quarter.basis()
    quarter.write_rule("2023.toml", POLICY)

    basis = frozen_basis(PeriodFolder(quarter.folder).latest())

    assert (basis.policy, basis.registry) == (before.policy, before.registry)
    assert basis.policy != load_policy(2023)
    assert basis.catalogue == before.catalogue
