"""The journal in the clerk's words. What nobody named yet is shown as it is, never hidden."""

from __future__ import annotations

import json

from flask import url_for

from appliance.catalog.users import ROLES
from appliance.selection.checklist import ANSWERS
from appliance.selection.decide import DECISIONS, STATE_NAMES
from appliance.selection.publicity import OUTCOMES
from appliance.selection.screening.opinions import SAYS
from web.words import BUNDLES, VERDICTS

KINDS = {f"decide.{kind}": decision.title for kind, decision in DECISIONS.items()} | {
    "received": "收件", "archive-refused": "压缩包没有拆开", "unpacked": "拆开压缩包", "identify": "认出课例",
    "answer": "初步检查", "check": "检查", "edition.changed": "年度规则变了", "parked": "停下来，等技术员", "delivery.again": "再试一次", "mend": "更正课例",
    "assign": "指定材料类别", "waive": "说明理由后放行", "tick": "核对", "slip.print": "打印通知单",
    "slip.to-stick": "通知单写到 U 盘", "original.view": "看原件",
    "original.download": "下载原件", "evidence.view": "看证据画面", "bundle.sealed": "签名成包", "bundle.sent": "送出",
    "bundle.cataloged": "下级报送入库", "receipt.taken": "取回上级回执", "enrol.granted": "登记下级站点",
    "enrol.accepted": "登记到上级站点", "epoch.new": "报送序号重新开始", "receipts.epoch": "回执序号重新开始", "receipts.refused": "上级的回执不可信，没有采用", "fixity": "核对存储", "backup": "备份目录库", "backup.disk": "备份到备份盘", "backup.asked": "要求备份", "backup.key": "做恢复码", "backup.on-paper": "恢复码印好了",
    
    "restored": "恢复目录库", "restore.drill": "演练恢复", "rebuilt": "照存储补回投递", "orphans.swept": "删去没有收下的内容",
    "user.create": "增加用户", "user.add": "增加用户", "user.disable": "停用用户", "user.enable": "恢复用户",
    "session.create": "建立场次", "session.add": "课例排进场次", "session.judges": "评委进场次",
    "session.draw": "抽签", "session.recuse": "评委回避", "session.override": "解除回避", "session.score": "评分",
    "session.vote": "评委表决", "session.close": "场次结束", "school.name": "学校的别名和集团",
    "judge-code.make": "入场码",
    "session.declared": "回避申明", "judge.read": "评委看材料", "session.release": "组长放行", "session.paper": "录入纸质评分表",
    "session.paper-yes": "确认纸质评分表", "session.paper-no": "不认纸质评分表",
    "record": "登记", "record.scan": "登记的扫描件",
    "certificate.issued": "发证书",
    "certificate.revoked": "收回证书",
    "showcase.watch": "看展播",
    "proposal.saved": "存遴选方案", "proposal.decided": "定遴选方案", "proposal.dropped": "不用遴选方案",
    "filming": "拍摄安排",
    "summary.template": "换推荐汇总表的样表",
    "season.date": "日历的日子", "season.done": "日历的事",
    "screening.begin": "分初筛", "screening.fill": "补分初筛", "screening.take-off": "收回评阅",
    "screening.say": "初筛意见", "screening.unblind": "原样给专家看", "screening.read": "专家看材料",
    "screening.close": "初筛结束",
    "publicity.opened": "公示名单",
    "publicity.objection": "公示异议",
    "publicity.answered": "异议结果",
    "publicity.closed": "公示结束",
    "roster.accepted": "名册启用",
    "roster.dropped": "名册作废",
    "originality.imported": "导入指纹名单",
    "originality.forgotten": "删去指纹名单",
    "failures.seen": "故障看过了", "update.asked": "确认更新", "update.written": "更新写好", "update.refused": "没有更新成",
    "quota.allow": "一个节点多于一节的理由",
    "school-code.make": "做交件码", "school-code.revoke": "作废交件码", "school-code.allow": "网页投递的上限",
    "hand-in": "学校交齐", "upload.given-up": "没传完的文件放得太久，清掉",
    "https.made": "做加密访问的证书", "https.renewed": "换加密访问的证书", "https.off": "关掉加密访问",
    "user.password": "重设密码", "user.role": "改角色",
}  # fmt: skip
KINDS |= {f"receipt.{status}": f"签发回执：{word.text.removeprefix('上级')}" for status, word in BUNDLES.items()}
SUBJECTS = {
    "delivery": "投递", "edition": "年度规则", "lesson": "课例", "user": "用户", "peer": "站点", "bundle": "报送包", "store": "存储",
    "https": "加密访问",
    "session": "场次", "screening": "初筛", "season": "日历", "summary": "推荐汇总表", "proposal": "遴选方案",
    "publicity": "公示", "judge": "入场码", "roster": "名册", "print-list": "指纹名单", "school": "学校",
    "hand-in": "网页投递", "catalog": "目录库", "box": "盒子", "epoch": "序号段",
}  # fmt: skip
FIELDS = {
    "receipt": "回执号", "reason": "理由", "state": "状态", "role": "类别", "material": "材料", "period": "课时",
    "rule": "规则", "files": "文件数", "lessons": "课例", "verdict": "结果", "seq": "序号", "city_seq": "回执序号",
    "status": "结论", "bundle": "报送包", "tagmanifest": "包的指纹", "sha256": "文件指纹", "fingerprint": "指纹",
    "why": "原因", "again": "重新传送", "read": "已读", "damaged": "损坏", "missing": "缺失", "title": "课名", "teacher": "教师",
    "school": "学校", "category": "类别", "stage": "学段", "subject": "学科", "grade": "年级", "source": "来源",
    "duplicate_of": "与第几号相同", "bytes": "字节", "drop": "投递点", "special_kind": "特教类型", "kind": "来源种类",
    "judge": "评委", "seed": "种子", "lesson": "课例", "version": "第几版", "second": "另一人", "seat": "坐席", "replaces": "接替", "scan": "扫描件", "left_out": "不评的项",
    "name": "名称", "names": "别名", "group": "集团", "coached": "指导过", "kin": "亲属", "node": "节点",
    "objection": "第几条异议", "record": "登记", "value": "内容", "day": "日子", "slot": "时段", "place": "地点", "exceptions": "例外的理由", "short": "还差人的课例", "says": "意见", "certificate": "证书", "number": "编号", "address": "地址", "honour": "评为", "outcome": "结果", "note": "依据", "first_day": "从", "last_day": "到", "lines": "行数", "added": "增加", "removed": "去掉", "changed": "改动", "clause": "条款", "paper": "纸", "answer": "回答", "remark": "说明", "revision": "第几稿", "entries": "条目", "was": "原来", "now": "现在", "layers": "地方规则", "edition": "年度规则", "verdicts": "课例", "stored": "已收文件", "ignored": "未收文件",
}  # fmt: skip
VALUES = (
    ROLES | {str(state): name for state, name in STATE_NAMES.items()}
    | {str(verdict): word.text for verdict, word in VERDICTS.items() if verdict}
    | {state: word.text for state, word in BUNDLES.items() if state != "returned"}
    | OUTCOMES
    | SAYS
    | {str(answer): said for answer, said in ANSWERS.items()}
)  # fmt: skip
FATES = {"new": "新收", "grown": "补齐", "revised": "改后再交", "same": "已收过", "waiting": "等重新打开"}
_CODED = ("says", "state", "status", "role", "verdict", "answer", "outcome")
_PAGES = {
    "delivery": "delivery.show", "lesson": "lesson.show", "publicity": "publicity.one", "session": "trial.show",
    "screening": "screening.one", "proposal": "board.one",
}  # fmt: skip


