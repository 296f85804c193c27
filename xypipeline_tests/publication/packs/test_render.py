import csv
import io
import re
from dataclasses import replace
from zipfile import ZipFile

import openpyxl
import pytest

from xypipeline.errors import PublicationError
from xypipeline.publication.details.others import others_than
from xypipeline.publication.packs.own_content import LEFT_OUT, Search, own_dossier, refuse_others
from xypipeline.publication.packs.render import render_packs
from xypipeline.publication.pages.dossier import Dossier
from xypipeline.publication.rectification.render import render_rectification
from xypipeline_tests.publication.details.hospitals import (
    CODES,
    DETAILS,
    FIGURES,
    RANK,
    REGISTRY,
    STANDINGS,
    TABLES_UPLOADED,
)
from xypipeline_tests.publication.pages.site import dossiers

Packs = dict[str, dict[str, bytes]]


@pytest.fixture(scope="module")
def compiled() -> tuple[Dossier, ...]:
    return dossiers()


@pytest.fixture(scope="module")
def notices() -> dict[str, bytes]:
    return render_rectification(FIGURES, DETAILS, REGISTRY)


@pytest.fixture(scope="module")
def packed(compiled: tuple[Dossier, ...], notices: dict[str, bytes]) -> dict[str, bytes]:
    return render_packs(FIGURES, compiled, notices)


@pytest.fixture(scope="module")
def packs(packed: dict[str, bytes]) -> Packs:
    return {name: members(content) for name, content in packed.items()}


def members(archive: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def hospital_files(code: str, *, has_notice: bool = True) -> list[str]:
    forms = ("docx", "html") if has_notice else ()
    return [f"hospitals/{code}.html", *(f"rectification/{code}.{form}" for form in forms)]


def test_each_recipient_gets_what_is_its_own(packs: Packs) -> None:
    attachment = ["attachment.csv", "attachment.html", "attachment.xlsx"]

    assert {name: list(files) for name, files in packs.items()} == {
        "packs/市直.zip": [
            *attachment,
            *sorted(hospital_files(CODES[0]) + hospital_files(CODES[1])),
        ],
        "packs/新县.zip": [
            *attachment,
            *sorted(hospital_files(CODES[2], has_notice=False) + hospital_files(CODES[3])),
        ],
        f"packs/{CODES[0]}.zip": hospital_files(CODES[0]),
        f"packs/{CODES[1]}.zip": hospital_files(CODES[1]),
        f"packs/{CODES[2]}.zip": hospital_files(CODES[2], has_notice=False),
        f"packs/{CODES[3]}.zip": hospital_files(CODES[3]),
    }


def test_nothing_of_anothers_is_inside(packs: Packs) -> None:
    for pack, files in packs.items():
        recipient = pack.removeprefix("packs/").removesuffix(".zip")
        foreign = [one for one in STANDINGS if recipient not in (one.district, one.org_code)]
        assert foreign
        for name, content in files.items():
            is_archive = name.endswith((".docx", ".xlsx"))
            for part in members(content).values() if is_archive else (content,):
                text = f"{name} {part.decode(errors='replace')}"
                found = [one.hospital for one in foreign if one.hospital in text or one.org_code in text]
                assert found == [], f"{pack}: {name}"


def test_a_districts_attachment_has_its_rows_only(packs: Packs) -> None:
    files = packs["packs/新县.zip"]
    rows = list(csv.DictReader(io.StringIO(files["attachment.csv"].decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(files["attachment.xlsx"]))
    sums = [[cell.value for cell in row[:2]] for row in book["地区汇总"].iter_rows(min_row=3)]

    assert [(row["seq"], row["hospital"], row["rank"]) for row in rows] == [
        ("3", "丙医院", ""),
        ("4", "丁医院", "3"),
    ]
    assert sums == [["新县", 2], ["合计", 2]]


def test_links_within_a_pack_hold(packs: Packs) -> None:
    for files in packs.values():
        for name, content in files.items():
            if not name.endswith(".html"):
                continue
            folder = name.rpartition("/")[0]
            for link in re.findall(r'href="([^"]*)"', content.decode()):
                path = link.partition("#")[0]
                if path:
                    within = f"{folder}/{path}" if folder and not path.startswith("../") else path
                    assert within.removeprefix("../") in files


def test_neighbours_are_left_out_of_explanations(compiled: tuple[Dossier, ...]) -> None:
    own = own_dossier(compiled[0], others_than((CODES[0],), STANDINGS))

    assert own.explanations == (
        TABLES_UPLOADED,
        replace(
            RANK,
            inputs=(replace(RANK.inputs[0], rows=(("甲医院", "32.16"),)), RANK.inputs[1]),
            arithmetic=("名次 = 1",),
            notes=(LEFT_OUT,),
        ),
    )


def test_the_same_figures_give_the_same_bytes(
    packed: dict[str, bytes], compiled: tuple[Dossier, ...], notices: dict[str, bytes]
) -> None:
    assert render_packs(FIGURES, compiled, notices) == packed


def test_a_foreign_name_in_a_file_stops_the_packs(compiled: tuple[Dossier, ...]) -> None:
    path = f"rectification/{CODES[0]}.html"
    with pytest.raises(PublicationError, match=f"{CODES[0]}: {path} names 乙医院"):
        render_packs(FIGURES, compiled, {path: "抄送乙医院".encode()})


def test_a_foreign_code_within_an_office_file_is_found() -> None:
    book = io.BytesIO()
    with ZipFile(book, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{CODES[2]}</t>")
    others = others_than(CODES[:2], STANDINGS)
    with pytest.raises(PublicationError, match=CODES[2]):
        refuse_others("市直", {"attachment.xlsx": book.getvalue()}, others, Search(others.words))
