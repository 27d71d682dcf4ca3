"""The shape in which the picture is shown: stored size × shape of a pixel, then turned by the rotation flag."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import measured
from appliance.rules.remark import Kind, Remark


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    wide, high, tolerance = rule.limits["width"], rule.limits["height"], rule.limits["sar"]
    wanted = f"{wide}∶{high}"
    for material, media in measured(rule, facts, "video"):
        picture = media.get("video") or {}
        width, height = picture.get("width"), picture.get("height")
        if not width or not height:
            continue  # `picture` says so
        degrees = round(float(picture.get("rotation") or 0)) % 360
        shape = width * float(picture.get("sar") or 1) / height
        ratio = _said(shape)
        fields = {"degrees": degrees, "ratio": ratio, "wanted": wanted}
        if degrees in (90, 270):
            yield Remark("rotated", material.name, f"旋转 {degrees} 度", f"横向 {wanted}", fields)
        elif degrees:
            yield Remark("upside_down", material.name, f"旋转 {degrees} 度", f"横向 {wanted}", fields)
        if abs(shape - wide / high) > tolerance * wide / high:
            yield Remark("wrong", material.name, ratio, wanted, fields)


def _said(shape: float) -> str:
    near = Fraction(shape).limit_denominator(20)
    return f"{near.numerator}∶{near.denominator}"


_FIELDS = ("degrees", "ratio", "wanted")
KIND = Kind(
    judge, ("width", "height", "sar"), {"rotated": _FIELDS, "upside_down": _FIELDS, "wrong": _FIELDS}
)  # fmt: skip
