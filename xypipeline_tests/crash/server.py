"""Starts programs from a process that has imported everything, so that each takes no time to start.

`python -m xypipeline_tests.crash.server`: a line of JSON on standard input asks for programs, a line on
standard output says what became of them. Forking is sound here because this process has only ever imported:
one Python thread, and of native ones only those that libraries start when imported and renew after a fork;
it refuses to fork when it finds another.
"""

import gc
import importlib
import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

# jemalloc renews its threads in the child; what Polars' one cleans up, Polars has not written yet.
HARMLESS_THREADS = {"jemalloc_bg_thd", "polars-ooc-clea"}
_POLL_SECONDS = 0.001


def main() -> None:
    """Serve until the input ends."""
    import xypipeline.cli
    import xypipeline.definitions  # noqa: F401 - so that children need not

    for line in sys.stdin:
        request = json.loads(line)
        if "modules" in request:
            _import_all(request["modules"])
            answer = []
        else:
            _require_one_thread()
            answer = list(_run(request["programs"]))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _import_all(names: Sequence[str]) -> None:
    for name in names:
        if name not in sys.modules:
            try:
                importlib.import_module(name)
            except Exception:  # noqa: BLE001 - made while another ran, or private to it
                continue
    gc.freeze()


def _require_one_thread() -> None:
    python = [thread.name for thread in threading.enumerate()]
    tasks = Path("/proc/self/task").iterdir()
    native = [(task / "comm").read_text().strip() for task in tasks if task.name != str(os.getpid())]
    if len(python) > 1 or not HARMLESS_THREADS.issuperset(native):
        raise RuntimeError(f"forking would not be sound: {python}, {native}")


def _run(programs: Sequence[dict]) -> Iterator[dict]:
    started = [(_start(program), time.monotonic(), program) for program in programs]
    left = {process for process, _, _ in started}
    ended: dict[int, tuple[int, float]] = {}
    while left:
        for process, began, program in started:
            if process in left:
                seconds = time.monotonic() - began
                after = program.get("signal_after")
                if after is not None and seconds >= after:
                    os.kill(process, program.get("signal", signal.SIGKILL))
                    program["signal_after"] = None
                found, status = os.waitpid(process, os.WNOHANG)
                if found:
                    ended[process] = os.waitstatus_to_exitcode(status), seconds
                    left.remove(process)
        time.sleep(_POLL_SECONDS)
    for process, _, _ in started:
        _end_group(process)
        exit_code, seconds = ended[process]
        yield {"exit_code": exit_code, "seconds": seconds}


def _start(program: dict) -> int:
    process = os.fork()
    if process:
        return process
    exit_code = 70
    try:
        os.setsid()
        exit_code = _become(program)
    except BaseException:
        import traceback

        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(exit_code)


def _become(program: dict) -> int:
    for name in [name for name in os.environ if name.startswith(("XY_", "DAGSTER"))]:
        del os.environ[name]
    os.environ |= program["environment"]
    _redirect(program["output"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if program.get("file_size_limit"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (program["file_size_limit"],) * 2)
    _watch(program)
    sys.argv = ["xypipeline", *program["arguments"]]
    exit_code = _call()
    if program.get("modules_to"):
        Path(program["modules_to"]).write_text(json.dumps(sorted(sys.modules)), encoding="utf-8")
    return exit_code


def _call() -> int:
    from xypipeline.cli import app

    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except KeyboardInterrupt:
        return -signal.SIGINT % 256
    return 0


def _redirect(path: str) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for descriptor, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(descriptor, target)


def _watch(program: dict) -> None:
    from xypipeline_tests.crash.changing import change_while_read
    from xypipeline_tests.crash.points import Points

    if program.get("kill_at") or program.get("names_to"):
        names_to = Path(program["names_to"]) if program.get("names_to") else None
        Points(Path(program["folder"]), kill_at=program.get("kill_at"), names_to=names_to).watch()
    if program.get("change"):
        change_while_read(**program["change"])
    if program.get("retry_at_once"):
        from dagster import RetryPolicy

        # What is retried here fails again; half a minute of waiting would show nothing more.
        RetryPolicy.calculate_delay = lambda policy, attempt_num: 0


def _end_group(process: int) -> None:
    try:
        os.killpg(process, signal.SIGKILL)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    main()
