"""What the box remembers of updates, in two small files beside the sign of life: what was asked for, and how it went."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path

from appliance.store import notes
from appliance.store.files import replacing

_ASKED, _STATE, _FLOOR = "run/update-asked.json", "run/update.json", "run/update-floor"


@dataclass(frozen=True)
class State:
    """`step`: running, written, refused. `digest`: of the manifest, as it was confirmed."""

    step: str = ""
    version: str = ""
    digest: str = ""
    what: str = ""
    done: int = 0
    of: int = 0
    says: str = ""


@dataclass(frozen=True)
class Asked:
    """By a person on the page: which file, and by its manifest's digest which update was shown to them."""

    path: str
    digest: str
    version: str
    by: str


def ask(home: Path, asked: Asked) -> None:
    """The path unit sees the file, and starts the update."""
    put(home, State("running", asked.version, asked.digest, "等待开始"))
    notes.write(home / _ASKED, asdict(asked))


def take(home: Path) -> Asked | None:
    """What was asked for, once: a box that fails amid it does not begin again by itself at each start."""
    told = notes.read(home / _ASKED)
    (home / _ASKED).unlink(missing_ok=True)
    try:
        return Asked(**told) if told else None
    except TypeError:
        return None


def put(home: Path, state: State) -> None:
    notes.write(home / _STATE, asdict(state))


def move(home: Path, state: State, what: str, done: int, of: int) -> State:
    """Written at each whole percent, not at each piece."""
    moved = replace(state, what=what, done=done, of=of)
    if (state.what, _percent(state)) != (what, _percent(moved)):
        put(home, moved)
    return moved


def get(home: Path) -> State:
    try:
        return State(**notes.read(home / _STATE))
    except TypeError:
        return State()


def floor(home: Path) -> str:
    try:
        return (home / _FLOOR).read_text().strip() or "0"
    except OSError:
        return "0"


def set_floor(home: Path, version: str) -> None:
    with replacing(home / _FLOOR) as out:
        out.write(version.encode())


def _percent(state: State) -> int:
    return state.done * 100 // state.of if state.of else 0
