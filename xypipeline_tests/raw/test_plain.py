from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xypipeline.limits import DEFAULT_LIMITS, Limits
from xypipeline.raw.files import Source, read_file, read_files
from xypipeline.raw.plain import find_plain_text
from xypipeline.raw.reading import Reading
from xypipeline.standard.model import Table
from xypipeline_tests.raw.readings import assert_same
from xypipeline_tests.raw.tables import visit_table

TABLE = visit_table()
HEADERS = ["org_code,visit_id,note", "JZLSH;备注;YLJGDM", "visit_id,note,床号", "就诊流水号", "床号,x", ""]
LINES = [
    *("A1,1,a", "1;发热;A1", ",,", ";;", " ,\t, ", "1", "A1,2", "A1,3,b,c", "", '"a",b,c', "x\r,y,z"),
    *("膧,膧,膧", "a\0,b,c", "\ufeffA1,4,d", "中文，,。,1"),
]
FILES = st.lists(
    st.tuples(
        st.sampled_from(HEADERS),
        st.lists(st.sampled_from(LINES), max_size=4),
        st.booleans(),
        st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    ),
    max_size=6,
)


@given(files=FILES)
@settings(deadline=None)
def test_files_read_together_are_read_as_each_by_itself(files: list[tuple]) -> None:
    contents = [
        ("\n".join([header, *lines]) + "\n" * ends).encode(encoding, errors="replace")
        for header, lines, ends, encoding in files
    ]
    _assert_read_alike(contents)


@pytest.mark.parametrize(
    "content",
    [
        b"org_code,visit_id\nA1,\xe4\xb8\n",
        b"org_code,visit_id\nA1,1,2\nA1\n",
        b"org_code,visit_id\nA1\nA1,1,2\n",
        b"org_code,visit_id\nA1,\xc4\x80\n",
        b"org_code,visit_id\nA1,1\n\nA1,2\n",
    ],
    ids=[
        "broken character",
        "delimiters that only add up",
        "the same with the narrow line first",
        "letters that hint at GB18030",
        "blank line",
    ],
)
def test_a_file_that_is_not_plain_after_all_changes_nothing_for_the_others(content: bytes) -> None:
    plain = b"org_code,visit_id\nA1,1\nA1,2\n"

    _assert_read_alike([plain, content, plain])


def test_a_cell_that_is_too_long_is_set_aside() -> None:
    contents = [f"org_code,visit_id\nA1,{'x' * n}\n".encode() for n in (10, 11)]

    first, second = _readings(contents, read_files, Limits(field_characters=10))

    assert (first.frame["visit_id"].to_list(), first.defects.height) == (["x" * 10], 0)
    assert (second.frame.height, second.defects.height) == (0, 1)


@pytest.mark.parametrize(
    ("content", "is_plain"),
    [
        (b"org_code,visit_id\nA1,1\n", True),
        (b"org_code,visit_id\nA1,1", True),
        ("机构代码;note\n甲;乙\n".encode(), True),
        (b"org_code,visit_id\n", False),
        (b"org_code\nA1\n", False),
        (b"\norg_code,visit_id\nA1,1\n", False),
        (b'org_code,visit_id\nA1,"1"\n', False),
        (b"org_code,visit_id\r\nA1,1\r\n", False),
    ],
)
def test_plain_is_what_cannot_be_read_in_two_ways(content: bytes, is_plain: bool) -> None:
    assert (find_plain_text(content, TABLE) is not None) == is_plain


def _assert_read_alike(contents: list[bytes]) -> None:
    apart = _readings(contents, lambda sources, table: [read_file(source, table) for source in sources])
    together = _readings(contents, read_files)

    for one, other in zip(apart, together, strict=True):
        assert_same(one, other)


def _readings(
    contents: list[bytes],
    read: Callable[[Sequence[Source], Table], list[Reading]],
    limits: Limits = DEFAULT_LIMITS,
) -> list[Reading]:
    with TemporaryDirectory() as folder:
        sources = []
        for number, content in enumerate(contents):
            path = f"2023-04-01/A1/visit.{number}.csv"
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_bytes(content)
            sources.append(Source(Path(folder), path, "csv", limits))
        return read(sources, TABLE)
