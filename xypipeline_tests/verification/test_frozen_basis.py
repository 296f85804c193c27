from dataclasses import replace

import pytest

from xypipeline.errors import RegistryError
from xypipeline.policy.policy import POLICY_DIR, load_policy
from xypipeline.publication.editions.evidence import STANDING
from xypipeline.publication.editions.period_folder import PeriodFolder
from xypipeline.publication.editions.snapshot import read_snapshot
from xypipeline.verification.figures import verify_arithmetic
from xypipeline.verification.frozen_basis import complete, frozen_basis
from xypipeline_tests.publication.editions.small_quarter import QUARTER, REGISTRY, SmallQuarter

POLICY = (POLICY_DIR / "2023.toml").read_text(encoding="utf-8")
ENTRY = "A1,delivery_record,not_provided,2023-01-01,2023-12-31,许可证,李四\n"


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


def test_a_register_from_before_there_was_applicability_excused_nothing(quarter: SmallQuarter) -> None:
    quarter.run()
    quarter.publish()
    edition = PeriodFolder(quarter.folder).latest()
    frozen = edition.folder / "evidence" / "registry" / "applicability.csv"
    frozen.parent.chmod(0o755)
    frozen.unlink()

    assert frozen_basis(edition).registry == quarter.basis().registry


def test_an_empty_register_of_applicability_is_no_other_register(quarter: SmallQuarter) -> None:
    empty = quarter.basis()
    without = replace(
        empty,
        registry_files={
            name: content for name, content in empty.registry_files.items() if name != "applicability.csv"
        },
    )
    quarter.write_rule("applicability.csv", REGISTRY["applicability.csv"] + ENTRY)

    assert empty.describe() == without.describe()
    assert quarter.basis().describe()["registry"] != empty.describe()["registry"]


def test_an_edition_is_proven_again_with_the_entries_it_was_computed_with(quarter: SmallQuarter) -> None:
    quarter.write_rule("applicability.csv", REGISTRY["applicability.csv"] + ENTRY)
    quarter.deliver("A1", QUARTER.first, 3)
    quarter.run()
    quarter.publish()
    edition = PeriodFolder(quarter.folder).latest()
    (row,) = read_snapshot(edition).table(STANDING).filter(org_code="A1").to_dicts()
    assert int(row["tables_required"]) - int(row["tables_applicable"]) == 1
    assert verify_arithmetic(edition).problems == []

    quarter.write_rule("applicability.csv", REGISTRY["applicability.csv"])
    assert verify_arithmetic(edition).problems == []


def test_an_entry_about_a_table_that_the_standard_lacks_is_refused(quarter: SmallQuarter) -> None:
    quarter.write_rule(
        "applicability.csv", REGISTRY["applicability.csv"] + ENTRY.replace("delivery_record", "x")
    )

    with pytest.raises(RegistryError, match=r"applicability\.csv:2: table_code x is no table"):
        quarter.basis()
