"""Pictures drawn with Pillow: title card, lesson slides, a pupil's filled-in page. Sizes in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED = 2  # the face of the collection that has the mainland's shapes
SCREEN = (1920, 1080)
A4_AT_150_DPI = (1240, 1754)

SLIDES = {
    "fractions": ("平均分", "二分之一", "三分之一", "四分之一", "比一比", "小结"),
    "functions": ("变化的量", "自变量", "一次函数", "图象", "应用", "小结"),
    "pendulum": ("提出问题", "实验器材", "设计实验", "动手测量", "分析数据", "得出结论"),
}


def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, index=SIMPLIFIED)


def title_card(fields: Sequence[tuple[str, str]], path: Path) -> None:
    """A still card: dark blue, one field a line, large enough to be read from the last row."""
    image = Image.new("RGB", SCREEN, "#12355b")
    draw = ImageDraw.Draw(image)
    draw.rectangle((80, 80, 1840, 1000), outline="#f0c808", width=6)
    top = 540 - 60 * len(fields)
    for line, (name, value) in enumerate(fields):
        draw.text((360, top + 120 * line), f"{name}：{value}", font=font(72), fill="white")
    image.save(path)


def slides(style: str, folder: Path) -> list[Path]:
    """Six slides that differ in colour and drawing, as PNG."""
    made = []
    for number, heading in enumerate(SLIDES[style]):
        image = Image.new("RGB", SCREEN, ("#fffdf5", "#f2f8ff", "#f4fff2")[number % 3])
        draw = ImageDraw.Draw(image)
        draw.text((120, 80), f"{number + 1}  {heading}", font=font(96), fill="#222222")
        draw.text((120, 900), "想一想，说一说你的理由", font=font(56), fill="#444444")
        _figure(draw, style, number)
        made.append(folder / f"slide{number}.png")
        image.save(made[-1])
    return made


def _figure(draw: ImageDraw.ImageDraw, style: str, number: int) -> None:
    if style == "fractions":
        parts = number + 2
        for part in range(parts):
            start, end = 360 * part / parts, 360 * (part + 1) / parts
            fill = "#ffb703" if part == 0 else "#ffe8b0"
            draw.pieslice((300, 260, 860, 820), start, end, fill=fill, outline="#8d5b00", width=5)
    elif style == "functions":
        draw.line((260, 800, 1000, 800), fill="black", width=5)
        draw.line((300, 840, 300, 260), fill="black", width=5)
        draw.line((300, 800, 900, 800 - 80 * (number + 1)), fill="#d00000", width=8)
    else:
        bob = 480 + 60 * number
        draw.rectangle((300, 240, 900, 270), fill="#6c584c")
        draw.line((600, 270, bob, 720), fill="black", width=5)
        draw.ellipse((bob - 50, 700, bob + 50, 800), fill="#495057")


def teacher(path: Path) -> None:
    """The person in front of the screen on a transparent ground; drawn so that a machine takes the face for one."""
    image = Image.new("RGBA", (360, 560))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((40, 220, 320, 560), radius=60, fill="#31572c")
    head = face(190)
    image.paste(head, (85, 5), head)
    image.save(path)


def face(width: int) -> Image.Image:
    """Nobody's face, from ellipses, a quarter higher than wide."""
    height = width * 5 // 4
    image = Image.new("RGBA", (width, height))
    draw = ImageDraw.Draw(image)

    def oval(x: float, y: float, across: float, down: float, fill: str) -> None:
        draw.ellipse(((x - across) * width, (y - down) * height, (x + across) * width, (y + down) * height), fill=fill)

    draw.rectangle((0.36 * width, 0.8 * height, 0.64 * width, height), fill="#c98f6b")
    oval(0.5, 0.42, 0.44, 0.42, "#2a211c")
    oval(0.5, 0.53, 0.36, 0.42, "#e3b08c")
    oval(0.5, 0.40, 0.30, 0.16, "#ecbd9b")
    for x, inner in ((0.34, -0.02), (0.66, 0.02)):
        oval(x, 0.475, 0.105, 0.05, "#b07a5c")
        oval(x, 0.485, 0.075, 0.03, "#f4efe9")
        oval(x, 0.485, 0.035, 0.03, "#2b1a12")
        brow = ((x - 0.1) * width, 0.425 * height, (x + 0.1) * width, 0.42 * height)
        draw.line(brow, fill="#3a2a20", width=max(width // 36, 1))
        oval(x + inner, 0.63, 0.10, 0.06, "#eebd9f")
    nose = ((0.47, 0.46), (0.53, 0.46), (0.56, 0.64), (0.44, 0.64))
    draw.polygon([(x * width, y * height) for x, y in nose], fill="#f0c4a4")
    oval(0.5, 0.645, 0.065, 0.022, "#b97f61")
    oval(0.5, 0.755, 0.13, 0.035, "#a8493f")
    oval(0.5, 0.80, 0.10, 0.02, "#d79f7e")
    return image.filter(ImageFilter.GaussianBlur(width / 70))


def pupil_page(title: str, number: int, path: Path) -> None:
    """A scanned 导学案 page that a pupil has filled in; the ending of `path` chooses PNG or JPEG."""
    image = Image.new("RGB", A4_AT_150_DPI, "#fbfaf4")
    draw = ImageDraw.Draw(image)
    draw.text((340, 90), f"《{title}》导学案", font=font(48), fill="black")
    draw.text((120, 200), f"班级：三（1）班    姓名：学生{'甲乙丙丁戊'[number]}", font=font(34), fill="black")
    for line in range(9):
        top = 320 + 140 * line
        draw.text((120, top), f"{line + 1}. 我的观察记录：", font=font(34), fill="black")
        draw.line((420, top + 50, 1120, top + 50), fill="#888888", width=2)
        answer = f"第 {line + 1} 次：{10 + (line * 7 + number * 3) % 9}.{(line + number) % 10} 秒"
        draw.text((440, top + (line * 5 + number) % 9), answer, font=font(36), fill="#1d3f8f")
    image.rotate(number - 1, fillcolor="#dddddd").save(path)
