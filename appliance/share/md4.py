"""MD4 (RFC 1320), for one purpose: the password form that SMB's NTLMv2 starts from. OpenSSL 3 hides it by default.

Broken as a hash; what it is given here is 59 bits of chance, so that its being fast to try does not matter.
"""

from __future__ import annotations

import struct

_MASK = 0xFFFFFFFF
_START = (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476)
_ROUNDS = (
    (0x00000000, (3, 7, 11, 19), tuple(range(16))),
    (0x5A827999, (3, 5, 9, 13), (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)),
    (0x6ED9EBA1, (3, 9, 11, 15), (0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15)),
)  # constant, turns, order of the words


def md4(data: bytes) -> bytes:
    padded = data + b"\x80" + bytes(-(len(data) + 9) % 64) + struct.pack("<Q", 8 * len(data))
    state = _START
    for at in range(0, len(padded), 64):
        mixed = _mixed(state, struct.unpack("<16I", padded[at : at + 64]))
        state = tuple((old + new) & _MASK for old, new in zip(state, mixed, strict=True))  # type: ignore[assignment]
    return struct.pack("<4I", *state)


def _mixed(state: tuple[int, ...], words: tuple[int, ...]) -> tuple[int, ...]:
    a, b, c, d = state
    for number, (constant, turns, order) in enumerate(_ROUNDS):
        for place, word in enumerate(order):
            sum_ = (a + _chosen(number, b, c, d) + words[word] + constant) & _MASK
            turn = turns[place % 4]
            a, d, c, b = d, c, b, ((sum_ << turn) | (sum_ >> (32 - turn))) & _MASK
    return a, b, c, d


def _chosen(number: int, x: int, y: int, z: int) -> int:
    if number == 0:
        return (x & y) | (~x & z)
    return (x & y) | (x & z) | (y & z) if number == 1 else x ^ y ^ z
