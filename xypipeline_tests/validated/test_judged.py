from collections import defaultdict

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.judged import JudgedRule
from xypipeline.validated.across.queries import rule_queries
from xypipeline.validated.judged import judged_rules

CATALOGUE = current_catalogue()
JUDGED = judged_rules(CATALOGUE)
BY_KEY = {(one.table_code, one.rule.id): one for one in JUDGED}


def test_every_rule_that_can_be_broken_is_judged_of_some_table() -> None:
    # G10 says how to count; no row can break it.
    assert set(CATALOGUE.rules) - {one.rule.id for one in JUDGED} == {"G10"}
    assert {(query.table_code, query.rule.id) for query in rule_queries(CATALOGUE)} <= BY_KEY.keys()
    assert len(BY_KEY) == len(JUDGED)


def test_the_rules_of_a_table_come_in_the_standards_order() -> None:
    by_table = defaultdict(list)
    for one in JUDGED:
        by_table[one.table_code].append(one.rule.id)
    order = list(CATALOGUE.rules)

    assert list(by_table) == list(CATALOGUE.tables)
    assert all(ids == sorted(ids, key=order.index) for ids in by_table.values())


def test_what_each_rule_needs() -> None:
    def rule(table_code: str, rule_id: str, *needs: set[str], needs_rows: bool = True) -> JudgedRule:
        return JudgedRule(CATALOGUE.rules[rule_id], table_code, tuple(map(frozenset, needs)), needs_rows)

    expected = [
        rule("patient_info", "G01"),
        rule("patient_info", "I01"),
        rule("patient_info", "G14", {"org_info"}),
        rule("patient_info", "G18", {"patient_info"}, needs_rows=False),
        rule("patient_info", "G27", {"declaration"}),
        rule("transfusion_record", "G20", {"declaration", "org_info"}, needs_rows=False),
        rule("transfusion_record", "R44-03", {"front_page", "patient_info"}),
    ]
    assert [BY_KEY[one.table_code, one.rule.id] for one in expected] == expected


def test_a_rule_with_nothing_to_look_at_in_a_table_is_none_of_its_rules() -> None:
    assert ("org_info", "G14") not in BY_KEY
    assert ("transfer_record", "G18") not in BY_KEY
