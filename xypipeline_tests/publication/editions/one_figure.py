"""The smallest snapshot there is: one hospital, one figure."""

from xypipeline.publication.editions.cells import Cell, cells_bytes
from xypipeline.publication.editions.evidence import CELLS, INPUTS, POLICY_DIR, STANDING
from xypipeline.publication.editions.manifest import Facts
from xypipeline.publication.editions.reasons import OWN_FIGURES
from xypipeline.publication.editions.snapshot import Snapshot

_RULE = {"version": "1", "sha256": "f" * 64}
FACTS = Facts(
    period="2023Q2",
    as_of="2023-06-30",
    inputs={},
    standard=_RULE,
    policy=_RULE,
    registry=_RULE,
    code={"version": "1.0", "commit": None},
)
INPUT_COLUMNS = "path,sha256,bytes,status,upload_date,org_code,table_code"


def snapshot_of(rows: int, facts: Facts = FACTS) -> Snapshot:
    """甲医院 has uploaded so many rows."""
    own = ",".join(str(rows) for _ in OWN_FIGURES)
    return Snapshot(
        facts,
        {
            CELLS: cells_bytes([Cell("A1", "甲医院", "rows_uploaded", "已上传数据量", str(rows))]),
            STANDING: f"org_code,hospital,score,{','.join(OWN_FIGURES)}\nA1,甲医院,1,{own}\n".encode(),
            INPUTS: f"{INPUT_COLUMNS}\n".encode(),
            f"{POLICY_DIR}/2023.toml": b"[weights]\nvolume = 10\n",
        },
    )
