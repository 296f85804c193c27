from dataclasses import replace

from xypipeline.publication.details.others import others_than, without_others
from xypipeline_tests.publication.details.hospitals import CODES, STANDINGS, UPLOADING_DETAIL


def test_uploaded_values_and_file_names_hide_other_hospitals() -> None:
    detail = without_others(UPLOADING_DETAIL, others_than((CODES[0],), STANDINGS))

    assert detail.findings[1].examples[1].value_masked == "转往（其他医院） （其他医院）"
    assert detail.refused[1].path == "2023-05-01/411500001/（其他医院）.csv"
    # Its own code stays, and so does what names nobody.
    assert detail.findings[1].examples[0] == UPLOADING_DETAIL.findings[1].examples[0]
    assert replace(detail, findings=(), refused=()) == replace(UPLOADING_DETAIL, findings=(), refused=())


def test_a_name_within_the_recipients_own_is_not_sought() -> None:
    branch = replace(STANDINGS[1], hospital="甲医院东院")
    others = others_than((branch.org_code,), (STANDINGS[0], branch))

    assert others.words == (CODES[0],)


def test_nobody_else_means_nothing_to_hide() -> None:
    others = others_than(CODES, STANDINGS)

    assert not others.are_named_in("甲医院")
    assert others.hidden("甲医院") == "甲医院"
