"""`lessonbox show NO`: all that the box knows of one lesson."""

from __future__ import annotations

import argparse

from appliance.catalog import checks, decisions, lessons, ticks
from appliance.cli import Answer, station
from appliance.reports.lesson_json import lesson_json
from appliance.selection.checklist import ANSWERS
from appliance.selection.decide import STATE_NAMES


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("no", type=int, metavar="NO")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    db = box.catalog().db
    lesson = lessons.by_no(db, args.no)
    findings = (checks.latest(db, args.no) or {"findings": []})["findings"]
    data = lesson_json(lesson, findings, box.edition(), ticks.newest(db, [args.no])[args.no]) | {
        "no": lesson.no, "state": lesson.state, "revision": lesson.revision, "version": lesson.version,
        "teacher": lesson.identity.teacher, "school": lesson.identity.school,
        "decisions": decisions.of_lesson(db, args.no),
    }  # fmt: skip
    lines = [f"第 {lesson.no} 号《{lesson.identity.title}》 {STATE_NAMES[lesson.state]}  第 {lesson.revision} 稿"]
    lines += [f"  {m.role or '未识别'}  第 {m.period} 课时  {m.name}  {m.size} 字节" for m in lesson.materials]
    lines += [f"  {f.says}。{f.fix}（{f.clause}）" for f in findings]
    for item in data["checklist"]:
        said = (
            f"{ANSWERS[item['answer']]}（{item['by']}，第 {item['revision']} 稿）" if item["answer"] else "还没有回答"
        )
        lines.append(f"  核对 {item['clause']}：{said}")
    return Answer(data, "\n".join(lines))
