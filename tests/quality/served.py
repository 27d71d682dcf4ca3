"""What serves a clause that no rule of the edition decides: a page, a command, a record, a paper.

Each row names where it stands, a path of the repository that a test holds to. `LATER` says plainly what is not there.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Served:
    """`what`: in the clerk's words. `where`: path below the root."""

    what: str
    where: str


SERVED: dict[str, tuple[Served, ...]] = {
    "G1": (Served("课例的类别，认不出的由人补填", "appliance/intake/identify_identity.py"),),
    "P1": (
        Served("提交单和文件名说的课例信息", "appliance/intake/identify_form.py"),
        Served("名册里开放的课程目录节点", "appliance/roster/names.py"),
    ),
    "P3a": (
        Served("课例设计阶段不要视频", "appliance/editions/2024/materials.toml"),
        Served("初筛的决定", "appliance/selection/decide.py"),
    ),
    "P3b": (
        Served("试讲场次、抽签、评分、排名", "appliance/selection/trial.py"),
        Served("定为初步人选", "appliance/selection/decide.py"),
    ),
    "P3c": (
        Served("成为人选后按全部材料再检查", "appliance/intake/sorting.py"),
        Served("签名成包，上报市里", "sync/bundle.py"),
    ),
    "P4": (
        Served("市里接收并签发回执", "sync/acceptance.py"),
        Served("市里的场次和排名", "appliance/selection/ranking.py"),
    ),
    "P5a": (Served("名额核对，科学类课程占多少", "appliance/selection/quotas.py"),),
    "P5b": (Served("一个目录节点多于一节时提醒，写明理由才算", "appliance/selection/quotas.py"),),
    "P5c": (Served("三科合计不超过八成", "appliance/selection/quotas.py"),),
    "W1": (Served("文件名和提交单说了的不用再填", "appliance/packer/__init__.py"),),
    "W2": (
        Served("首尾相连的日志", "appliance/journal.py"),
        Served("任何人可以重算的排名", "docs/recompute_ranking.py"),
        Served("公示名单、异议和结果", "appliance/selection/publicity.py"),
    ),
    "P6": (
        Served("登记部级结果", "appliance/selection/records.py"),
        Served("历年结果，按学校、按教师", "web/pages/honours.py"),
    ),
    "E2": (Served("登记实验类型", "appliance/selection/records.py"),),
    "W4": (Served("证书，带编号和校验码，可以查验、收回", "appliance/selection/certificates.py"),),
    "W5": (Served("局域网里的展播", "web/pages/showcase.py"),),
    "W3": (Served("通知单：哪里不对、怎么改", "appliance/reports/slip.py"),),
    "A3": (Served("空白模板，不用上网", "appliance/reports/blanks.py"),),
    "O1": (
        Served("报送的期限", "appliance/editions/2024/edition.toml"),
        Served("联系人信息表", "appliance/reports/contact.py"),
    ),
    "O2": (
        Served("推荐和确认的期限", "appliance/editions/2024/edition.toml"),
        Served("推荐汇总表", "appliance/reports/summary.py"),
    ),
    "附件4": (Served("联系人信息表", "appliance/reports/contact.py"),),
    "附件2": (Served("各省数额和合计", "appliance/editions/2024/quotas.toml"),),
    "R1": (Served("量表和评分", "appliance/selection/rubric.py"),),
    "R2": (Served("量表和评分", "appliance/selection/rubric.py"),),
    "R3": (Served("量表和评分", "appliance/selection/rubric.py"),),
}  # fmt: skip

LATER: dict[str, str] = {}
