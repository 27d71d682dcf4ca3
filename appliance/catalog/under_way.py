"""Which films are still being looked at, and how long that will take, from the speed of the films before."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from appliance.model import DeliveryState

_SPEED = "check.speed"
_FIRST_SPEED = 0.1  # seconds of checking for one of film, until the box has checked one
_LEARNS = 0.3  # how much the newest film counts
_LEAST_SECONDS = 60.0  # of a film that tells a speed: in a short one starting counts most


@dataclass(frozen=True)
class UnderWay:
    """`films`, of which `done` are looked at. `seconds` until all of this delivery is, those before it included."""

    films: int
    done: int
    seconds: float


def under_way(db: Database) -> dict[int, UnderWay]:
    """By number of the delivery, in the order in which they are checked. One query, and one for the speed."""
    rows = db.query(
        "select delivery.no, count(seconds) as films, coalesce(sum(share >= 1), 0) as done,"
        " coalesce(sum(seconds * (1 - share)), 0) as open from delivery left join ("
        "  select distinct delivery_lesson.delivery, material.id, json_extract(measured, '$.duration_s') as seconds, share"
        "  from delivery_lesson join lesson on lesson.no = delivery_lesson.lesson"
        "  join material on material.revision = lesson.revision join media using (sha256)"
        "  where json_extract(measured, '$.kind') = 'video'"
        " ) as film on film.delivery = delivery.no where state = ? group by delivery.no order by next_try, delivery.no",
        [DeliveryState.ANSWERED],
    )
    ahead, each, found = 0.0, speed(db), {}
    for row in rows:
        ahead += row["open"] * each
        found[row["no"]] = UnderWay(row["films"], row["done"], ahead)
    return found


def speed(db: Database) -> float:
    """Seconds of checking for one second of film."""
    row = db.execute("select value from station_state where name = ?", [_SPEED]).fetchone()
    return float(row[0]) if row else _FIRST_SPEED


def remember(db: Database, measured: float, film_seconds: float) -> None:
    if film_seconds < _LEAST_SECONDS:
        return
    known = db.execute("select 1 from station_state where name = ?", [_SPEED]).fetchone()
    value = speed(db) * (1 - _LEARNS) + measured * _LEARNS if known else measured
    db.execute("replace into station_state (name, value) values (?, ?)", [_SPEED, f"{value:.4f}"])
