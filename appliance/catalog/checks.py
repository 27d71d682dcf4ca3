"""Check runs, their findings, and the waivers that a person gave with a reason."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance import clock
from appliance.catalog import fingerprints
from appliance.model import Finding, LessonState, Outcome, Phase, Severity, Turn, Verdict

_FIELDS = (
    "rule", "clause", "place", "severity", "outcome", "material", "measured", "expected", "says", "fix",
)  # fmt: skip


_HOLDS = (
    "(sha256 = '' or sha256 in (select sha256 from material join lesson on material.revision = lesson.revision"
    " where lesson.no = waiver.lesson))"
)


def record(
    db: Database, lesson: int, revision: int, phase: Phase, edition: tuple[str, str], tools: Mapping[str, str],
    verdict: Verdict, findings: Sequence[Finding], turn: Turn = Turn.FULL,
) -> int:  # fmt: skip
    """`edition`: (id, hash). Inside the caller's transaction; returns the check run's id."""
    moment = clock.now()
    row = db.table("check_run").insert(
        {
            "lesson": lesson, "revision": revision, "phase": phase, "edition": edition[0],
            "edition_hash": edition[1], "tools": json.dumps(dict(tools)), "verdict": verdict,
            "at": moment.wall, "clock": moment.quality, "turn": turn,
        }
    )  # fmt: skip
    run = int(row.last_pk or 0)
    for finding in findings:
        db.table("finding").insert({"check_run": run} | {name: getattr(finding, name) for name in _FIELDS})
    return run


def last_edition(db: Database) -> tuple[str, str] | None:
    """(id, hash) of the rules of the newest check run; None before the first."""
    row = next(db.query("select edition, edition_hash from check_run order by id desc limit 1"), None)
    return (row["edition"], row["edition_hash"]) if row else None


def latest(db: Database, lesson: int, turn: Turn | None = None) -> dict[str, Any] | None:
    """The newest check run (of this turn), its `findings` with waivers filled in; None when never checked."""
    run = next(
        db.query(
            "select * from check_run where lesson = ? and (? is null or turn = ?) order by id desc limit 1",
            [lesson, turn, turn],
        ),
        None,
    )
    if run is None:
        return None
    waivers = {(w["rule"], w["material"]): f"{w['by_user']}：{w['reason']}" for w in waived(db, lesson)}
    rows = db.query("select * from finding where check_run = ? order by id", [run["id"]])
    run["findings"] = [_finding(row, waivers.get((row["rule"], row["material"]), "")) for row in rows]
    return run


def newest_findings(db: Database, state: LessonState) -> dict[int, list[Finding]]:
    """{lesson: the findings of its newest check run, with waivers}, of all lessons in this state; two queries."""
    inside = "lesson in (select no from lesson where state = ?)"
    waivers = {
        (row["lesson"], row["rule"], row["material"]): f"{row['by_user']}：{row['reason']}"
        for row in db.query(f"select waiver.* from waiver where {inside} and {_HOLDS}", [state])
    }
    found: dict[int, list[Finding]] = {}
    for row in db.query(
        "select finding.*, check_run.lesson from finding join check_run on check_run.id = finding.check_run"
        f" where check_run.id in (select max(id) from check_run where {inside} group by lesson) order by finding.id",
        [state],
    ):
        reason = waivers.get((row["lesson"], row["rule"], row["material"]), "")
        found.setdefault(row["lesson"], []).append(_finding(row, reason))
    return found


def _finding(row: Mapping[str, Any], reason: str) -> Finding:
    texts = {name: row[name] for name in _FIELDS if name not in ("severity", "outcome")}
    return Finding(
        **texts, severity=Severity(row["severity"]), outcome=Outcome(row["outcome"]), id=row["id"], waived=reason
    )


def waived(db: Database, lesson: int) -> list[dict[str, Any]]:
    """Waivers that still hold: one for a file ends when the file's bytes change."""
    return list(db.query(f"select waiver.* from waiver where lesson = ? and {_HOLDS}", [lesson]))


def waive(db: Database, lesson: int, finding: Finding, by: str, reason: str) -> None:
    row = next(
        db.query(
            "select sha256 from material join lesson on material.revision = lesson.revision"
            " where lesson.no = ? and material.name = ?",
            [lesson, finding.material],
        ),
        None,
    )
    db.table("waiver").insert(
        {
            "lesson": lesson, "rule": finding.rule, "material": finding.material, "by_user": by, "reason": reason,
            "sha256": row["sha256"] if row else "", "at": clock.now().wall,
        }
    )  # fmt: skip


def media(db: Database, sha256: str, tools: Mapping[str, str]) -> dict[str, Any] | None:
    """What these very tools measured of these bytes before, perhaps not yet with every look; None when never."""
    row = next(db.query("select * from media where sha256 = ?", [sha256]), None)
    return json.loads(row["measured"]) if row and json.loads(row["tools"]) == dict(tools) else None


def save_media(
    db: Database, sha256: str, measured: Mapping[str, Any], tools: Mapping[str, str], share: float = 1.0
) -> None:
    """`share`: how much of the looks that need decoding has been taken, 0–1. The prints of texts and films go to
    their own table."""
    rest = fingerprints.keep(db, sha256, measured)
    db.table("media").upsert(
        {
            "sha256": sha256, "measured": json.dumps(rest, ensure_ascii=False),
            "tools": json.dumps(dict(tools)), "at": clock.now().wall, "share": share,
        },
        pk="sha256",
    )  # fmt: skip
