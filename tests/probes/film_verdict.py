"""What the box says of a single film, from its bytes to the verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from appliance.model import Identity, LessonFacts, Material, Phase, Verdict
from appliance.probes import probe
from appliance.rules import engine
from appliance.rules.load import load

EDITION = load("2024")


def verdict_of(path: Path) -> tuple[Verdict, dict[str, Any]]:
    media = probe(path)
    film = Material("video", 1, path.name, "s", path.stat().st_size, media)
    identity = Identity(title="摆", category="subject", stage="primary", subject="数学")
    return engine.verdict(engine.check(LessonFacts(identity, Phase.PRODUCTION, (film,)), EDITION)), media
