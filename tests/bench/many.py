"""A catalog with many lessons, made through the same door as real ones, without their bytes."""

from __future__ import annotations

import hashlib
import random

from appliance.catalog import arrivals
from appliance.model import Identity, LessonGuess, Material, Phase
from appliance.station import Station

SUBJECTS = ("语文", "数学", "英语", "科学", "物理", "化学")
WORDS = ("函数", "分数", "光合作用", "春天", "力", "方程", "古诗", "电路", "面积", "比例")
NAMES = ("张伟", "王芳", "李娜", "刘洋", "陈静", "杨帆", "赵磊", "黄敏")  # the commonest names: plainly nobody


def fill(station: Station, count: int) -> None:
    chance = random.Random(7)
    catalog = station.catalog()
    with catalog.writing() as db:
        for number in range(count):
            sha256 = hashlib.sha256(str(number).encode()).hexdigest()
            db["blob"].insert({"sha256": sha256, "size": 1, "stored_at": "", "verified_at": ""})
            identity = Identity(
                title=f"{chance.choice(WORDS)}的认识 {number}", category="subject", stage="primary",
                subject=chance.choice(SUBJECTS), grade="三年级", textbook="人教版", volume="上册",
                teacher=chance.choice(NAMES), school=f"示例第{chance.randrange(300)}小学",
            )  # fmt: skip
            guess = LessonGuess(identity, (Material("plan", 1, "教学设计.docx", sha256, 1),))
            arrivals.save_guess(db, None, guess, Phase.PRODUCTION)
    catalog.close()
