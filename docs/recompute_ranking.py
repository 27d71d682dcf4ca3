#!/usr/bin/env python3
"""重算一场试讲的抽签和排名。不用盒子里的任何程序，只用 Python 自带的部分；教师、学校都可以自己运行：

    python3 recompute_ranking.py 排名.json

`排名.json` 由 `lessonbox rank 场次 --json` 印出。先按里面的评分自己算一遍，再与印出的名次、分数比。
结束码：0 全部一致；1 有不一致。
"""

import hashlib
import json
import sys
from fractions import Fraction


def valid_sheets(data, no):
    """每位评委最新的一张评分表；要回避的不算，两个人同意解除的照算。"""
    recused = set()
    for one in sorted(data["recusals"], key=lambda one: one["id"]):
        if one["lesson"] == no:
            (recused.discard if one["kind"] == "override" else recused.add)(one["judge"])
    newest = {}
    for one in sorted(data["scores"], key=lambda one: one["version"]):
        if one["lesson"] == no and one["judge"] not in recused:
            newest[one["judge"]] = one["items"]
    return list(newest.values())


def points(data, sheet, groups=None):
    """一张评分表的得分；略去的项不算，其余折算成满分。没有要算的项时是 None。"""
    items = data["rubric"]["items"]
    used = [item for item in items if item["id"] not in data["rubric"]["left_out"]]
    whole = sum(Fraction(item["weight"]) for item in items) / sum(Fraction(item["weight"]) for item in used)
    asked = [item for item in used if groups is None or item["group"] in groups]
    return sum(Fraction(sheet[item["id"]]) for item in asked) * whole if asked else None


def mean(values):
    return sum(values) / Fraction(len(values)) if values and None not in values else None


def score(data, no):
    """去掉最高最低以后的平均分；评委不够时是 None。"""
    totals = sorted(points(data, sheet) for sheet in valid_sheets(data, no))
    if len(totals) < data["terms"]["least_judges"]:
        return None
    return mean(totals[1:-1] if len(totals) >= data["terms"]["drop_from"] else totals)


def tie_value(data, tie, no, equal):
    if tie["kind"] == "groups":
        return mean([points(data, sheet, tie["groups"]) for sheet in valid_sheets(data, no)])
    if tie["kind"] == "untrimmed":
        return mean([points(data, sheet) for sheet in valid_sheets(data, no)])
    votes = [vote for vote in data["votes"] if sorted(vote["among"]) == sorted(equal)]
    if not votes:
        return None
    return sum(1 for one in max(votes, key=lambda vote: vote["id"])["choices"] if one["lesson"] == no)


def parted(nos, value):
    """按大小分开，大的在前，相等的在一起。"""
    return [[no for no in nos if value[no] == each] for each in sorted(set(value.values()), reverse=True)]


def untied(data, nos, ties):
    if len(nos) == 1 or not ties:
        return [nos]
    value = {no: tie_value(data, ties[0], no, nos) for no in nos}
    groups = [nos] if None in value.values() else parted(nos, value)
    return [one for group in groups for one in untied(data, group, ties[1:])]


def places(data):
    """{课例号: (名次, 分数)}"""
    scores = {lesson["no"]: score(data, lesson["no"]) for lesson in data["lessons"]}
    found = {no: (None, None) for no, value in scores.items() if value is None}
    ahead = 0
    valid = {no: value for no, value in scores.items() if value is not None}
    for equal in parted(list(valid), valid):
        for group in untied(data, equal, data["terms"]["ties"]):
            found.update({no: (ahead + 1, valid[no]) for no in group})
            ahead += len(group)
    return found


def drawn(data):
    """按种子重抽一遍的顺序。"""
    nos = [lesson["no"] for lesson in data["lessons"]]
    return sorted(nos, key=lambda no: hashlib.sha256(f"{data['seed']}\n{no}".encode()).hexdigest())


def main(path):
    with open(path, encoding="utf-8") as file:
        printed = json.load(file)
    data, wrong = printed["input"], 0
    ours = places(data)
    for row in printed["result"]:
        theirs = (row["rank"], None if row["exact"] is None else Fraction(row["exact"]))
        same = ours[row["no"]] == theirs
        wrong += not same
        print(
            f"第 {row['no']} 号 印出 {theirs[0]}，{theirs[1]} 分；重算 {ours[row['no']][0]}，{ours[row['no']][1]} 分{'' if same else '  不一致'}"
        )
    if data["seed"]:
        order = [one["no"] for one in sorted(data["lessons"], key=lambda one: one["place"])]
        wrong += order != drawn(data)
        print(f"抽签{'一致' if order == drawn(data) else '不一致'}：{drawn(data)}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
