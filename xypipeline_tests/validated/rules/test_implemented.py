from dataclasses import replace

import polars as pl
import pytest

from xypipeline.errors import StandardError
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.rules.implemented import KINDS, RULES_OVER_GROUPS, breaches_of, implementations
from xypipeline_tests.validated.rows import conformed, table_named
from xypipeline_tests.validated.rules.verdicts import is_breach

ASK_FOR_A_VALUE = {"R06-03", "R13-02", "R34-02", "R38-02", "R46-01"}


def test_every_rule_of_one_table_is_implemented_and_nothing_else_is():
    rules = current_catalogue().rules.values()
    own = {rule.id for rule in rules if rule.kind in KINDS and rule.table_code != "*"}
    assert set(implementations(current_catalogue())) == own


def test_every_general_rule_of_one_table_is_judged_somewhere():
    catalogue = current_catalogue()
    general = {rule.id for rule in catalogue.rules.values() if rule.kind in KINDS and rule.table_code == "*"}
    judged = {rule_id for table in catalogue.tables.values() for rule_id, _ in breaches_of(table, catalogue)}
    # G08 compares with the folder, not with another table, in spite of its kind.
    assert judged == general | {"G08"} | set(implementations(catalogue))


def test_rules_across_tables_over_volume_and_over_time_are_not_implemented_yet():
    kinds = {rule.kind for rule in current_catalogue().rules.values()}
    assert kinds - set(KINDS) == {"intake", "cross_table", "volume", "timeliness"}


def test_a_rule_that_nothing_implements_is_refused():
    catalogue = current_catalogue()
    rule = replace(catalogue.rules["R28-01"], id="R28-99")
    unknown = replace(catalogue, rules={**catalogue.rules, rule.id: rule})
    with pytest.raises(StandardError, match="R28-99"):
        breaches_of(table_named("transfer_record"), unknown)


def test_a_check_names_its_rule_and_a_column_of_the_table():
    catalogue = current_catalogue()
    for table in catalogue.tables.values():
        columns = {field.code for field in table.fields}
        assert {breach.column for _, breach in breaches_of(table, catalogue)} <= columns


def test_only_rules_that_ask_for_a_value_are_broken_by_an_empty_row():
    implemented = implementations(current_catalogue())
    assert {rule for rule, breach in implemented.items() if is_breach(rule, breach, {})} == ASK_FOR_A_VALUE


def test_every_breach_is_boolean():
    catalogue = current_catalogue()
    for table in catalogue.tables.values():
        rows = conformed(table.code)
        for rule_id, breach in breaches_of(table, catalogue):
            assert rows.select(breach.expression).dtypes == [pl.Boolean], (table.code, rule_id)


def test_the_rules_that_look_at_other_rows_are_known():
    catalogue = current_catalogue()
    looking = {
        rule_id
        for table in catalogue.tables.values()
        for rule_id, breach in breaches_of(table, catalogue)
        if any(word in str(breach.expression) for word in (".over(", "first_distinct", "duplicated", "shift"))
    }
    assert looking == RULES_OVER_GROUPS | {"G07"}
