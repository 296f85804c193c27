from dataclasses import replace

import pytest

from xypipeline.errors import RehearsalError
from xypipeline.rehearsal.plan import Plan, Unrehearsed, make_plan
from xypipeline.standard.model import Catalogue
from xypipeline.standard.schemas import raw_columns
from xypipeline_tests.rehearsal.versions import OLD, TRANSFER, rule, version, with_field, with_new_field


def stored(table_code: str) -> frozenset[str]:
    """A warehouse that the standard in force has made."""
    return frozenset(raw_columns(OLD.tables[table_code])) if table_code in OLD.tables else frozenset()


def plan_of(new: Catalogue, *table_codes: str) -> Plan:
    return make_plan(OLD, new, stored, table_codes or [TRANSFER.code])


def test_a_version_that_says_the_same_leaves_nothing_to_judge() -> None:
    assert plan_of(version(), *OLD.tables) == Plan((), tuple(OLD.tables), ())


@pytest.mark.parametrize(
    ("changes", "is_alike"),
    [
        ({"title_zh": "转科说明", "note": "说明"}, True),
        ({"length": 10}, False),
        ({"required": "O"}, False),
        ({"pattern": "^X"}, False),
    ],
)
def test_only_what_is_judged_counts_as_a_change(changes: dict, is_alike: bool) -> None:
    plan = plan_of(version(with_field("transfer_purpose", **changes)))

    assert (plan.unchanged == (TRANSFER.code,)) is is_alike
    assert (len(plan.tables), plan.unrehearsed) == (int(not is_alike), ())


def test_a_field_that_is_not_stored_is_left_out_and_told() -> None:
    plan = plan_of(version(with_new_field("escort_name", required="M")))

    assert plan == Plan(
        (), (TRANSFER.code,), (Unrehearsed("transfer_record.escort_name", "陪护人：未存，不能演练"),)
    )


def test_a_table_that_came_or_went_cannot_be_rehearsed() -> None:
    new = version(replace(TRANSFER, code="bed", title_zh="床位"), without=("department",))

    assert plan_of(new, "bed", "department") == Plan(
        (),
        (),
        (
            Unrehearsed("bed", "新增的表：没有存下的行，不能演练"),
            Unrehearsed("department", "新版没有这张表：生效后上传的文件将被拒收"),
        ),
    )


def test_a_table_whose_new_key_is_not_stored_cannot_be_rehearsed() -> None:
    table = replace(with_new_field("escort_id"), primary_key=("org_code", "escort_id"))

    assert plan_of(version(table)) == Plan(
        (),
        (),
        (
            Unrehearsed("transfer_record.escort_id", "陪护人：未存，不能演练"),
            Unrehearsed("transfer_record", "主键或业务日期未存，整张表不能演练"),
        ),
    )


def test_rules_that_stored_rows_cannot_show_are_told() -> None:
    own = next(one for one in OLD.rules_of(TRANSFER) if one.table_code == TRANSFER.code)
    across = next(one for one in OLD.rules.values() if one.kind == "cross_table" and one.table_code != "*")
    new = version(
        rules=(rule("R28-90"), rule("R28-91", kind="volume"), rule(across.id, expression="另有规定"))
    )

    assert set(plan_of(new).unrehearsed) == {
        Unrehearsed("R28-90", "新规则：程序尚未实现，不能演练"),
        Unrehearsed("R28-91", "新规则：跨行规则，不能演练"),
        Unrehearsed(across.id, f"{across.title_zh}：跨行规则，不能演练"),
    }
    if own.kind in ("row", "cross_field"):
        changed = plan_of(version(rules=(rule(own.id, expression="另有规定"),)))
        assert changed.unrehearsed == (
            Unrehearsed(own.id, f"{own.title_zh}：内容已改，演练仍按程序现有的实现"),
        )


def test_a_rule_that_becomes_fatal_is_judged_anew() -> None:
    assert len(plan_of(version(rules=(rule("G06", fatal_on=frozenset({"row"})),))).tables) == 1


def test_a_version_without_a_general_rule_is_refused() -> None:
    new = version()
    lacking = replace(new, rules={rule_id: one for rule_id, one in new.rules.items() if rule_id != "G05"})

    with pytest.raises(RehearsalError, match=r"2024.1: rules.csv lacks G05"):
        plan_of(lacking)
