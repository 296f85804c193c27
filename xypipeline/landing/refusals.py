"""Why a file is refused at the door, in the words that the hospital reads."""

from xypipeline.landing.names import KINDS, FileName
from xypipeline.periods import FIRST_DAY

LOOSE = "文件不在“日期/机构代码”文件夹内：请放入 <日期>/<机构代码>/ 之下重新上传"
NO_DATE = f"日期文件夹不是有效日期（应为 YYYY-MM-DD，且不早于 {FIRST_DAY}）：请更正文件夹名后重新上传"
UNKNOWN_HOSPITAL = "机构文件夹不是已登记的医疗机构代码：请核对机构代码；新机构请先向平台登记"
NESTED = "文件放在多余的子文件夹内：请直接放在机构代码文件夹之下重新上传"
NOT_A_FILE = "不是普通文件：请上传文件本身，不要用链接、管道或设备"
UNREADABLE_FOLDER = "文件夹无法读取：请运维人员检查读取权限"
TOO_DEEP = "文件夹层数过多，其中的文件未查看：请直接放在 <日期>/<机构代码>/ 之下重新上传"
FUTURE_DATE = "日期文件夹晚于今天：请更正文件夹名，或检查前置机的时钟后重新上传"
UNREADABLE_NAME = "文件名的编码不是 UTF-8：请改用 UTF-8 编码的文件名（或表代码）重新上传"
INVISIBLE_NAME = "文件名含有控制字符或不可见字符（原处以 � 显示）：请改用普通文件名重新上传"
UNKNOWN_TABLE = "文件名不是标准中的表：请以表代码、旧代码或中文表名开头命名，例如 outpatient_visit.csv"
UNKNOWN_KIND = f"文件类型不受支持：请上传 {'、'.join(sorted(KINDS))}（文本文件可加 .gz）"
NESTED_ARCHIVE = "压缩包内又有压缩包：请只压缩一层后重新上传"

# What these stand against is no file that could be read.
NOT_TO_BE_OPENED = frozenset({NOT_A_FILE, UNREADABLE_FOLDER, TOO_DEEP})


def name_refusal(name: FileName, *, is_member: bool = False) -> str | None:
    """The reason against a file's name, or None; an archive may have any name, but not lie in another."""
    if name.kind == "zip":
        return NESTED_ARCHIVE if is_member else None
    if name.kind is None:
        return UNKNOWN_KIND
    return UNKNOWN_TABLE if name.table_code is None else None
