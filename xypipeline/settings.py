"""Where things lie: the only module that reads the environment."""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from xypipeline.errors import EncryptionError, NoticeError

PROJECT_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Folders of one installation, all absolute.

    Everything that is written goes below `data_dir`; `landing_dir` is only read.
    """

    data_dir: Path
    landing_dir: Path
    dagster_config: Path = PROJECT_ROOT / "dagster.yaml"
    """How Dagster stores its runs and events: SQLite in the project's file, PostgreSQL in another."""

    @property
    def warehouse_path(self) -> Path:
        """The DuckDB file that holds all five stages."""
        return self.data_dir / "warehouse.duckdb"

    @property
    def publication_dir(self) -> Path:
        """One folder per published period."""
        return self.data_dir / "publication"

    @property
    def data_docs_dir(self) -> Path:
        """What came of checking each period's figures before publication, as pages."""
        return self.publication_dir / "data-docs"

    @property
    def office_dir(self) -> Path:
        """The commission office's own files, all optional: the bulletin's wording, number and date."""
        return self.data_dir / "office"

    @property
    def state_dir(self) -> Path:
        """Dagster's runs, events and logs."""
        return self.data_dir / "state"

    @property
    def expected_findings_path(self) -> Path:
        """The simulator's ground truth: every fault it wrote, with rule, file and line."""
        return self.data_dir / "expected-findings.parquet"


WEBHOOK_KINDS = ("wecom", "dingtalk", "feishu", "json")


@dataclass(frozen=True)
class Webhook:
    """The robot of a work chat; its address and secret are passwords, and not shown."""

    kind: str
    """One of `WEBHOOK_KINDS`."""
    url: str = field(repr=False)
    secret: str | None = field(repr=False, default=None)


def load_webhook() -> Webhook | None:
    """Read `XY_WEBHOOK_URL` (unset: None), `XY_WEBHOOK_KIND` (default `json`) and `XY_WEBHOOK_SECRET`.

    Raises:
        NoticeError: the kind is unknown, or the address is none of the web.
    """
    url = os.environ.get("XY_WEBHOOK_URL", "").strip()
    if not url:
        return None
    kind = os.environ.get("XY_WEBHOOK_KIND", "").strip() or "json"
    if kind not in WEBHOOK_KINDS:
        raise NoticeError(f"XY_WEBHOOK_KIND is {kind!r}; it must be one of {', '.join(WEBHOOK_KINDS)}.")
    if not _is_web_address(url):
        raise NoticeError("XY_WEBHOOK_URL must begin with https:// (or http:// within the house).")
    return Webhook(kind, url, os.environ.get("XY_WEBHOOK_SECRET", "").strip() or None)


def _is_web_address(url: str) -> bool:
    try:
        address = urlsplit(url)
        return address.scheme in ("http", "https") and bool(address.hostname)
    except ValueError:
        return False


SHORTEST_KEY = 32


def load_warehouse_key() -> str | None:
    """Read the warehouse's key from `XY_WAREHOUSE_KEY` or the file `XY_WAREHOUSE_KEY_FILE` (neither: None).

    Raises:
        EncryptionError: both are set, or the key cannot be used; see `read_key`.
    """
    key, file = os.environ.get("XY_WAREHOUSE_KEY", "").strip(), os.environ.get("XY_WAREHOUSE_KEY_FILE", "")
    if key and file:
        raise EncryptionError("XY_WAREHOUSE_KEY and XY_WAREHOUSE_KEY_FILE are both set; keep one of them.")
    if file:
        return read_key(Path(file).expanduser())
    return _long_enough(key, "XY_WAREHOUSE_KEY") if key else None


def read_key(path: Path) -> str:
    """The key in a file, without the line's end.

    Raises:
        EncryptionError: it cannot be read, others may read it, or it is shorter than SHORTEST_KEY characters.
    """
    try:
        key, mode = path.read_text(encoding="utf-8").strip(), path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise EncryptionError(f"The key file {path} cannot be read: {type(error).__name__}.") from None
    if mode & stat.S_IRWXO:
        raise EncryptionError(f"Everybody may read the key file {path}; run: chmod o-rwx {path}")
    return _long_enough(key, str(path))


def _long_enough(key: str, source: str) -> str:
    if len(key) < SHORTEST_KEY:
        raise EncryptionError(
            f"The key in {source} has fewer than {SHORTEST_KEY} characters; make one: openssl rand -base64 32"
        )
    return key


def ui_address() -> str:
    """Where people open Dagster's UI: `XY_UI_URL`, by default that of `make ui`."""
    return (os.environ.get("XY_UI_URL") or "http://127.0.0.1:3000").rstrip("/")


def load_settings() -> Settings:
    """Read `XY_DATA_DIR` (default `data/` in the project) and `XY_LANDING_DIR` (default `landing/` in it).

    `XY_DAGSTER_CONFIG` names another `dagster.yaml` than the project's.
    """
    data_dir = Path(os.environ.get("XY_DATA_DIR") or PROJECT_ROOT / "data").expanduser().resolve()
    landing_dir = Path(os.environ.get("XY_LANDING_DIR") or data_dir / "landing").expanduser().resolve()
    config = Path(os.environ.get("XY_DAGSTER_CONFIG") or PROJECT_ROOT / "dagster.yaml").expanduser().resolve()
    return Settings(data_dir=data_dir, landing_dir=landing_dir, dagster_config=config)
