"""The packer's own SHA-256 against Python's."""

from __future__ import annotations

import hashlib

import pytest

pytestmark = pytest.mark.browser
EDGES = [0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 1000, (1 << 16) - 1, 1 << 16, (1 << 20) + 7]
# Bytes that both sides can make: a small generator, byte by byte.
MAKE = """(size) => { const b = new Uint8Array(size); for (let i = 0, x = 1; i < size; i++) {
  x = (Math.imul(x, 1664525) + 1013904223) >>> 0; b[i] = x >>> 24; } return b; }"""


def made(size: int) -> bytes:
    found, x = bytearray(size), 1
    for at in range(size):
        x = (x * 1664525 + 1013904223) & 0xFFFFFFFF
        found[at] = x >> 24
    return bytes(found)


def test_sums_agree_at_the_borders_of_blocks_however_the_bytes_are_cut(opened) -> None:
    whole = made(max(EDGES))
    for size in EDGES:
        sums = opened.evaluate(
            f"""(size) => {{ const b = ({MAKE})(size);
            return [size + 1, 1, 63, 64, 65].filter(step => step > 1 || size < 1001).map(step => {{
              const s = new Sha256(); for (let at = 0; at < size; at += step) s.update(b.subarray(at, at + step));
              return s.hex(); }}); }}""",
            size,
        )
        assert set(sums) == {hashlib.sha256(whole[:size]).hexdigest()}, size


def test_a_file_of_64_mb_is_summed_by_portions_and_every_byte_is_told(opened) -> None:
    size = 64 << 20
    sums, told = opened.evaluate(
        """async (size) => { const b = new Uint8Array(size).fill(0x5a); let told = 0;
        const sum = await sha256OfFile(new Blob([b]), n => told += n); return [sum, told]; }""",
        size,
    )
    assert (sums, told) == (hashlib.sha256(b"\x5a" * size).hexdigest(), size)
