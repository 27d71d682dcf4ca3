"""H1 and H5 of what comes by browser: a path that climbs is refused, any other name is only a label."""

from __future__ import annotations

import pytest

from tests import invariants
from tests.uploads.conftest import refused


@pytest.mark.parametrize(
    "path", ["../教案.docx", "/etc/passwd", "课/../../教案.docx", "课//教案.docx", "", ".", "a\0b"]
)
@pytest.mark.fault("H1")
def test_a_path_that_climbs_is_refused(school, path) -> None:
    assert refused(school.begin, path, 1) == "NAME"
    assert school.files() == []


@pytest.mark.parametrize("path", ["/".join("课" * 64), "课" * 1366])
def test_a_path_too_deep_or_too_long_is_refused(school, path) -> None:
    assert refused(school.begin, path, 1) == "NAME"


@pytest.mark.parametrize(
    "name",
    ["长" * 200 + ".docx", "CON.docx", "末尾有点.docx.", "\u202egpj.docx", "-rf", "$(id).txt", "<b>粗</b>.txt",
     "C:\\作业.docx", "换\n行.txt", "\x1b[2J.txt"],
)  # fmt: skip
@pytest.mark.fault("H5")
def test_any_other_name_is_only_a_label(school, taken, station, name) -> None:
    """Longer than the file system's names, reserved elsewhere, steering: kept as given, stored under ours."""
    school.send("课/" + name, b"plan")
    school.hand_over()
    assert taken() == [1]
    (entry,) = school.catalog.db.query("select raw, fate from entry")
    assert entry == {"raw": ("课/" + name).encode(), "fate": "stored"}
    invariants.check(station)
