"""A PDF's first page as a picture: drawn by a fenced child, and for any bytes an answer instead of a fall."""

from __future__ import annotations

import base64
import random
from pathlib import Path

import cv2
import numpy as np
import pytest

from appliance.probes.parent import look
from tests.probes.pdf_maker import LOCKED, pdf


def looked(place: Path, data: bytes) -> dict:
    path = place / "推荐表.pdf"
    path.write_bytes(data)
    return look("first_page", path)


def test_the_page_is_drawn_upright_in_a_size_at_which_a_form_can_be_read(tmp_path: Path) -> None:
    answer = looked(tmp_path, pdf(["示例第一小学推荐表"]))
    data = base64.b64decode(answer["pictures"]["first-page"])
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert (picture.shape, answer["pages"], answer["isolation"]["memory"]) == ((1600, 1131), 1, 512 << 20)
    upper, lower = picture[:400], picture[400:]
    assert (bool((upper < 128).any()), bool((lower < 128).any())) == (True, False)


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4", pdf(["x"], LOCKED), pdf(["x"])[:300], pdf(["x"]).replace(b"595 842", b"9e9 1  "),
     pdf(["x"]).replace(b"595 842", b"0   0  "), pdf(["x"]).replace(b"595 842", b"1 99999")],
    ids=["nothing", "head only", "locked", "cut", "endless", "no size", "a thread"],
)  # fmt: skip
def test_what_cannot_be_drawn_is_said_and_whatever_is_drawn_stays_small(tmp_path: Path, data: bytes) -> None:
    answer = looked(tmp_path, data)
    drawn = answer.get("pictures", {}).get("first-page", "")
    assert bool(answer.get("undetermined")) != bool(drawn)
    assert len(drawn) < 4_000_000


def test_ten_pdfs_with_spoiled_bytes_end_in_an_answer(tmp_path: Path) -> None:
    chance, whole = random.Random(9), pdf(["推荐表", "第 1 名"])
    for _ in range(10):
        data = bytearray(whole)
        for _ in range(12):
            data[chance.randrange(len(data))] = chance.randrange(256)
        answer = looked(tmp_path, bytes(data))
        assert {"pictures", "undetermined"} & set(answer)
