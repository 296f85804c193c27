"""Prepares Dagster's home: the `dagster.yaml` in use, with its state in the data folder in use.

`python -m xypipeline.orchestration.home` prepares it and prints where it lies, for `DAGSTER_HOME`.
"""

import logging
import os
from pathlib import Path

import yaml

from xypipeline.owner_only import close_installation, keep_to_owner
from xypipeline.settings import Settings, load_settings

CONFIG_NAME = "dagster.yaml"


def prepare_home(settings: Settings) -> Path:
    """Write `dagster.yaml` into the state folder, its paths made absolute, and point Dagster there.

    What an earlier start has left open to other accounts is closed; what cannot be is told in the log.
    """
    config = yaml.safe_load(settings.dagster_config.read_text(encoding="utf-8"))
    home = settings.state_dir
    home.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(_below(settings.data_dir, config), sort_keys=False, allow_unicode=True)
    _replace(home / CONFIG_NAME, text)
    os.environ["DAGSTER_HOME"] = str(home)
    for complaint in close_installation(settings):
        logging.getLogger("xypipeline").warning(complaint)
    return home


def _replace(path: Path, text: str) -> None:
    # Processes that start meanwhile read this file; one that found it empty would put its state elsewhere.
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _below(data_dir: Path, value: object) -> object:
    if isinstance(value, dict):
        return {key: _below(data_dir, item) for key, item in value.items()}
    if isinstance(value, str) and value.startswith("data/"):
        return str(data_dir / value.removeprefix("data/"))
    return value


if __name__ == "__main__":
    keep_to_owner()
    print(prepare_home(load_settings()))  # noqa: T201 - a shell reads it
