"""The suites: what must hold before a quarter is published, as Great Expectations states it.

Each expectation carries in `notes` what it says, and in `meta["tells"]` how a line that breaks it is told;
both in Chinese.
"""

from collections.abc import Iterator

from xypipeline.publication.acceptance.engine import Column, gx, gxe
from xypipeline.publication.acceptance.frames import DUE, PUBLISHED
from xypipeline.publication.acceptance.material import Material
from xypipeline.publication.acceptance.titles import TITLES
from xypipeline.publication.acceptance.verdict import SUITES

Expectation = gxe.Expectation
# A spreadsheet takes a text that begins so for a formula.
_FORMULA = r"^[=+\-@\t\r]"
_CRITICAL = "critical"
_LEDGER, _JUDGED = "台账合计", "按台账应为"
_SOURCES = {
    _LEDGER: "台账合计",
    _JUDGED: "按台账重算的结果",
    "台账为": "台账",
    "名册为": "名册",
    "数据标准为": "数据标准",
    "现行": "现行版本",
    "其他医院为": "其他医院",
}
# What a figure is held against, by figure.
_COUNTED = {
    "platform": "名册为",
    "tables_required": "数据标准为",
    "tables_applicable": "名册为",
    "tables_uploaded": _LEDGER,
    "rows_uploaded": _LEDGER,
    "rows_accepted": _LEDGER,
    "rows_qualified": _LEDGER,
    "upload_days": _LEDGER,
    "expected_days": "名册为",
    "interruption_days": _LEDGER,
    "last_upload_date": "台账为",
}
_VERDICTS = ("tier", "is_severely_missing", "is_good_continuity", "score", "rank", "remark")
_PUBLISHED = (
    *("tables_uploaded", "completeness_pct", "rows_uploaded", "interruption_days", "last_upload_date"),
    *("qualified_pct", "tier", "score", "rank", "remark"),
)


def suites_of(material: Material) -> dict[str, gx.ExpectationSuite]:
    """Every suite by its name in `SUITES`."""
    expectations = {
        "registered_once": _roll(),
        "within_bounds": _bounds(material),
        "agrees_with_ledger": (_equal(name, due) for name, due in _COUNTED.items()),
        "judged_by_policy": (_equal(name, _JUDGED) for name in _VERDICTS),
        "attachment_agrees": (_equal(name, _COUNTED.get(name, _JUDGED), PUBLISHED) for name in _PUBLISHED),
        "no_unexplained_fall": _falls(),
    }
    return {
        name: gx.ExpectationSuite(name=title, expectations=list(expectations[name]))
        for name, title in SUITES.items()
    }


def _roll() -> Iterator[Expectation]:
    yield _equal("lines", "名册为")
    for name in ("seq", "hospital", "district"):
        yield _equal(name, "名册为", ignore="either_value_is_missing")


def _bounds(material: Material) -> Iterator[Expectation]:
    yield _equal("as_of", "其他医院为")
    for name in ("standard_version", "policy_version", "registry_version"):
        yield _equal(name, "现行", whose="全市")
    for name in ("hospital", "district", "org_code", "remark"):
        yield _harmless(name)
    for name, maximum in (
        *((name, 100) for name in ("completeness_pct", "applicable_completeness_pct", "qualified_pct")),
        ("score", material.full_score),
    ):
        yield _between(PUBLISHED + name, TITLES[name], maximum)
    for lesser, greater in (
        ("tables_uploaded", "tables_required"),
        ("tables_uploaded", "tables_applicable"),
        ("tables_applicable", "tables_required"),
        ("tables_uploaded", "rows_uploaded"),
        ("rows_uploaded", "rows_accepted"),
        ("rows_qualified", "rows_accepted"),
        ("upload_days", "days"),
        ("expected_days", "days"),
        ("least_interruption_days", "interruption_days"),
        ("interruption_days", "expected_days"),
        ("first_day", "last_upload_date"),
        ("last_upload_date", "as_of"),
    ):
        yield _at_most(lesser, greater)


def _falls() -> Iterator[Expectation]:
    yield gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="now",
        column_B="published",
        or_equal=True,
        row_condition=Column("is_explained") == False,  # noqa: E712 - an expression, not a comparison
        severity=_CRITICAL,
        notes="已公布的数字减少，须有更正说明其原因",
        meta={"tells": "{name} {title} {now}，已公布 {published}：查不到减少的原因"},
    )


def _equal(
    name: str, due: str, prefix: str = "", whose: str = "{name}", ignore: str = "both_values_are_missing"
) -> Expectation:
    found, wanted = prefix + name, DUE + prefix + name
    return gxe.ExpectColumnPairValuesToBeEqual(
        column_A=found,
        column_B=wanted,
        ignore_row_if=ignore,
        severity=_CRITICAL,
        notes=f"{TITLES[name]}与{_SOURCES[due]}一致",
        meta={"tells": f"{whose} {TITLES[name]} {{{found}}}，{due} {{{wanted}}}"},
    )


def _at_most(lesser: str, greater: str) -> Expectation:
    return gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A=greater,
        column_B=lesser,
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        severity=_CRITICAL,
        notes=f"{TITLES[lesser]}不超过{TITLES[greater]}",
        meta={"tells": f"{{name}} {TITLES[lesser]} {{{lesser}}}，超过{TITLES[greater]} {{{greater}}}"},
    )


def _between(column: str, title: str, maximum: object) -> Expectation:
    return gxe.ExpectColumnValuesToBeBetween(
        column=column,
        min_value=0,
        max_value=float(maximum),
        severity=_CRITICAL,
        notes=f"{title}在 0 至 {maximum} 之间",
        meta={"tells": f"{{name}} {title} {{{column}}}，应在 0 至 {maximum} 之间"},
    )


def _harmless(name: str) -> Expectation:
    title = TITLES.get(name, "机构代码")
    return gxe.ExpectColumnValuesToNotMatchRegex(
        column=name,
        regex=_FORMULA,
        severity=_CRITICAL,
        notes=f"{title}不以表格公式的符号开头",
        meta={"tells": f"{{name}} {title} {{{name}}}，以表格公式的符号开头"},
    )
