"""The table of sample lessons. A builder `(words, folder, size)` fills the lesson folder."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tests.samples import texts, video
from tests.samples.lessons import cut_for, experiment, micro_lesson, papers
from tests.samples.words import Words

Builder = Callable[[Words, Path, str], None]


@dataclass(frozen=True)
class Kind:
    """`id` for `make`, `what` for people, `sound`: the notice has nothing against it."""

    id: str
    what: str
    sound: bool
    words: Words
    build: Builder


def _good(layout: str = "table") -> Builder:
    def build(words: Words, folder: Path, size: str) -> None:
        micro_lesson(words, folder, cut_for(words, size), layout=layout)

    return build


def _pictured(**changes: object) -> Builder:
    """A complete lesson whose picture is encoded otherwise."""

    def build(words: Words, folder: Path, size: str) -> None:
        micro_lesson(words, folder, video.constant(cut_for(words, size), **changes))

    return build


def _lasting(rounds: int) -> Builder:
    def build(words: Words, folder: Path, size: str) -> None:
        micro_lesson(words, folder, replace(cut_for(words, size), rounds=rounds))

    return build


def _then(harm: Callable[[Path], None], *, faststart: bool = True) -> Builder:
    """A complete lesson whose video is harmed after export."""

    def build(words: Words, folder: Path, size: str) -> None:
        harm(micro_lesson(words, folder, replace(cut_for(words, size), faststart=faststart)))

    return build


def _phone_and_thin_sheet(words: Words, folder: Path, size: str) -> None:
    """剪映's default of 30 fps, no title card, and a 学习任务单 without 学习准备. Another voice than the complete
    lesson that comes on the same stick: two teachers with one sound are alike (G8)."""
    own = replace(cut_for(words, size), style="functions")
    cut = replace(video.constant(own, fps=30), card=(), rounds=26)
    micro_lesson(words, folder, cut, sheet=texts.without(texts.task_sheet(words), "学习准备"))


def _uneven(words: Words, folder: Path, size: str) -> None:
    micro_lesson(words, folder, replace(cut_for(words, size), filter=video.UNEVEN))


def _experiment(words: Words, folder: Path, size: str) -> None:
    experiment(words, folder, cut_for(words, size))


def _design_only(words: Words, folder: Path, size: str) -> None:
    folder.mkdir(parents=True)
    papers(words, folder, layout="boxes")


def _two_periods(words: Words, folder: Path, size: str) -> None:
    for name in ("第1课时", "第2课时"):
        micro_lesson(words, folder / name, cut_for(words, size), layout="numbered")


def _zipped(words: Words, folder: Path, size: str) -> None:
    """As Windows packs it: names in GBK, the UTF-8 flag off. Only the archive stays in the folder."""
    inner = folder.parent / "unpacked"
    micro_lesson(words, inner, cut_for(words, size))
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / f"{words.folder}.zip", "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(inner.iterdir()):
            info = _ExplorerInfo(f"{words.folder}/{path.name}", (2024, 9, 10, 8, 30, 0))
            info.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(info, "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)
    shutil.rmtree(inner)


class _ExplorerInfo(zipfile.ZipInfo):
    """Python's zipfile only writes ASCII or flagged UTF-8; this is the one hook where it asks for the bytes."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def _with_manifest(words: Words, folder: Path, size: str) -> None:
    """提交单.json says what everything is; the file names alone would say little."""
    micro_lesson(words, folder, cut_for(words, size))
    roles = {
        "微课视频.mp4": "video",
        "教学设计.docx": "plan",
        "学习任务单.docx": "task_sheet",
        "课件.pptx": "slides",
        "作业练习.docx": "exercises",
    }
    files = []
    for number, (name, role) in enumerate(roles.items(), 1):
        plain = folder / f"{number:03d}{Path(name).suffix}"
        (folder / name).rename(plain)
        with plain.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size_of = plain.stat().st_size
        files.append({"name": plain.name, "role": role, "period": 1, "sha256": digest, "size": size_of})
    fields = (
        "title",
        "category",
        "stage",
        "subject",
        "grade",
        "textbook",
        "volume",
        "teacher",
        "school",
        "special_kind",
    )
    lesson = {name: getattr(words, name) for name in fields} | {"periods": 1, "authors": [], "files": files}
    document = {"format": "lessonbox-manifest", "version": 1, "lessons": [lesson]}
    (folder / "提交单.json").write_text(json.dumps(document, ensure_ascii=False, indent=1))


