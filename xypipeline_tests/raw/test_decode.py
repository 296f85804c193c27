import pytest

from xypipeline.raw.decode import DecodedText, decode

TEXT = "org_code,备注\nA1,发热\nA2,𠮷㐂\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_each_encoding_of_the_contract_gives_the_same_text(encoding: str) -> None:
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""

    assert decode((mark + TEXT).encode(encoding)) == DecodedText(TEXT.encode(), frozenset())


def test_utf8_with_a_flaw_is_not_taken_for_gb18030() -> None:
    content = "姓名,备注\n张三,发热\n李四,咳嗽\n".encode().replace("咳".encode(), b"\xe5\x92")

    assert decode(content) == DecodedText("姓名,备注\n张三,发热\n李四,\ufffd嗽\n".encode(), frozenset({3}))


@pytest.mark.parametrize("words", [["偏头痛"], ["偏头痛", "偏头痛", "急性阑尾炎"]])
def test_gb18030_words_that_are_utf8_by_chance_are_read_as_gb18030(words: list[str]) -> None:
    text = "diag_name\n" + "".join(f"{word}\n" for word in words)

    assert decode(text.encode("gb18030")) == DecodedText(text.encode(), frozenset())


@pytest.mark.parametrize("unit", ["μmol/L", "×10⁹/L", "℃", "37.2±0.1"])
def test_units_alone_do_not_make_utf8_look_like_gb18030(unit: str) -> None:
    content = f"result_unit\n{unit}\n".encode()

    assert decode(content) == DecodedText(content, frozenset())


def test_gb18030_with_a_flaw_loses_that_line_only() -> None:
    content = "姓名,备注\n张三,发热\n李四,x\n".encode("gb18030").replace(b"x", b"\xff")

    assert decode(content) == DecodedText("姓名,备注\n张三,发热\n李四,\ufffd\n".encode(), frozenset({3}))


def test_utf16_with_a_flaw_loses_that_line_only() -> None:
    content = "a,b\n1,2\n".encode("utf-16") + b"\x00\xd8\n\x00" + "3,4".encode("utf-16-le")

    assert decode(content) == DecodedText("a,b\n1,2\n\ufffd\n3,4".encode(), frozenset({3}))


def test_characters_on_the_edge_of_a_chunk_are_kept_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xypipeline.raw.decode.CHUNK_BYTES", 3)

    assert decode(TEXT.encode("gb18030")).utf8 == TEXT.encode()
    assert decode(TEXT.encode("utf-8")).utf8 == TEXT.encode()
