import os
from collections.abc import Iterator

import pytest

from xypipeline_tests.crash.bench import Bench, bench_in


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.getbasetemp()
    # The test runner's processes have folders of their own beside each other.
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    with bench_in(shared / "crash") as bench:
        yield bench


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    kills = [value for report in reports for name, value in report.user_properties if name == "killed"]
    if kills:
        counted = ", ".join(f"{name} {kills.count(name)}" for name in dict.fromkeys(kills))
        terminalreporter.write_line(f"{len(kills)} kills: {counted}")
