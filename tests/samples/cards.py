"""Title cards as schools make them: layouts, fonts, grounds, and what goes wrong with them. Pillow images, 1920×1080."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from tests.samples.pictures import FONT, SCREEN, SIMPLIFIED
from tests.samples.words import Words

BOLD = FONT.replace("Regular", "Bold")
SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"


@dataclass(frozen=True)
class Style:
    """`paint` lays the fields out on the ground; `face` is a font file."""

    name: str
    ground: Callable[[], Image.Image]
    ink: str
    face: str
    paint: Callable[[ImageDraw.ImageDraw, Words, Style], None]


@dataclass(frozen=True)
class Card:
    """`lesson`: what is known of the lesson; `image`: what the card shows. `harm`: "" for a clear card that is right,
    else in what it is wrong or how it was spoilt."""

    id: str
    lesson: Words
    image: Image.Image
    harm: str = ""


def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face, size, index=SIMPLIFIED)


def paint(words: Words, style: Style) -> Image.Image:
    image = style.ground()
    style.paint(ImageDraw.Draw(image), words, style)
    return image


def _labelled(draw: ImageDraw.ImageDraw, words: Words, style: Style) -> None:
    top = 540 - 60 * len(fields(words))
    for row, (name, value) in enumerate(fields(words)):
        draw.text((360, top + 120 * row), f"{name}：{value}", font=font(style.face, 72), fill=style.ink)


def _centred(draw: ImageDraw.ImageDraw, words: Words, style: Style) -> None:
    """The title large, the rest small below it, no labels but the teacher's."""
    _middle(draw, 360, words.title, font(style.face, 130), style.ink)
    first = [value for name, value in fields(words) if name not in ("课名", "主讲教师", "学校")]
    _middle(draw, 600, "  ".join(first), font(style.face, 56), style.ink)
    school = f"    {words.school}" if words.category == "experiment" else ""
    _middle(draw, 760, f"主讲教师：{words.teacher}{school}", font(style.face, 56), style.ink)


def _cornered(draw: ImageDraw.ImageDraw, words: Words, style: Style) -> None:
    """Book and grade in the corner, the title in marks of a book, the name below at the right."""
    first = [value for name, value in fields(words) if name not in ("课名", "主讲教师", "学校")]
    draw.text((120, 90), " | ".join(first), font=font(style.face, 48), fill=style.ink)
    _middle(draw, 420, f"《{words.title}》", font(style.face, 120), style.ink)
    draw.text((1200, 820), f"执教：{words.teacher}", font=font(style.face, 60), fill=style.ink)
    if words.category == "experiment":
        draw.text((1200, 920), words.school, font=font(style.face, 52), fill=style.ink)


def _spaced(draw: ImageDraw.ImageDraw, words: Words, style: Style) -> None:
    for row, (_, value) in enumerate(fields(words)):
        _middle(draw, 260 + 130 * row, " ".join(value), font(style.face, 66), style.ink)


def _middle(draw: ImageDraw.ImageDraw, top: int, text: str, face: ImageFont.FreeTypeFont, ink: str) -> None:
    draw.text(((SCREEN[0] - draw.textlength(text, font=face)) / 2, top), text, font=face, fill=ink)


def fields(words: Words) -> list[tuple[str, str]]:
    """Without the fields that are empty: a card that lacks one."""
    return [(name, value) for name, value in words.card if value]


def _plain(colour: str) -> Callable[[], Image.Image]:
    return lambda: Image.new("RGB", SCREEN, colour)


def _classroom() -> Image.Image:
    """A picture behind the words: light falling from one side, shapes, a little grain."""
    image = Image.linear_gradient("L").resize(SCREEN).convert("RGB")
    image = ImageEnhance.Brightness(image).enhance(0.45)
    draw = ImageDraw.Draw(image)
    dice = random.Random(7)
    for _ in range(60):
        x, y, size = dice.randrange(SCREEN[0]), dice.randrange(SCREEN[1]), dice.randrange(30, 200)
        draw.ellipse((x, y, x + size, y + size), outline=f"#{dice.randrange(0x303030, 0x606060):06x}", width=4)
    return image