_SCIENCE = Words(
    "摆的快慢",
    "教师子",
    "示例实验小学",
    "experiment",
    subject="科学",
    grade="五年级",
    textbook="教科版",
    volume="下册",
    authors=("教师子", "教师丑", "教师寅"),
)
_SPECIAL = Words(
    "认识人民币",
    "教师卯",
    "示例培智学校",
    "special",
    subject="生活数学",
    grade="三年级",
    textbook="人教版",
    special_kind="intellectual",
)
_JUNIOR = Words("一次函数", "教师辰", "示例中学", stage="junior", grade="八年级", volume="下册")

KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind("good", "小学数学微课，样样合格，10:05", True, Words("分数的初步认识", "教师甲"), _good()),
        Kind("junior", "初中数学微课，合格，15:17", True, _JUNIOR, _good("headings")),
        Kind("special", "培智学校微课，没有作业练习，合格", True, _SPECIAL, _good("brackets")),
        Kind("experiment", "小学科学实验课，36:05，三份学生导学案，三名作者", True, _SCIENCE, _experiment),
        Kind("two_periods", "两个课时，各有一套", True, Words("两位数乘两位数", "教师乙"), _two_periods),
        Kind("design_only", "只有课例设计，没有视频", True, Words("长方形的面积", "教师丙"), _design_only),
        Kind("zip_gbk", "一个压缩包，文件名是 GBK", True, Words("年月日", "教师丁"), _zipped),
        Kind("manifest", "带提交单.json，文件名看不出内容", True, Words("小数的初步认识", "教师戊"), _with_manifest),
        Kind(
            "bad",
            "30 帧，没有片头，学习任务单缺学习准备",
            False,
            Words("平移和旋转", "教师己", "示例第二小学"),
            _phone_and_thin_sheet,
        ),
        Kind(
            "half_copied",
            "视频只拷了一半（moov 在前，时长看起来完整）",
            False,
            Words("四边形", "教师庚", "示例第二小学"),
            _then(video.cut_in_half),
        ),
        Kind(
            "half_copied_moov_last",
            "视频只拷了一半（moov 在后，已丢失）",
            False,
            Words("周长", "教师辛", "示例第二小学"),
            _then(video.cut_in_half, faststart=False),
        ),
        Kind(
            "zero_tail",
            "视频最后一成全是零",
            False,
            Words("测量", "教师壬", "示例第二小学"),
            _then(video.zero_the_tail),
        ),
        Kind("hevc", "视频是 H.265", False, Words("可能性", "教师癸", "示例第二小学"), _pictured(codec="hevc")),
        Kind("vfr", "帧率忽快忽慢", False, Words("倍的认识", "教师巳", "示例第二小学"), _uneven),
        Kind(
            "anamorphic",
            "1440×1080，像素比 4:3",
            False,
            Words("万以内的加法", "教师午", "示例第二小学"),
            _pictured(width=1440, sar="4/3"),
        ),
        Kind("rotated", "画面带旋转标记", False, Words("有余数的除法", "教师未", "示例第二小学"), _then(video.turn)),
        Kind(
            "hd720", "1280×720", False, Words("位置与方向", "教师申", "示例第二小学"), _pictured(width=1280, height=720)
        ),
        Kind("too_short", "4:53，太短", False, Words("口算除法", "教师酉", "示例第二小学"), _lasting(12)),
        Kind("too_long", "16:05，太长", False, Words("数学广角", "教师戌", "示例第二小学"), _lasting(40)),
    )
}
