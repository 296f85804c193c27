import re

from hypothesis import given, settings
from hypothesis import strategies as st

from xypipeline.audit.audit import audit_document
from xypipeline.audit.claims import Audit, Verdict
from xypipeline.audit.reading import read_document_bytes
from xypipeline_tests.audit.city import BULLETIN, FIGURES, ROWS

NAMES = tuple(row.hospital for row in ROWS)
# The longest first, so that no name is found within another.
NAME_PLACES = tuple(re.finditer("|".join(map(re.escape, sorted(NAMES, key=len, reverse=True))), BULLETIN))
NUMBER_PLACES = tuple(
    found
    for found in re.finditer(r"\d+", BULLETIN)
    if not any(name.start() <= found.start() < name.end() for name in NAME_PLACES)
)
NUMERAL_PLACES = tuple(re.finditer("(?<=第)[一二三四](?=季度|梯队)|[三四](?=个)|两(?=所)", BULLETIN))


def audit_text(text: str, *, with_figures: bool = True) -> Audit:
    return audit_document(read_document_bytes("通报.txt", text.encode()), FIGURES if with_figures else None)


def altered(place: re.Match[str], new: str) -> str:
    return BULLETIN[: place.start()] + new + BULLETIN[place.end() :]


def assert_is_found(place: re.Match[str], new: str) -> None:
    around = BULLETIN[max(0, place.start() - 20) : place.end() + 10]
    assert audit_text(altered(place, new)).contradictions, f"{around!r}: {place[0]} -> {new}"


def test_a_true_bulletin_contradicts_neither_itself_nor_the_figures() -> None:
    with_figures, alone = audit_text(BULLETIN), audit_text(BULLETIN, with_figures=False)

    assert (with_figures.contradictions, alone.contradictions) == ((), ())
    assert with_figures.of(Verdict.UNSUPPORTED) == ()


@settings(max_examples=60, deadline=None)
@given(place=st.sampled_from(NUMBER_PLACES), data=st.data())
def test_any_altered_number_or_date_is_found(place: re.Match[str], data: st.DataObject) -> None:
    digits = place[0]
    spot = data.draw(st.integers(0, len(digits) - 1))
    digit = data.draw(st.sampled_from([one for one in "123456789" if one != digits[spot]]))
    longer = digits[:spot] + digit + digits[spot:]
    new = data.draw(st.sampled_from([digits[:spot] + digit + digits[spot + 1 :], longer]))

    # 02 is 2 with another face: not altered.
    if int(new) != int(digits):
        assert_is_found(place, new)


@settings(max_examples=60, deadline=None)
@given(place=st.sampled_from(NAME_PLACES), data=st.data())
def test_any_altered_name_is_found(place: re.Match[str], data: st.DataObject) -> None:
    name = place[0]
    spot = data.draw(st.integers(0, len(name) - 1))
    other = data.draw(st.sampled_from([one for one in NAMES if one != name]))
    new = data.draw(
        st.sampled_from(
            [
                other,
                "",
                name[:spot] + "大" + name[spot + 1 :],
                name[:spot] + "大" + name[spot:],
                name + "分院",
            ]
        )
    )

    assert_is_found(place, new)


def test_any_altered_numeral_is_found() -> None:
    for place in NUMERAL_PLACES:
        for new in "一二三四五":
            if new != place[0] and (place[0], new) != ("两", "二"):
                assert_is_found(place, new)


def test_a_number_of_no_known_statement_is_reported_not_passed_over() -> None:
    audit = audit_text(BULLETIN.replace("四、工作要求", "另有专家17人到场指导。\n四、工作要求"))

    assert [(one.subject, one.stated, one.note) for one in audit.of(Verdict.UNSUPPORTED)] == [
        ("未识别的数字", "17", "上下文：…另有专家17人到场指导。…")
    ]
