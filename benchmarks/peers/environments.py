"""Each peer's own environment: made by uv from its lock on first use, and anew when the lock changes."""

import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).parent / "requirements"
OURS = "xypipeline"
_UV = str(Path(sys.executable).with_name("uv"))


def python_of(peer: str, folder: Path) -> str:
    """The interpreter that has the peer installed; ours is the one that runs this."""
    if peer == OURS:
        return sys.executable
    lock = (REQUIREMENTS / f"{peer}.lock").read_bytes()
    environment = folder / peer
    python, installed = environment / "bin" / "python", environment / "installed.lock"
    if not installed.exists() or installed.read_bytes() != lock:
        _uv("venv", "--clear", "--python", sys.executable, str(environment))
        # Compiled, as pip would leave it: else the first run pays for it.
        options = ["--compile-bytecode", "--require-hashes", "--python", str(python)]
        _uv("pip", "install", *options, "-r", str(REQUIREMENTS / f"{peer}.lock"))
        installed.write_bytes(lock)
    return str(python)


def compile_lock(peer: str) -> None:
    """Compile a peer's lock from what it asks for."""
    source, lock = REQUIREMENTS / f"{peer}.in", REQUIREMENTS / f"{peer}.lock"
    options = [
        "--upgrade",
        "--universal",
        "--no-header",
        "--no-annotate",
        "--no-emit-index-url",
        "--generate-hashes",
    ]
    _uv("pip", "compile", *options, "--python-version", "3.11", str(source), "-o", str(lock))


def _uv(*arguments: str) -> None:
    subprocess.run([_UV, "--quiet", *arguments], check=True, stdout=subprocess.DEVNULL)
