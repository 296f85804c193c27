"""Cerberus, one document per row; repeated rows, which no document can see, are left out."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from cerberus import Validator

from peers.checks import Check, Work
from peers.in_rows import read_rows

PACKAGES = ("cerberus",)
_WIDE = ("same", "not_after")
_RULES = {
    "required": ["nullable"],
    "typed": ["allowed"],
    "longest": ["maxlength"],
    "between": ["min", "max"],
    "not_before": ["min"],
    "at_most": ["max"],
    "among": ["allowed"],
}


def judge(rows: Path, work: Work, tell_first: Callable[[], None]) -> dict[str, int]:
    """Validate row by row and count the errors of each check."""
    validator = _validator_class(work)(_schema(work), allow_unknown=True)
    checks = {
        (check.column, rule): check.id for check in work.of_kind(*_RULES) for rule in _RULES[check.kind]
    }
    breaches = Counter({check.id: 0 for check in work.checks if check.kind != "unrepeated"})
    for row in read_rows(rows, work):
        if not validator.validate(row, normalize=False):
            tell_first()
            for error in validator._errors:  # noqa: SLF001 - the messages alone are public
                known = (error.document_path[0], error.rule)
                breaches.update([checks[known]] if known in checks else error.info)
    return breaches


def _schema(work: Work) -> dict[str, dict]:
    schema: dict[str, dict] = {}
    for check in work.checks:
        if check.kind != "unrepeated":
            rules = schema.setdefault(check.column, {"nullable": True})
            _add_rule(rules, check)
    return schema


def _add_rule(rules: dict[str, Any], check: Check) -> None:
    limits = check.limits
    match check.kind:
        case "required":
            rules["nullable"] = False
        case "longest":
            rules["maxlength"] = limits["characters"]
        case "between":
            rules |= {"min": limits["least"], "max": limits["most"]}
        case "not_before":
            rules["min"] = datetime.fromisoformat(limits["day"])
        case "at_most":
            rules["max"] = limits["most"]
        case "among":
            rules["allowed"] = limits["codes"]
        case "typed":
            # Nothing is allowed but an empty cell.
            rules["allowed"] = ()
        case _:
            rules.setdefault("check_with", []).append(_function(check))


def _function(check: Check) -> Callable[[str, Any, Callable], None] | str:
    # Cerberus hands over the value alone; a validator of our own sees the other columns.
    limits = check.limits
    if check.kind == "not_on":
        days = frozenset(datetime.fromisoformat(day).date() for day in limits["days"])
        return lambda field, value, error: error(field, check.id) if value and value.date() in days else None
    return check.id.replace(":", "_").replace("-", "_")


def _validator_class(work: Work) -> type[Validator]:
    members = {f"_check_with_{_function(check)}": _across(check) for check in work.of_kind(*_WIDE)}
    return type("RowValidator", (Validator,), members)


def _across(check: Check) -> Callable[[Validator, str, Any], None]:
    other_column, is_same = check.limits["other"], check.kind == "same"

    def judge_across(self: Validator, field: str, value: Any) -> None:
        other = self.document[other_column]
        if None not in (value, other) and (value != other if is_same else value > other):
            self._error(field, check.id)

    return judge_across
