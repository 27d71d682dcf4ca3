import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import profile

BAD_NAMES = [
    ("../bag_evil/x", "NAME-PATH"), ("/data/x", "NAME-PATH"), ("data//x", "NAME-PATH"), ("data/./x", "NAME-PATH"),
    ("data/a/b/c/d/e/f", "NAME-PATH"), ("", "NAME-PATH"), ("data/\udc80", "NAME-ENCODING"), ("data/a%0Ab", "NAME-CHAR"),
    ("data/a\rb", "NAME-CHAR"), ("data/a\nb", "NAME-CHAR"), ("data/a\\b", "NAME-CHAR"), ("data/C:x", "NAME-CHAR"),
    ("data/a*", "NAME-CHAR"), ("data/a?", "NAME-CHAR"), ('data/"a', "NAME-CHAR"), ("data/<a>", "NAME-CHAR"),
    ("data/a|b", "NAME-CHAR"), ("data/a\x00", "NAME-CHAR"), ("data/a\x1b[0m", "NAME-CHAR"), ("data/\u202efdp.x", "NAME-CHAR"),
    ("data/a\u200bb", "NAME-CHAR"), ("data/a.", "NAME-END"), ("data/a ", "NAME-END"), ("data/NUL.txt", "NAME-END"),
    ("data/e\u0301.mp4", "NAME-NFC"), ("data/" + "课" * 66, "NAME-LONG"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), BAD_NAMES)
def test_a_name_that_some_system_cannot_keep_is_refused_with_its_code(name: str, code: str) -> None:
    assert profile.name_problem(name) == code


@pytest.mark.parametrize("name", ["data/docs/plan-1.docx", "data/video/lesson-1.mp4", "bag-info.txt", "data/教案.docx"])
def test_ordinary_names_pass(name: str) -> None:
    assert profile.name_problem(name) is None


def test_names_that_differ_only_by_case_clash_in_folders_too() -> None:
    assert profile.case_clashes(["data/Docs/a", "data/docs/b"]) == ["data/docs"]
    assert profile.case_clashes(["data/a.MP4", "data/a.mp4"]) == ["data/a.mp4"]


@given(st.text(max_size=60))
def test_a_name_that_passes_stays_inside_the_bundle_and_on_one_line(name: str) -> None:
    if profile.name_problem(name) is None:
        assert ".." not in name.split("/") and not name.startswith("/")
        digest = "0" * 64
        assert profile.manifest(profile.manifest_written([(name, digest)])) == {name: digest}


@given(st.binary(max_size=300))
def test_a_manifest_of_any_bytes_is_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(profile.Violation):
        assert profile.manifest_written(profile.manifest(data).items()) != b""


def test_a_path_listed_twice_is_refused() -> None:
    line = "0" * 64 + "  data/x\n"
    with pytest.raises(profile.Violation) as caught:
        profile.manifest((line * 2).encode())
    assert (caught.value.code, caught.value.path) == ("DUPLICATE", "data/x")
