"""What of a new version of the standard can be rehearsed with stored rows, and what cannot and why."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from xypipeline.errors import RehearsalError
from xypipeline.standard.field_rules import field_breaches
from xypipeline.standard.model import LINEAGE_COLUMNS, Catalogue, Field, Rule, Table
from xypipeline.standard.schemas import DECLARED_ORG_CODE, untyped_column
from xypipeline.validated.across.queries import KEPT_ELSEWHERE
from xypipeline.validated.rules.general import general_breaches
from xypipeline.validated.rules.implemented import KINDS, implementations

ORG_CODE = "org_code"


@dataclass(frozen=True)
class Unrehearsed:
    """Something of the new version that stored rows cannot show."""

    place: str
    """Table code, `table.field` or rule id."""
    reason_zh: str


@dataclass(frozen=True)
class TablePlan:
    """One table as it is judged today and as it would be, as far as stored rows allow."""

    old: Table
    old_catalogue: Catalogue
    new: Table
    """Without the fields that no row is stored of."""
    new_catalogue: Catalogue
    """Without the rules that need such fields, or that nothing implements."""


@dataclass(frozen=True)
class Plan:
    """What is to be judged twice, and what cannot be."""

    tables: tuple[TablePlan, ...]
    """Only those whose rows can be judged differently."""
    unchanged: tuple[str, ...]
    """Codes of tables that both versions judge alike."""
    unrehearsed: tuple[Unrehearsed, ...]


def make_plan(
    old: Catalogue, new: Catalogue, columns_of: Callable[[str], frozenset[str]], table_codes: Iterable[str]
) -> Plan:
    """Decide table by table what to judge.

    Args:
        old: the standard in force.
        new: the version that is rehearsed.
        columns_of: the columns that `raw.<table>` has in the warehouse, none for no such table.
        table_codes: tables of either version.

    Raises:
        RehearsalError: the new version lacks a general rule that the platform judges of every table.
    """
    _require_general_rules(new)
    tables, unchanged, notes = [], [], []
    for code in table_codes:
        if code not in new.tables:
            notes.append(Unrehearsed(code, "新版没有这张表：生效后上传的文件将被拒收"))
            continue
        reduced, reduction = _reduce(new.tables[code], new, columns_of(code))
        notes += reduction
        if reduced is None or code not in old.tables:
            continue
        plan = TablePlan(old.tables[code], old, *reduced)
        if _is_judged_alike(plan):
            unchanged.append(code)
        else:
            tables.append(plan)
    return Plan(tuple(tables), tuple(unchanged), (*notes, *_untold_rules(old, new)))


def _reduce(
    table: Table, catalogue: Catalogue, stored: frozenset[str]
) -> tuple[tuple[Table, Catalogue] | None, list[Unrehearsed]]:
    if not stored:
        return None, [Unrehearsed(table.code, "新增的表：没有存下的行，不能演练")]
    missing = [field for field in table.fields if field.code != ORG_CODE and field.code not in stored]
    notes = [
        Unrehearsed(f"{table.code}.{field.code}", f"{field.title_zh}：未存，不能演练") for field in missing
    ]
    codes = {field.code for field in missing}
    if codes & {*table.primary_key, table.event_date}:
        return None, [*notes, Unrehearsed(table.code, "主键或业务日期未存，整张表不能演练")]
    kept = replace(table, fields=tuple(field for field in table.fields if field.code not in codes))
    unfit = dict(_unfit_rules(kept, catalogue))
    notes += [Unrehearsed(rule_id, reason) for rule_id, reason in unfit.items()]
    rules = {rule_id: rule for rule_id, rule in catalogue.rules.items() if rule_id not in unfit}
    return (kept, replace(catalogue, rules=rules)), notes


def _unfit_rules(table: Table, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    known, columns = implementations(catalogue), _conformed_columns(table)
    for rule in catalogue.rules_of(table):
        if rule.table_code != table.code or rule.kind not in KINDS:
            continue
        if rule.id not in known:
            yield rule.id, f"{rule.title_zh}：程序尚未实现，不能演练"
            continue
        needed = {known[rule.id].column, *known[rule.id].expression.meta.root_names()}
        if needed - columns:
            yield rule.id, f"{rule.title_zh}：所用字段 {'、'.join(sorted(needed - columns))} 没有，不能演练"


def _conformed_columns(table: Table) -> set[str]:
    fields = {field.code for field in table.fields}
    return {*LINEAGE_COLUMNS, DECLARED_ORG_CODE, *fields, *map(untyped_column, fields)}


def _require_general_rules(catalogue: Catalogue) -> None:
    judged = {
        rule_id
        for table in catalogue.tables.values()
        for rule_id, _ in (*field_breaches(table, catalogue), *general_breaches(table))
    }
    if lacking := sorted(judged - catalogue.rules.keys()):
        raise RehearsalError(
            f"{catalogue.version}: rules.csv lacks {', '.join(lacking)}, which the platform judges of every "
            "table; add them."
        )


def _is_judged_alike(plan: TablePlan) -> bool:
    sides = ((plan.old, plan.old_catalogue), (plan.new, plan.new_catalogue))
    before, after = (_judged(table, catalogue) for table, catalogue in sides)
    return before == after


def _judged(table: Table, catalogue: Catalogue) -> tuple[object, ...]:
    """All that the judging of a row of the table rests on."""
    lists = catalogue.code_lists
    return (
        table.primary_key,
        table.event_date,
        table.is_dictionary,
        [_without_words(field) for field in table.fields],
        {name: lists[name].codes.keys() for field in table.fields if (name := field.value_domain)},
        # Rules may rest on a pattern of any domain.
        {name: one.pattern for name, one in lists.items() if one.pattern},
        {rule.id: (rule.severity, rule.fatal_on) for rule in catalogue.rules_of(table) if _is_of_row(rule)},
    )


def _without_words(field: Field) -> Field:
    return replace(field, no=0, legacy_code=None, title_zh="", data_element_id=None, note=None)


def _untold_rules(old: Catalogue, new: Catalogue) -> Iterator[Unrehearsed]:
    """Rules that came or changed, and that judging rows one by one cannot show."""
    for rule in new.rules.values():
        before = old.rules.get(rule.id)
        if rule == before:
            continue
        if not _is_of_row(rule):
            yield Unrehearsed(rule.id, f"{rule.title_zh}：跨行规则，不能演练")
        elif before and rule.expression != before.expression:
            yield Unrehearsed(rule.id, f"{rule.title_zh}：内容已改，演练仍按程序现有的实现")


def _is_of_row(rule: Rule) -> bool:
    """Whether it is judged of each row, not of rows beside each other."""
    return rule.kind in KINDS or rule.id in KEPT_ELSEWHERE
