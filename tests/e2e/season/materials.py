"""What the schools bring: 24 designs, four of them on a school's stick, and later the candidates' films."""

from __future__ import annotations

from pathlib import Path

from appliance import journal
from appliance.catalog import arrivals, checks, lessons
from appliance.model import Identity, LessonGuess, LessonState, Phase, Verdict
from appliance.selection.after_check import settle_state
from tests.catalog.lesson_maker import material
from tests.conftest import answer
from tests.e2e.season.county import County
from tests.samples import documents, texts
from tests.samples.words import Words

SUBJECTS = ("数学", "语文")
SCHOOLS = ("示例第一小学", "示例镇中心小学", "示例实验学校")
EACH = 4  # lessons of a school in a subject
ON_THE_STICK = tuple(Words(f"数学第{n}课", f"教师{name}", SCHOOLS[0]) for n, name in enumerate("甲乙丙丁", 1))
NAMES_ON_THE_STICK = (SCHOOLS[0], *(words.teacher for words in ON_THE_STICK))
SAYS = "校内排第 1，5 月 18 日，已盖章"
NAMES = "𬭎䶮㛃𬱖𫖮戊己庚辛壬癸子丑寅卯辰巳午未申"


def a_stick_comes_in(county: County) -> None:
    """The folders of a school, each with its 教学设计 that names teacher and school; taken and checked to the end."""
    stick = county.box.station.folder("drops/usb") / "KINGSTON"
    for words in ON_THE_STICK:
        folder: Path = stick / words.school / words.folder
        folder.mkdir(parents=True)
        title = f"《{words.title}》教学设计 {words.school} {words.teacher}"
        documents.heading_styles(title, texts.plan(words), folder / "教学设计.docx")
    answer("watch", "--once", "--home", county.box.station.home)


def school_recommends(county: County, no: int) -> str:
    """The page of the lesson once the office has written down what the school says of it."""
    return county.post("经办甲", f"/lessons/{no}/record", kind="school_says", value=SAYS, note="")


def the_others_come_in(county: County) -> list[int]:
    """One design a lesson, as intake leaves them: identified, checked, waiting for the county."""
    names, numbers = iter(NAMES), []
    for subject in SUBJECTS:
        for place, school in enumerate(SCHOOLS):
            for n in range(EACH):
                title = f"{subject}第{place * EACH + n + 1}课"
                if (title, school) not in [(one.title, one.school) for one in ON_THE_STICK]:
                    numbers.append(_design(county, title, subject, school, f"教师{next(names)}"))
    return numbers


def _design(county: County, title: str, subject: str, school: str, teacher: str) -> int:
    identity = Identity(
        title=title, category="subject", stage="primary", subject=subject, grade="三年级", textbook="人教版",
        volume="上册", teacher=teacher, school=school,
    )  # fmt: skip
    with county.catalog.writing() as db:
        plan = material(db, "plan", f"{title}{school}", "教学设计.docx")
        no, _, _ = arrivals.save_guess(db, None, LessonGuess(identity, (plan,)), Phase.DESIGN)
        journal.append(db, "identify", f"lesson/{no}", {"title": title})
    return no


def films_come_in(county: County, no: int) -> LessonState:
    """The candidate's film and other materials, found right by the full check."""
    with county.catalog.writing() as db:
        identity = lessons.by_no(db, no).identity
        given = tuple(
            material(db, role, f"{role} of {no}", name)
            for role, name in (("video", "微课视频.mp4"), ("plan", "教学设计.docx"), ("slides", "课件.pptx"))
        )
        _, revision, _ = arrivals.save_guess(db, None, LessonGuess(identity, given), Phase.PRODUCTION)
        edition = county.box.station.edition()
        checks.record(db, no, revision, Phase.PRODUCTION, (edition.id, edition.hash), {}, Verdict.PASS, [])
        return settle_state(db, no, "design_first")
