from datetime import date
from pathlib import Path

import pytest

from xypipeline.errors import PublicationError
from xypipeline.publication.bulletin.office import load_office
from xypipeline_tests.publication.city import QUARTER


def write(folder: Path, text: str) -> Path:
    (folder / "2023Q2.toml").write_text(text, encoding="utf-8")
    return folder


def test_an_office_without_files_leaves_blanks_and_takes_the_packaged_wording(tmp_path: Path) -> None:
    office = load_office(tmp_path / "absent", QUARTER)

    assert (office.number, office.issued_on, office.has_red_head, office.fonts_dir) == (
        None,
        None,
        False,
        None,
    )
    assert office.wording_path.parent.name == "bulletin"
    assert "四、工作要求" in office.wording


def test_the_offices_values_are_read_for_their_quarter_only(tmp_path: Path) -> None:
    write(tmp_path, 'number = "信卫信息函〔2023〕4号"\nissued_on = 2023-07-01\nred_head = true\n')

    office = load_office(tmp_path, QUARTER)
    assert (office.number, office.issued_on, office.has_red_head) == (
        "信卫信息函〔2023〕4号",
        date(2023, 7, 1),
        True,
    )
    assert load_office(tmp_path, QUARTER.following).number is None


def test_the_offices_wording_replaces_the_packaged_one_with_or_without_a_mark(tmp_path: Path) -> None:
    (tmp_path / "bulletin.md.j2").write_text("改过的", encoding="utf-8-sig")

    office = load_office(tmp_path, QUARTER)
    assert (office.wording, office.wording_path) == ("改过的", tmp_path / "bulletin.md.j2")


def test_a_folder_of_fonts_counts_when_there_is_a_font_in_it(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (fonts / "readme.txt").touch()
    assert load_office(tmp_path, QUARTER).fonts_dir is None

    (fonts / "simfang.TTF").touch()
    assert load_office(tmp_path, QUARTER).fonts_dir == fonts


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('number = "信卫信息函[2023]4号"', r"2023Q2\.toml: number is '信卫信息函\[2023\]4号'; write it like"),
        ("number = 4", "number is 4; write it like"),
        ('issued_on = "7月1日"', "issued_on is '7月1日'; write a day like 2023-07-01"),
        ("issued_on = 2023-07-01T08:00:00", "issued_on is datetime"),
        ("issued_on = 2023-04-01", "issued_on is 2023-04-01, but 2023Q2 begins on 2023-04-01 only"),
        ('red_head = "yes"', "red_head must be true or false"),
        ('nummer = "4号"', "nummer is unknown; known are issued_on, number, red_head"),
        ("number = ", r"2023Q2\.toml: "),
    ],
)
def test_a_value_that_cannot_stand_in_a_bulletin_is_refused_by_file_and_key(
    tmp_path: Path, text: str, complaint: str
) -> None:
    write(tmp_path, text)

    with pytest.raises(PublicationError, match=complaint):
        load_office(tmp_path, QUARTER)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "number = 4\nred_head = 1\n")

    with pytest.raises(PublicationError, match=r"number is 4[^\n]*\n[^\n]*red_head must"):
        load_office(tmp_path, QUARTER)


def test_a_file_in_another_encoding_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "2023Q2.toml").write_bytes('number = "信"'.encode("gb18030"))

    with pytest.raises(PublicationError, match=r"2023Q2\.toml cannot be read: .* Save it as UTF-8"):
        load_office(tmp_path, QUARTER)
