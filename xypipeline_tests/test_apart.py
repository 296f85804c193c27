import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest

from xypipeline.apart import Apart
from xypipeline.errors import XyPipelineError

BEGIN_AND_WAIT = f"""
import time
from xypipeline.apart import Apart
asked = Apart("{__name__}:answer")
asked.begin()
print("begun", flush=True)
time.sleep(600)
"""


def answer(question: str, known: Mapping[str, object]) -> object:
    sys.stdout.write("this is no answer")
    if question not in known:
        raise XyPipelineError(f"nobody knows {question}")
    return known[question]


@pytest.fixture
def asked() -> Iterator[Apart]:
    asked = Apart(f"{__name__}:answer")
    yield asked
    asked.end()


def test_each_answer_is_that_of_the_function(asked: Apart) -> None:
    known = {"one": 1, "many": "x" * 2**20}
    assert [asked(question, known) for question in ("one", "many", "one")] == [1, "x" * 2**20, 1]
    with asked.meanwhile("many", known) as many:
        assert many() == "x" * 2**20


def test_an_expected_error_is_raised_here_and_the_process_goes_on(asked: Apart) -> None:
    with pytest.raises(XyPipelineError, match="^nobody knows two$"):
        asked("two", {})
    assert asked("two", {"two": 2}) == 2


def test_the_end_of_the_process_is_told_and_the_next_question_begins_another(
    asked: Apart, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(RuntimeError, match=f"^{__name__}:answer ended with exit status 1$"):
        asked("one", None)
    assert "TypeError" in capfd.readouterr().err
    assert asked("one", {"one": 1}) == 1


def test_nobody_stays_behind_whoever_began_it_is_killed() -> None:
    command = [sys.executable, "-c", BEGIN_AND_WAIT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as who_began:
        who_began.stdout.readline()
        who_began.kill()
        # Both have it open: its end comes with the end of the second.
        assert who_began.stderr.read() == b""
