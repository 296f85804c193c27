"""The documents of a published quarter, as the office and the hospitals find them in the folder."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xypipeline.audit.audit import audit_document
from xypipeline.audit.published import load_published
from xypipeline.audit.reading import read_document_bytes
from xypipeline.policy.policy import load_policy
from xypipeline.registry.institutions import current_registry
from xypipeline_tests.end_to_end.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("quarter")]

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
