"""pydantic, one model instance per row; repeated rows, which no model can see, are left out."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError, create_model, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from peers.checks import Check, Work
from peers.in_rows import read_rows

PACKAGES = ("pydantic", "pydantic-core")
_WIDE = ("same", "not_after")
_ERROR_TYPES = {
    "required": ["string_type"],
    "typed": ["none_required"],
    "longest": ["string_too_long"],
    "between": ["greater_than_equal", "less_than_equal"],
    "not_before": ["greater_than_equal"],
    "at_most": ["less_than_equal"],
    "among": ["among"],
    "not_on": ["not_on"],
}


def judge(rows: Path, work: Work, tell_first: Callable[[], None]) -> dict[str, int]:
    """Validate row by row and count the errors of each check."""
    model = _model(work)
    checks = {
        (check.column, error_type): check.id
        for check in work.of_kind(*_ERROR_TYPES)
        for error_type in _ERROR_TYPES[check.kind]
    }
    breaches = Counter({check.id: 0 for check in work.checks if check.kind != "unrepeated"})
    for row in read_rows(rows, work):
        try:
            model.model_validate(row)
        except ValidationError as error:
            tell_first()
            for one in error.errors(include_url=False, include_context=False, include_input=False):
                known = (one["loc"][0], one["type"])
                # Checks across columns come with their own name.
                breaches[checks.get(known, one["loc"][0])] += 1
    return breaches


def _model(work: Work) -> type:
    wide = [(check.id, check.kind, check.column, check.limits["other"]) for check in work.of_kind(*_WIDE)]

    def across(row: Any) -> Any:
        errors = [
            InitErrorDetails(type=PydanticCustomError("across", "across columns"), loc=(name,), input=None)
            for name, kind, column, other in wide
            if _is_broken(kind, getattr(row, column), getattr(row, other))
        ]
        if errors:
            raise ValidationError.from_exception_data("row", errors)
        return row

    names = {check.column for check in work.checks}
    names |= {check.limits["other"] for check in work.of_kind(*_WIDE)}
    fields = {name: (_annotation(name, work), ...) for name in sorted(names)}
    # pydantic keeps names that begin with an underscore to itself; ours have none.
    return create_model(
        "FeeDetail", __validators__={"across": model_validator(mode="after")(across)}, **fields
    )


def _is_broken(kind: str, value: Any, other: Any) -> bool:
    if value is None or other is None:
        return False
    return value != other if kind == "same" else value > other


def _annotation(name: str, work: Work) -> Any:
    own = {check.kind: check for check in work.checks if check.column == name}
    if "typed" in own:
        return None
    types = {column.code: column.type for column in work.columns}
    if "at_most" in own:
        return Annotated[float, Field(le=own["at_most"].limits["most"])] | None
    if types.get(name) == "decimal":
        return (
            Annotated[float, Field(ge=own["between"].limits["least"], le=own["between"].limits["most"])]
            | None
        )
    if types.get(name) == "datetime":
        return Annotated[datetime, *_of_moment(own)] | None
    if "required" in own or "longest" in own or name == "org_code":
        text = Annotated[str, *_of_text(own)]
        return text if "required" in own else text | None
    return datetime | None


def _of_text(own: dict[str, Check]) -> list[Any]:
    constraints: list[Any] = [Field()]
    if "longest" in own:
        constraints.append(Field(max_length=own["longest"].limits["characters"]))
    if "among" in own:
        constraints.append(AfterValidator(_refusing("among", frozenset(own["among"].limits["codes"]))))
    return constraints


def _of_moment(own: dict[str, Check]) -> list[Any]:
    constraints: list[Any] = [Field()]
    if "not_before" in own:
        constraints.append(Field(ge=datetime.fromisoformat(own["not_before"].limits["day"])))
    if "not_on" in own:
        days = frozenset(datetime.fromisoformat(day).date() for day in own["not_on"].limits["days"])
        constraints.append(AfterValidator(_refusing("not_on", days)))
    return constraints


def _refusing(kind: str, known: frozenset) -> Callable[[Any], Any]:
    def refuse(value: Any) -> Any:
        is_known = value in known if kind == "among" else value.date() not in known
        if not is_known:
            raise PydanticCustomError(kind, "refused")
        return value

    return refuse
