"""What a sample lesson is called. All names are plainly samples: 教师甲 of 示例第一小学."""

from __future__ import annotations

from dataclasses import dataclass

_SCHOOLS = {"blind": "盲校", "deaf": "聋校", "intellectual": "培智学校"}


@dataclass(frozen=True)
class Words:
    """One lesson in the words of the clerk. Ids (`category`, `stage`) as in the edition, the rest as written."""

    title: str
    teacher: str
    school: str = "示例第一小学"
    category: str = "subject"
    stage: str = "primary"
    subject: str = "数学"
    grade: str = "三年级"
    textbook: str = "人教版"
    volume: str = "上册"
    special_kind: str = ""
    authors: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        return f"{self.grade}{self.subject}《{self.title}》{self.teacher}"

    @property
    def card(self) -> tuple[tuple[str, str], ...]:
        """The fields of the title card (notice V3, E6), in order."""
        kind = _SCHOOLS.get(self.special_kind, self.special_kind)
        subject = ("学校类别", kind) if kind else ("学科", self.subject)
        grade = ("年级", self.grade + self.volume)
        lesson = (("课名", self.title), ("主讲教师", self.teacher))
        if self.category == "experiment":
            return (subject, grade, *lesson, ("学校", self.school))
        return (("教材版本", self.textbook), subject, grade, *lesson)
