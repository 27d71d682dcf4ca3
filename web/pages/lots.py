"""抽签验算: anybody computes a draw again from the seed and the numbers, and sees how."""

from __future__ import annotations

import re

from flask import Blueprint, render_template, request

from appliance.errors import WrongUse
from appliance.selection import draw
from web.pages import BY_NAME

page = Blueprint("lots", __name__)

MOST = 500  # numbers of one draw


@page.get("/lots")
def show() -> str:
    seed, numbers = request.args.get("seed", "")[:100], request.args.get("numbers", "")[:5000]
    entries = [each for each in re.split(r"[、，,;；\s]+", numbers) if each]
    drawn = []
    if entries or seed:
        if not all(each.isascii() and each.isdecimal() and len(each) < 10 for each in entries) or len(entries) > MOST:
            raise WrongUse("课例号要写整数，用顿号或空格隔开", remedy="请改了再算")
        drawn = draw.draw(entries, draw.clean_seed(seed))
    return render_template(BY_NAME["lots"].template, seed=seed, numbers=numbers, drawn=drawn, recipe=draw.RECIPE)
