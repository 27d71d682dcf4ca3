"""The words of the box, as frozen values. Names are the clerk's words (docs/words.md).

Categories, stages and roles are words of an edition (`appliance/editions/`), so here they are plain
strings: a new notice may bring new ones. What never changes with a notice is an enum.
"""

from __future__ import annotations

from appliance.model.arrived import Blob, Entry, Moment
from appliance.model.checked import Alike, Finding, LessonFacts
from appliance.model.lessons import Identity, Lesson, LessonGuess, Material
from appliance.model.words import (
    DeliveryState,
    Fate,
    LessonState,
    Level,
    Outcome,
    Phase,
    PrintState,
    Severity,
    Tick,
    Turn,
    Verdict,
)

__all__ = [
    "Alike",
    "Blob",
    "DeliveryState",
    "Entry",
    "Fate",
    "Finding",
    "Identity",
    "Lesson",
    "LessonFacts",
    "LessonGuess",
    "LessonState",
    "Level",
    "Material",
    "Moment",
    "Outcome",
    "Phase",
    "PrintState",
    "Severity",
    "Tick",
    "Turn",
    "Verdict",
]