def kind(name: str) -> str:
    return KINDS.get(name, name)


def actor(name: str) -> str:
    return "盒子" if name == "box" else name


def subject(text: str) -> tuple[str, str | None]:
    """("课例 4", its page's address); None where there is no page."""
    thing, _, name = text.partition("/")
    address = url_for(_PAGES[thing], no=int(name)) if thing in _PAGES and name.isdecimal() else None
    return " ".join(part for part in (SUBJECTS.get(thing, thing), name) if part), address


def details(data: str) -> list[tuple[str, str]]:
    """The entry's own fields, empty ones left out."""
    found = {name: value for name, value in json.loads(data).items() if value not in ("", None, [], {})}
    return [(_field(name, value), _text(name, value)) for name, value in found.items()]


def _field(name: str, value: object) -> str:
    return "角色" if name == "role" and value in ROLES else FIELDS.get(name, name)


def _text(name: str, value: object) -> str:
    if isinstance(value, str):
        return VALUES.get(value, value) if name in _CODED else _short(value)
    if isinstance(value, list):
        return "、".join(_text(name, each) for each in value)
    if isinstance(value, dict) and set(value) == {"lesson", "fate"}:
        return f"第 {value['lesson']} 号{FATES.get(value['fate'], value['fate'])}"
    if isinstance(value, dict) and name == "verdicts":
        return "、".join(f"第 {no} 号{VALUES.get(verdict, verdict)}" for no, verdict in value.items())
    return json.dumps(value, ensure_ascii=False)


def _short(text: str) -> str:
    """A fingerprint is told by its beginning; the whole one stands in the chain."""
    return text[:12] + "…" if len(text) == 64 and not set(text) - set("0123456789abcdef") else text
