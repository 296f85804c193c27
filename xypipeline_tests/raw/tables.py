from decimal import Decimal

from xypipeline.standard.model import Field, FieldType, Table

FIELDS: tuple[tuple[str, str | None, str, FieldType], ...] = (
    ("org_code", "YLJGDM", "医疗机构代码", "string"),
    ("visit_id", "JZLSH", "就诊流水号", "string"),
    ("visit_date", None, "就诊日期", "date"),
    ("update_time", None, "数据更新时间", "datetime"),
    ("age", None, "年龄", "int"),
    ("note", None, "备注", "string"),
)


def visit_table() -> Table:
    """A small table with a field of each type that reading treats differently."""
    return Table(
        no=1,
        code="visit",
        legacy_code="TB_VISIT",
        title_zh="就诊",
        domain="outpatient",
        domain_zh="门急诊",
        grain="每次就诊一行",
        primary_key=("org_code", "visit_id"),
        event_date="visit_date",
        expected_frequency="daily",
        expected_share=Decimal(1),
        applicability=(),
        references="",
        parents=(),
        absence_note=None,
        fields=tuple(_field(no, *names) for no, names in enumerate(FIELDS, start=1)),
    )


def _field(no: int, code: str, legacy_code: str | None, title: str, type_: FieldType) -> Field:
    return Field(
        no=no,
        code=code,
        legacy_code=legacy_code,
        title_zh=title,
        type=type_,
        length=None,
        precision=None,
        required="O",
        value_domain=None,
        list_separator=None,
        minimum=None,
        maximum=None,
        pattern=None,
        data_element_id=None,
        sensitive="none",
        note=None,
    )
