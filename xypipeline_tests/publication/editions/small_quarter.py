"""A quarter of four hospitals in a folder of its own: uploads on the disk, scored in a real warehouse."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from xypipeline.landing.inventory import create_file_view, store_arrivals
from xypipeline.landing.inventory import create_tables as create_landing_tables
from xypipeline.landing.walk import Door
from xypipeline.periods import Quarter
from xypipeline.policy.policy import POLICY_DIR
from xypipeline.publication.documents import render_attachment
from xypipeline.publication.editions.basis import Basis, load_basis
from xypipeline.publication.editions.drafting import Outcome
from xypipeline.publication.editions.history import Decision
from xypipeline.publication.editions.transitions import publish_reviewed, review_draft
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.publish import publish_quarter
from xypipeline.raw.store import create_tables as create_raw_tables
from xypipeline.scores.standing import score_quarter
from xypipeline.scores.store import create_tables as create_scores_tables
from xypipeline.settings import Settings
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.store import create_tables as create_validated_tables
from xypipeline.warehouse import open_warehouse
from xypipeline_tests.scores.calendars import CATALOGUE as THREE_TABLES

QUARTER = Quarter(2023, 2)
TABLE = "outpatient_charge"
NOW = datetime(2023, 7, 3, 1, 30, tzinfo=UTC)
REGISTRY = {
    "registry.toml": 'version = "9.1"\n',
    "institutions.csv": (
        "seq,org_code,name,district,district_code,kind,level,registered_from,registered_to\n"
        "1,A1,甲医院,市直,411500,general,,2023-01-01,\n"
        "2,B2,乙医院,市直,411500,general,,2023-01-01,\n"
        "3,C3,丙医院,新县,411523,general,,2023-01-01,\n"
        "4,D4,丁医院,新县,411523,general,,2023-01-01,\n"
    ),
    "connections.csv": (
        "org_code,platform,valid_from,valid_to,note\n"
        "A1,city,2023-01-01,,\n"
        "B2,city,2023-01-01,,\n"
        "C3,province,2023-01-01,,\n"
    ),
    "exemptions.csv": "org_code,kind,first_day,last_day,evidence\n",
    "applicability.csv": "org_code,table_code,kind,first_day,last_day,evidence,approver\n",
}


@dataclass(frozen=True)
class SmallQuarter:
    """2023Q2 of an installation; 甲 and 乙 upload, 丙 is the province's, 丁 is unconnected."""

    data_dir: Path

    @property
    def settings(self) -> Settings:
        return Settings(self.data_dir, self.data_dir / "landing")

    @property
    def folder(self) -> Path:
        return self.settings.publication_dir / str(QUARTER)

    @contextmanager
    def warehouse(self) -> Iterator[DuckDBPyConnection]:
        with open_warehouse(self.settings.warehouse_path) as connection:
            yield connection

    def set_up(self) -> None:
        for name, text in {**REGISTRY, "2023.toml": (POLICY_DIR / "2023.toml").read_text("utf-8")}.items():
            self.write_rule(name, text)
        self.settings.landing_dir.mkdir(parents=True)
        with self.warehouse() as connection:
            create_landing_tables(connection)
            create_raw_tables(connection, THREE_TABLES)
            create_validated_tables(connection, THREE_TABLES)
            create_scores_tables(connection)
            create_file_view(connection)

    def write_rule(self, name: str, text: str) -> None:
        """A file of the register, or `2023.toml`."""
        self._rules_dir.mkdir(parents=True, exist_ok=True)
        (self._rules_dir / name).write_text(text, encoding="utf-8")

    def basis(self) -> Basis:
        return load_basis(QUARTER.year, policy_dir=self._rules_dir, registry_dir=self._rules_dir)

    def deliver(self, org_code: str, day: date, rows: int, part: str = "1") -> Path:
        """A file of so many new records, taken in as the stages would; all good."""
        path = f"{day}/{org_code}/{TABLE}.{part}.csv"
        target = self.settings.landing_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("charge_id\n" + "".join(f"{part}{number}\n" for number in range(rows)))
        file = [path, day, org_code, TABLE]
        with self.warehouse() as connection:
            connection.execute("insert into raw.reading values (?, ?, ?, ?, ?, false, null)", [*file, rows])
            connection.execute(
                "insert into validated.tally values (?, ?, ?, ?, ?, ?, 0)", [*file, rows, rows]
            )
            connection.execute(
                "delete from scores.ledger where org_code = ? and upload_date = ?", file[2:0:-1]
            )
            connection.execute(
                "insert into scores.ledger select org_code, table_code, upload_date, sum(rows_accepted), "
                "sum(rows_accepted), sum(rows_qualified), 0, sum(rows_accepted) from validated.tally "
                "where org_code = ? and upload_date = ? group by all",
                file[2:0:-1],
            )
        return target

    def run(self) -> Outcome:
        """Take note of the files, score, and bring the publication up to date."""
        basis = self.basis()
        with self.warehouse() as connection:
            store_arrivals(
                connection,
                Door(self.settings.landing_dir, basis.registry.org_codes, current_catalogue()),
                QUARTER.first,
                QUARTER.last,
            )
            score_quarter(connection, basis.catalogue, basis.registry, basis.policy, QUARTER, QUARTER.last)
            return publish_quarter(connection, QUARTER, basis, self.folder, attachment_only)

    def publish(self) -> Decision:
        review_draft(self.folder, "李", NOW)
        return publish_reviewed(self.folder, "王", NOW)

    @property
    def _rules_dir(self) -> Path:
        return self.data_dir / "rules"


def attachment_only(connection: DuckDBPyConnection, figures: QuarterFigures) -> dict[str, bytes]:
    """A quarter of three tables has not what the other documents need."""
    return render_attachment(figures)


def tree(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def edition_tree(folder: Path) -> Mapping[str, bytes]:
    """The files at the top of a period's folder that make up an edition."""
    beside = ("editions/", "correction/", "history.jsonl")
    return {name: content for name, content in tree(folder).items() if not name.startswith(beside)}
