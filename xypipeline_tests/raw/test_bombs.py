import subprocess
import sys
from pathlib import Path

# In a process of its own: what fails here does so by taking the whole process with it.
OUTCOMES = {
    "zeros.csv.gz": "压缩比超过 200，疑似异常压缩文件：请直接上传未压缩的文件",
    "lines.csv.gz": "文件有 20971521 行，超过一次可读入的 3000000 行：请拆分为几个文件后重新上传",
    "lines.jsonl.gz": "文件有 20971520 行，超过一次可读入的 3000000 行：请拆分为几个文件后重新上传",
    "columns.csv": "表头（第一行）超过 64 KB，可能缺少换行：请检查导出程序后重新上传",
    "quotes.csv": "100000",
    "line.csv": "1",
    "members.jsonl": "文件有 300001 列，超过 1000 列：请只保留本表的字段后重新上传",
    "corner.xlsx": "文件有 16384 列，超过 1000 列：请只保留本表的字段后重新上传",
    "texts.xlsx": "工作簿过大：请拆分为几个文件，或导出为 CSV 后重新上传",
    "lying.xlsx": "工作簿已损坏或不是 .xlsx 文件：请用 Excel 或 WPS 打开并另存为 .xlsx 后重新上传",
    "rows.parquet": "文件有 20000000 行，超过一次可读入的 3000000 行：请拆分为几个文件后重新上传",
    "texts.parquet": "Parquet 文件展开后过大：请拆分为几个文件后重新上传",
}


def test_no_small_file_takes_much_memory_or_the_process_with_it(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "xypipeline_tests.raw.bombs", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert dict(line.split(" ", 1) for line in run.stdout.splitlines()) == OUTCOMES, run.stderr
    assert run.returncode == 0
