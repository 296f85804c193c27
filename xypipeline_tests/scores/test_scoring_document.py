import re
from pathlib import Path

import xypipeline

PACKAGE = Path(xypipeline.__file__).parent
DOCUMENT = (PACKAGE.parent / "docs" / "scoring.md").read_text(encoding="utf-8")
SCORING = [path for stage in ("scores", "registry", "publication") for path in (PACKAGE / stage).rglob("*")]


def test_every_clause_is_computed_somewhere_and_every_clause_cited_exists() -> None:
    sources = [path.read_text(encoding="utf-8") for path in SCORING if path.suffix in (".py", ".sql")]
    citations = re.findall(r"docs/scoring\.md, clauses? ([\d and]+)\.", "\n".join(sources))
    cited = {int(number) for citation in citations for number in re.findall(r"\d+", citation)}
    assert cited == {int(number) for number in re.findall(r"^\*\*(\d+)\.", DOCUMENT, re.MULTILINE)}


def test_every_file_named_exists() -> None:
    named = set(re.findall(r"`((?:scores|registry|publication)/[\w.]+)`", DOCUMENT))
    assert {name for name in named if not (PACKAGE / name).exists()} == set()
    queries = {f"scores/{path.name}" for path in (PACKAGE / "scores").glob("*.sql")}
    assert queries - named == {"scores/schema.sql"}
