from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.across import queries
from xypipeline.validated.across.queries import KEPT_ELSEWHERE, KINDS, RuleQuery, rule_queries


def test_every_file_is_a_rule_of_the_standard_in_the_folder_of_its_kind() -> None:
    rules = current_catalogue().rules
    found = {(path.parent.name, path.stem) for kind in KINDS for path in (queries._HERE / kind).iterdir()}

    assert {(kind, rule_id) for kind, rule_id in found if rules[rule_id].kind != kind} == set()


def test_a_rule_that_counting_keeps_has_no_query() -> None:
    assert not set(KEPT_ELSEWHERE) & {query.rule.id for query in rule_queries(current_catalogue())}


def test_a_query_needs_the_tables_that_it_reads() -> None:
    rule = current_catalogue().rules["G14"]
    text = '-- any of: lab_result, lab_bacteria_result\nfrom validated.lab_report, validated."lab_result"'

    assert RuleQuery(rule, "lab_report", text).needs == (
        frozenset({"lab_report"}),
        frozenset({"lab_result", "lab_bacteria_result"}),
    )


def test_every_rule_of_the_standard_is_implemented() -> None:
    assert queries.unimplemented(current_catalogue()) == []
