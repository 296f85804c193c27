"""The documents of a published quarter, as the office and the hospitals find them in the folder."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pdfplumber
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xypipeline.audit.audit import audit_document
from xypipeline.audit.published import load_published
from xypipeline.audit.reading import read_document_bytes
from xypipeline.policy.policy import load_policy
from xypipeline.registry.institutions import current_registry
from xypipeline.standard.catalogue import current_catalogue
from xypipeline_tests.end_to_end.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("quarter")]

# A name of two characters is also found in ordinary words.
SHORTEST_NAME = 3
# Every number and date, but for those in the mailbox, and the names of quarters and tiers.
FIGURE = re.compile(r"\d+(?:\.\d+)?(?!\d*\.com)|[一二三四]季度|第[一二三四]梯队")
NAMES = [institution.name for institution in current_registry().institutions]


def folder(installation: Installation) -> Path:
    return installation.data_dir / "publication" / "2023Q2"


def test_every_document_is_there(clean: Installation) -> None:
    names = {
        path.relative_to(folder(clean)).as_posix() for path in folder(clean).rglob("*") if path.is_file()
    }
    hospitals = [institution.org_code for institution in current_registry().institutions]
    notified = [one for one in hospitals if not one.startswith("411525")]

    assert names >= {
        *(f"attachment.{form}" for form in ("json", "csv", "xlsx", "md", "pdf", "html")),
        *(f"bulletin.{form}" for form in ("docx", "pdf", "md")),
        *(f"comparison.{form}" for form in ("json", "md", "xlsx")),
        *(f"hospitals/{org_code}.html" for org_code in hospitals),
        *(f"rectification/{org_code}.{form}" for org_code in notified for form in ("docx", "html")),
        *(f"packs/{org_code}.zip" for org_code in hospitals),
        "packs/光山县.zip",
        "manifest.json",
    }


def test_no_document_shows_a_patient(messy: Installation) -> None:
    persons = personal_values(messy)
    documents = [text for path in sorted(folder(messy).rglob("*")) if path.is_file() for text in texts(path)]

    assert len(persons) > 1000
    assert sum(len(text) for text in documents) > 1_000_000
    shown = pl.Series(documents).str.extract_many(pl.Series(persons).implode()).explode().drop_nulls()
    assert shown.to_list() == []


def personal_values(installation: Installation) -> list[str]:
    """Every value of a sensitive field in the uploads that cannot stand in a text by chance."""
    values: set[str] = set()
    for table in current_catalogue().tables.values():
        for field in table.fields:
            if field.is_sensitive:
                query = f'select distinct "{field.code}" as value from raw."{table.code}"'
                values |= set(installation.query(query)["value"].drop_nulls().str.strip_chars())
    # Row numbers 1 to 8 side by side read like the last of these.
    placeholders = re.compile(r"测试|未知|不详|(\d)\1*|12345678")
    return [value for value in values if len(value) >= SHORTEST_NAME and not placeholders.fullmatch(value)]


def texts(path: Path) -> Iterator[str]:
    """All text in a file, also in what is packed inside it."""
    if path.suffix == ".pdf":
        with pdfplumber.open(path) as document:
            yield from (page.extract_text() for page in document.pages)
    else:
        yield from packed_texts(path.read_bytes())


def packed_texts(content: bytes) -> Iterator[str]:
    if is_zipfile(io.BytesIO(content)):
        with ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from packed_texts(archive.read(name))
    else:
        # Word and Excel part a text by markup; without it, what was parted is whole again.
        text = content.decode("utf-8", errors="ignore")
        yield text
        yield re.sub(r"<[^>]+>", "", text)


@pytest.mark.parametrize("form", ["md", "docx", "pdf"])
def test_the_bulletin_contradicts_nothing(clean: Installation, form: str) -> None:
    printed = clean.must("audit", str(folder(clean) / f"bulletin.{form}"), "--period", "2023Q2")

    assert "矛盾 0 处" in printed


def contradictions(clean: Installation, text: str) -> int:
    audit = audit_document(
        read_document_bytes("bulletin.md", text.encode()),
        load_published(folder(clean) / "attachment.json"),
        registry=current_registry(),
        policy=load_policy(2023),
    )
    return len([claim for claim in audit.claims if claim.verdict != "confirmed"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_altered_figure_of_the_bulletin_is_found(clean: Installation, data: st.DataObject) -> None:
    text = (folder(clean) / "bulletin.md").read_text(encoding="utf-8")
    place = data.draw(st.sampled_from(list(FIGURE.finditer(text))))

    altered = text[: place.start()] + another(place[0]) + text[place.end() :]

    assert contradictions(clean, altered) > contradictions(clean, text)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_other_hospital_s_name_is_found(clean: Installation, data: st.DataObject) -> None:
    text = (folder(clean) / "bulletin.md").read_text(encoding="utf-8")
    place = data.draw(st.sampled_from(list(re.finditer("|".join(NAMES), text))))
    name = data.draw(st.sampled_from([name for name in NAMES if name != place[0]]))

    altered = text[: place.start()] + name + text[place.end() :]

    assert contradictions(clean, altered) > contradictions(clean, text)


def another(figure: str) -> str:
    """Another figure of the same kind."""
    if "季度" in figure or "梯队" in figure:
        return figure.translate(str.maketrans("一二三四", "二三四一"))
    return f"{int(figure) + 1:0{len(figure)}}" if figure.isdigit() else f"{float(figure) + 1:.2f}"
