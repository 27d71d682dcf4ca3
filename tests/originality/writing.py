"""Texts of made-up authors: sentences of everyday words of a plan, drawn by a seed, and edits of them."""

from __future__ import annotations

import io
import random

from docx import Document

_WHO = ("学生", "教师", "小组", "同桌", "全班", "每个人", "组长", "孩子们", "几位同学", "大家")
_DO = (
    "观察", "比较", "画出", "说明", "讨论", "记录", "整理", "猜测", "验证", "操作", "展示", "回顾", "交流", "计算", "测量",
    "折叠", "分类", "排列", "概括", "质疑", "补充", "修改", "朗读", "标注", "归纳", "列举", "演示", "估计", "反思", "评价",
)  # fmt: skip
_WHAT = (
    "分数", "月饼", "图形", "长方形", "线段", "数轴", "算式", "情境图", "学具", "纸条", "圆片", "方格", "生活事例", "错题",
    "不同做法", "数量关系", "平均分", "一半", "四分之一", "几分之一", "分子", "分母", "整体", "部分", "大小", "规律", "结论",
    "练习", "问题", "发现", "想法", "方法", "步骤", "理由", "例子", "任务", "目标", "重点", "难点", "板书",
)  # fmt: skip
_HOW = (
    "认真地",
    "独立",
    "先",
    "再",
    "接着",
    "最后",
    "用自己的话",
    "借助学具",
    "在方格纸上",
    "对照课本",
    "逐个",
    "重新",
    "一起",
    "轮流",
)


def sentences(seed: int, count: int) -> list[str]:
    """About 22 characters each."""
    dice = random.Random(seed)
    return [_sentence(dice) for _ in range(count)]


def _sentence(dice: random.Random) -> str:
    parts = [dice.choice(_WHO), dice.choice(_HOW), dice.choice(_DO), dice.choice(_WHAT), "，", dice.choice(_HOW)]
    parts += [
        dice.choice(_DO),
        dice.choice(_WHAT),
        "和",
        dice.choice(_WHAT),
        "，",
        dice.choice(_DO),
        dice.choice(_WHAT),
    ]
    return "".join(parts) + "。"


def edited(lines: list[str], share: float, seed: int = 0) -> list[str]:
    """This share of the sentences written anew, one in three of them put elsewhere."""
    dice = random.Random(seed)
    own = sentences(seed + 1_000_000, len(lines))
    chosen = set(dice.sample(range(len(lines)), round(len(lines) * share)))
    result = [own[place] if place in chosen else line for place, line in enumerate(lines)]
    for place in sorted(chosen)[::3]:
        result.insert(dice.randrange(len(result)), result.pop(place))
    return result


def touched(lines: list[str], share: float, seed: int = 0) -> list[str]:
    """This share of all characters replaced, anywhere: the worst that a synonym program does."""
    dice = random.Random(seed)
    return [
        "".join(dice.choice("的一是在不了有和人这") if dice.random() < share else char for char in line)
        for line in lines
    ]


def written(lines: list[str]) -> bytes:
    """As a docx."""
    document, out = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()