STYLES = (
    Style("dark", _plain("#12355b"), "white", FONT, _labelled),
    Style("light", _plain("#fdf8ec"), "#3a2c12", BOLD, _centred),
    Style("green", _plain("#2f6b4f"), "#fff4c2", SERIF, _cornered),
    Style("pale", _plain("#e8f1fa"), "#5d7d9a", FONT, _spaced),
    Style("pictured", _classroom, "white", BOLD, _labelled),
    Style("pictured-centred", _classroom, "#ffe28a", SERIF, _centred),
)
LESSONS = (
    Words("分数的初步认识", "教师甲"),
    Words("两位数乘两位数", "李示例", grade="三年级", volume="下册", textbook="北师大版"),
    Words("将相和", "欧阳示例", subject="语文", grade="五年级", textbook="统编版"),
    Words("一次函数", "张㛃", stage="junior", grade="八年级", volume="下册"),
    Words("等式的性质", "王䶮", stage="junior", grade="七年级"),
    Words("What time is it", "赵示例", subject="英语", grade="四年级", volume="下册", textbook="外研版"),
    Words("牛顿第一定律", "周样品", stage="junior", subject="物理", grade="八年级", volume="下册"),
    Words("认识人民币", "教师卯", "示例培智学校", "special", grade="三年级", special_kind="intellectual"),
    Words("触摸四季", "吴示例", "示例盲校", "special", grade="二年级", special_kind="blind"),
    Words("摆的快慢", "教师子", "示例实验小学", "experiment", subject="科学", grade="五年级", volume="下册", textbook=""),
    Words("酸和碱的中和", "钱样品", "示例县第二中学", "experiment", "junior", "化学", "九年级", volume="下册", textbook=""),
)  # fmt: skip


def good() -> Iterator[Card]:
    for lesson in LESSONS:
        for style in STYLES:
            yield Card(f"{lesson.title} {style.name}", lesson, paint(lesson, style))


def wrong() -> Iterator[Card]:
    """Clear cards that do not say what they should."""
    for number, lesson in enumerate(LESSONS):
        style = STYLES[number % len(STYLES)]
        changes = {
            "another teacher": replace(lesson, teacher="孙乙"),
            "another grade": replace(lesson, grade="六年级"),
            "another book": replace(lesson, volume="下册" if lesson.volume == "上册" else "上册"),
            "another title": replace(lesson, title="认识时间"),
            "no grade": replace(lesson, grade="", volume=""),
            "no teacher": replace(lesson, teacher=""),
        }
        if lesson.textbook:
            changes["no textbook"] = replace(lesson, textbook="")
        if lesson.category == "experiment":
            changes["another school"] = replace(lesson, school="样品第三小学")
        for harm, shown in changes.items():
            yield Card(f"{lesson.title} {harm}", lesson, paint(shown, style), harm)


def spoilt() -> Iterator[Card]:
    """Cards that are right but hard to read: small, faded, blurred, pressed by a codec, half hidden."""
    for number, lesson in enumerate(LESSONS):
        for harm, change in _HARMS:
            image = paint(lesson, STYLES[(number + len(harm)) % len(STYLES)])
            yield Card(f"{lesson.title} {harm}", lesson, change(image), harm)


def _shrunk(image: Image.Image, share: float) -> Image.Image:
    small = image.resize((int(SCREEN[0] * share), int(SCREEN[1] * share)))
    return small.resize(SCREEN)


def _hidden(image: Image.Image) -> Image.Image:
    changed = image.copy()
    ImageDraw.Draw(changed).rectangle((0, 560, 1000, 1080), fill="#777777")
    return changed


_HARMS: Sequence[tuple[str, Callable[[Image.Image], Image.Image]]] = (
    ("blurred a little", lambda image: image.filter(ImageFilter.GaussianBlur(4))),
    ("blurred", lambda image: image.filter(ImageFilter.GaussianBlur(9))),
    ("blurred to nothing", lambda image: image.filter(ImageFilter.GaussianBlur(16))),
    ("faded", lambda image: ImageEnhance.Contrast(image).enhance(0.12)),
    ("faded to nothing", lambda image: ImageEnhance.Contrast(image).enhance(0.03)),
    ("shrunk to 480", lambda image: _shrunk(image, 0.25)),
    ("shrunk to 240", lambda image: _shrunk(image, 0.125)),
    ("half hidden", _hidden),
)
