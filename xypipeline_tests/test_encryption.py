"""The warehouse under a key. DuckDB's wheel lacks the cipher that writes; its own weak one stands in here."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from xypipeline import encryption, warehouse
from xypipeline.backup import restore_backup, write_backup
from xypipeline.cli import commands
from xypipeline.errors import EncryptionError
from xypipeline.settings import Settings, load_warehouse_key
from xypipeline.warehouse import merge_log, open_warehouse, read_warehouse, rekey_warehouse, transaction
from xypipeline_tests.test_backup import NOW

KEY, OTHER = "k" * 44, "it's another key, with a quote in it"
PATIENT = "张三丰张三丰"
PROGRAM = Path(sys.executable).with_name("xypipeline")
HAS_CIPHER = any(Path.home().glob(f".duckdb/extensions/v{duckdb.__version__}/*/httpfs.duckdb_extension"))


@pytest.fixture
def cipher(monkeypatch: pytest.MonkeyPatch) -> None:
    if not HAS_CIPHER:
        for module in (encryption, warehouse):
            monkeypatch.setattr(module, "load_cipher", weak_cipher)


def weak_cipher(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("set force_mbedtls_unsafe = true")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "warehouse.duckdb"


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    def use(key: str | None) -> None:
        if key is None:
            monkeypatch.delenv("XY_WAREHOUSE_KEY", raising=False)
        else:
            monkeypatch.setenv("XY_WAREHOUSE_KEY", key)

    use(None)
    return use


def write(path: Path) -> None:
    with open_warehouse(path) as connection:
        connection.execute(f"create table raw.patient as select '{PATIENT}' as name from range(1000)")
        connection.execute("create view landing.file as select name from raw.patient")
        with transaction(connection):
            connection.execute("create table scores.ledger as select 1 as records")


def read(path: Path) -> list[tuple]:
    with read_warehouse(path) as connection:
        assert connection.sql("select records from scores.ledger").fetchall() == [(1,)]
        return connection.sql("select name, count(*) from landing.file group by name").fetchall()


WRITTEN = [(PATIENT, 1000)]


@pytest.mark.usefixtures("cipher")
def test_with_a_key_nothing_of_a_patient_is_in_the_files(path: Path, use: Callable) -> None:
    use(KEY)
    seen = b""
    with open_warehouse(path) as connection:
        connection.execute("create table raw.patient (name varchar)")
        connection.execute("insert into raw.patient values (?)", [PATIENT])
        seen = b"".join(part.read_bytes() for part in path.parent.iterdir() if part.is_file())
    seen += b"".join(part.read_bytes() for part in path.parent.iterdir() if part.is_file())

    assert len(seen) > 10_000
    assert PATIENT.encode() not in seen
    assert KEY.encode() not in seen


@pytest.mark.usefixtures("cipher")
def test_what_is_written_under_a_key_is_read_back_under_it(path: Path, use: Callable) -> None:
    use(KEY)
    write(path)
    merge_log(path)

    assert read(path) == WRITTEN


def test_without_a_key_any_client_reads_the_file(path: Path, use: Callable) -> None:
    use(None)
    write(path)

    with duckdb.connect(str(path), read_only=True) as client:
        assert client.sql("select distinct name from raw.patient").fetchall() == [(PATIENT,)]


@pytest.mark.usefixtures("cipher")
@pytest.mark.parametrize(
    ("written", "used", "told"),
    [
        (KEY, OTHER, "is not the key of"),
        (KEY, None, "is encrypted; set XY_WAREHOUSE_KEY"),
        (None, KEY, "is not encrypted. Encrypt it with `xypipeline rekey`"),
    ],
    ids=["wrong", "missing", "surplus"],
)
@pytest.mark.parametrize("opener", [open_warehouse, read_warehouse], ids=["write", "read"])
def test_a_key_that_does_not_fit_is_told_without_it(
    path: Path, use: Callable, opener: Callable, written: str | None, used: str | None, told: str
) -> None:
    use(written)
    write(path)
    use(used)

    with pytest.raises(EncryptionError, match=told) as error, opener(path):
        pass

    assert not any(key in str(error.getrepr(style="long", showlocals=False)) for key in (KEY, OTHER))


@pytest.mark.usefixtures("cipher")
@pytest.mark.parametrize(("key", "new_key"), [(None, KEY), (KEY, OTHER), (KEY, None)])
def test_a_warehouse_gets_another_key_and_keeps_its_content(
    path: Path, use: Callable, key: str | None, new_key: str | None
) -> None:
    use(key)
    write(path)

    rekey_warehouse(path, key, new_key)

    use(new_key)
    assert read(path) == WRITTEN
    assert sorted(one.name for one in path.parent.iterdir()) == ["warehouse.duckdb", "warehouse.lock"]
    use(key)
    with pytest.raises(EncryptionError), read_warehouse(path):
        pass


@pytest.mark.usefixtures("cipher")
def test_a_wrong_key_leaves_the_warehouse_as_it_was(path: Path, use: Callable) -> None:
    use(KEY)
    write(path)
    before = path.read_bytes()

    with pytest.raises(EncryptionError, match="is not the key of"):
        rekey_warehouse(path, OTHER, KEY)

    assert path.read_bytes() == before


@pytest.mark.usefixtures("cipher")
def test_rekey_is_a_command(path: Path, use: Callable, tmp_path: Path, monkeypatch) -> None:
    use(None)
    write(path)
    monkeypatch.setenv("XY_DATA_DIR", str(path.parent))
    key_file = tmp_path / "key"
    key_file.write_text(KEY + "\n")
    key_file.chmod(0o600)

    done = CliRunner().invoke(commands, ["rekey", "--to", str(key_file)])

    assert (done.exit_code, KEY in done.output) == (0, False)
    use(KEY)
    assert read(path) == WRITTEN
    assert CliRunner().invoke(commands, ["rekey"]).exit_code == 2


@pytest.mark.usefixtures("cipher")
def test_a_backup_of_an_encrypted_warehouse_is_encrypted_and_restored(use: Callable, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", landing_dir=tmp_path / "landing")
    use(KEY)
    write(settings.warehouse_path)
    backup = write_backup(settings, tmp_path / "backup", NOW)
    settings.warehouse_path.unlink()

    restore_backup(settings, backup.folder, NOW)

    assert PATIENT.encode() not in (backup.folder / "warehouse.duckdb").read_bytes()
    assert read(settings.warehouse_path) == WRITTEN


@pytest.mark.skipif(HAS_CIPHER, reason="DuckDB's extension httpfs is installed here")
def test_without_the_cipher_nothing_is_written_weakly(path: Path, use: Callable) -> None:
    use(KEY)

    with pytest.raises(EncryptionError, match="its extension httpfs, which is not installed"):
        write(path)

    assert not path.exists()


def test_a_key_comes_from_the_environment_or_a_file(tmp_path: Path, use: Callable, monkeypatch) -> None:
    assert load_warehouse_key() is None
    use(KEY)
    assert load_warehouse_key() == KEY
    use(None)
    file = tmp_path / "key"
    file.write_text(OTHER + "\n")
    file.chmod(0o640)
    monkeypatch.setenv("XY_WAREHOUSE_KEY_FILE", str(file))
    assert load_warehouse_key() == OTHER


@pytest.mark.parametrize(
    ("content", "mode", "told"),
    [("short", 0o600, "fewer than 32"), (KEY, 0o604, "chmod o-rwx"), (None, 0o600, "cannot be read")],
)
def test_a_key_file_that_cannot_be_used_is_told_without_its_content(
    tmp_path: Path, use: Callable, monkeypatch, content: str | None, mode: int, told: str
) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_text(content)
        file.chmod(mode)
    monkeypatch.setenv("XY_WAREHOUSE_KEY_FILE", str(file))

    with pytest.raises(EncryptionError, match=told) as error:
        load_warehouse_key()

    assert content is None or content not in str(error.value)
    use(KEY)
    with pytest.raises(EncryptionError, match="both set"):
        load_warehouse_key()


def test_a_short_key_in_the_environment_is_told_without_it(use: Callable) -> None:
    use("s" * 31)

    with pytest.raises(EncryptionError, match="The key in XY_WAREHOUSE_KEY has fewer than 32") as error:
        load_warehouse_key()

    assert "sss" not in str(error.value)


def test_the_command_line_tells_a_missing_key_in_a_line(tmp_path: Path, path: Path, monkeypatch) -> None:
    with duckdb.connect() as connection:
        weak_cipher(connection)
        path.parent.mkdir()
        connection.execute("attach $path as one (encryption_key $key)", {"path": str(path), "key": KEY})
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XY_")}

    done = subprocess.run(
        [PROGRAM, "explain", "2023Q2", "411500001"],
        env={**environment, "XY_DATA_DIR": str(path.parent)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"xypipeline: {path} is encrypted; set XY_WAREHOUSE_KEY or XY_WAREHOUSE_KEY_FILE to its key.\n"
    )
