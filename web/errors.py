"""Every failure answers 出了什么事 / 影响什么 / 现在怎么办, in Chinese, with a way back."""

from __future__ import annotations

import logging

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from appliance.errors import BoxError, NeedsPerson, NotAllowed, NotFound, WrongUse

log = logging.getLogger("web")

ANSWERS = {
    400: ("这个请求盒子看不懂", "什么也没有改动", "请返回上一页，重新打开后再试"),
    403: ("您的角色不能看这一页", "什么也没有改动", "需要时请换一个用户登录，或联系技术员"),
    404: ("没有这一页", "已收的资料不受影响", "请核对编号，或从菜单进入"),
    405: ("这一页不能这样打开", "什么也没有改动", "请从菜单进入"),
    409: ("现在不能这样做", "什么也没有改动", "请看提示的原因"),
    413: ("提交的内容太大", "什么也没有改动", "资料请用 U 盘或局域网投递，这里只填文字"),
    500: ("盒子出了问题", "当前操作没有完成，已收的资料不受影响", "请再试一次；还不行请联系技术员"),
}
_STATUS = ((NotFound, 404), (NotAllowed, 409), (WrongUse, 400), (NeedsPerson, 409))


def install(app: Flask) -> None:
    app.register_error_handler(BoxError, box_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)


def box_error(error: BoxError) -> Response:
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    if status == 500:
        log.error("%s %s: %s", request.method, request.path, error)
    return _answer(status, error.what, error.effect, error.remedy)


def _csrf_error(_: CSRFError) -> Response:
    return _answer(
        400, "这一页打开得太久，或不是从盒子自己的页面提交的", "什么也没有改动", "请返回上一页，刷新后再提交"
    )


def _http_error(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:
        return make_response(error.get_response())
    if isinstance(error, InternalServerError) and error.original_exception:
        log.error("%s %s", request.method, request.path, exc_info=error.original_exception)
    what, effect, remedy = ANSWERS.get(code, ANSWERS[400 if code < 500 else 500])
    return _answer(code, what, effect, remedy)


def _answer(status: int, what: str, effect: str, remedy: str) -> Response:
    html = render_template("error.html", status=status, what=what, effect=effect, remedy=remedy)
    return make_response(html, status)
