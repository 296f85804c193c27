from pathlib import Path

import pytest

from xypipeline.errors import PublicationError
from xypipeline.publication.bulletin.template import fill_template

PATH = Path("office/bulletin.md.j2")


def test_the_wording_is_filled_and_not_taken_for_html() -> None:
    assert fill_template("{{ a }}、{{ b }}", PATH, {"a": "<甲>", "b": 2}) == "<甲>、2"


@pytest.mark.parametrize(
    ("wording", "complaint"),
    [
        ("一\n二\n{% if a %}", r"office/bulletin\.md\.j2, line 3: Unexpected end of template"),
        ("一\n{{ hospitalz }}", r"office/bulletin\.md\.j2, line 2: 'hospitalz' is undefined"),
        ("一\n\n{{ a / 0 }}", r"office/bulletin\.md\.j2, line 3: division by zero"),
        ("{{ a.__class__.__mro__ }}", r"line 1: access to attribute '__class__' of 'int' object is unsafe"),
        ("{% for one in range(10 ** 9) %}x{% endfor %}", "line 1: Range too big"),
        ("一\n{% include '/etc/passwd' %}", r"line 2: .*/etc/passwd"),
    ],
    ids=["unclosed", "unknown name", "arithmetic", "unsafe", "endless", "another file"],
)
def test_an_error_in_the_wording_names_file_and_line(wording: str, complaint: str) -> None:
    with pytest.raises(PublicationError, match=complaint):
        fill_template(wording, PATH, {"a": 1})


def test_figures_cannot_be_changed_by_the_wording() -> None:
    with pytest.raises(PublicationError, match="unsafe"):
        fill_template("{% set _ = names.append('戊医院') %}", PATH, {"names": ["甲医院"]})
