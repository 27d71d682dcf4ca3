"""What stands in the sample documents: (heading, lines) in the order of the notice's lists (D2–D6, E11)."""

from __future__ import annotations

from tests.samples.words import Words

Section = tuple[str, tuple[str, ...]]


def plan(words: Words) -> list[Section]:
    """教学设计: D2, and D5 with 学情分析 for special education."""
    return [
        (
            "教学目标",
            (f"理解“{words.title}”的含义，能用自己的话举例说明。", "经历操作、比较、交流的过程，发展推理意识。"),
        ),
        ("学情分析", ("学生有生活经验，但还不习惯用规范的语言表达。",)),
        (
            "教学内容",
            (f"{words.textbook}{words.grade}{words.volume}“{words.title}”一课。", "重点：理解含义。难点：说明理由。"),
        ),
        (
            "教学过程",
            (
                "环节一：从生活情境引入，提出问题。",
                "环节二：动手操作，记录自己的发现。",
                "环节三：比较不同做法，突破难点。",
                "环节四：巩固练习，回顾小结。",
            ),
        ),
    ]


def task_sheet(words: Words) -> list[Section]:
    """学习任务单: D3; special education has no 学习准备 (D6)."""
    sections: list[Section] = [
        ("学习目标", (f"我能说出“{words.title}”讲的是什么。", "我能完成三个学习任务。")),
        (
            "学习任务",
            ("任务一：看一看，找出生活中的例子。", "任务二：做一做，记录过程。", "任务三：说一说，和同伴交流。"),
        ),
        ("学习准备", ("课本、铅笔、直尺、长方形纸两张。",)),
        ("学习方式和环节", ("先独立思考，再看视频，最后对照小结。",)),
        ("配套学习资源推荐", ("课本对应单元的“你知道吗”栏目。",)),
    ]
    return without(sections, "学习准备") if words.category == "special" else sections


def exercises(words: Words) -> list[Section]:
    return [
        ("课堂练习", (f"1. 举出两个与“{words.title}”有关的例子。", "2. 判断下面的说法是否正确，说明理由。")),
        ("课后作业", ("3. 完成课本练习第 1、2 题。", "4. 选做：把你的发现讲给家人听。")),
    ]


def experiment_plan(words: Words) -> list[Section]:
    """实验教学设计: E11."""
    return [
        ("素养目标", ("会提出可以检验的问题，会控制变量。", "如实记录数据，尊重事实。")),
        ("实验资源", ("铁架台、细线、钩码、秒表、记录单，每组一套。",)),
        ("实验设计与创新点", ("用手机慢动作辅助计时，减小误差。",)),
        ("实验教学过程", ("提出问题。", f"围绕“{words.title}”设计实验。", "分组实验，记录数据。", "交流结论。")),
        ("教学反思", ("部分小组数摆动次数时有误差，可以再练一次。",)),
        ("实践作业", ("制作一个一分钟摆六十次的摆。",)),
    ]


def guide(words: Words) -> list[Section]:
    """导学案: E12."""
    return [
        ("学习目标", (f"知道“{words.title}”研究的问题。",)),
        ("课前准备", ("写下我的猜想。",)),
        ("实验记录", ("第一次：____ 秒", "第二次：____ 秒", "第三次：____ 秒")),
        ("我的结论", ("________________",)),
    ]


def form(words: Words) -> list[Section]:
    """申报表: who made the lesson."""
    people = words.authors or (words.teacher,)
    return [
        ("课名", (words.title,)),
        ("学校", (words.school,)),
        ("作者", tuple(f"{place}. {name}" for place, name in enumerate(people, 1))),
    ]


def evidence(words: Words) -> list[Section]:
    """佐证材料: what each author did (E4)."""
    parts = ("执教", "设计实验", "准备器材", "拍摄", "整理数据")
    return [
        (f"{name}的贡献", (f"{name}负责{part}，见备课记录。",))
        for name, part in zip(words.authors, parts, strict=False)
    ]


def without(sections: list[Section], heading: str) -> list[Section]:
    return [section for section in sections if section[0] != heading]
