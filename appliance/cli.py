"""`lessonbox …`: one command for each thing that a person can do on a screen.

A command is a row of `COMMANDS`: its name, and the module that has `arguments(parser)` and
`run(args) -> int | Answer`. Modules are named, not imported: the web server must not wait for rsync, and the
appliance knows neither Flask nor rsync.
"""

from __future__ import annotations

import argparse
import errno
import getpass
import importlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appliance.errors import BoxError, StorageFull, SystemRefuses

if TYPE_CHECKING:
    from appliance.station import Station


@dataclass(frozen=True)
class Answer:
    """`data` is what `--json` prints; `text` what a person reads; `code` the exit code."""

    data: Any
    text: str
    code: int = 0


@dataclass(frozen=True)
class Command:
    name: str
    module: str
    help: str


COMMANDS = (
    Command("init", "appliance.commands.init", "建立一个站点"),
    Command("run", "appliance.commands.run", "启动整个盒子：网页、收件、上报"),
    Command("web", "web.command", "只启动网页"),
    Command("watch", "appliance.commands.watch", "只启动收件与检查"),
    Command("courier", "sync.commands.courier", "只启动上报与接收；out / in 用硬盘携带"),
    Command("check", "appliance.commands.check", "检查文件或课例文件夹，不入库"),
    Command("intake", "appliance.commands.intake", "收一次件，等到检查完"),
    Command("lessons", "appliance.commands.lessons", "课例列表"),
    Command("show", "appliance.commands.show", "一节课例的全部情况"),
    Command("deliveries", "appliance.commands.deliveries", "投递列表"),
    Command("delivery", "appliance.commands.delivery", "一次投递的全部情况"),
    Command("assign", "appliance.commands.assign", "指定一份材料的类别和课时"),
    Command("decide", "appliance.commands.decide", "初筛、人选、审批、退回等决定"),
    Command("waive", "appliance.commands.waive", "对警告或无法判定的问题说明理由后放行"),
    Command("tick", "appliance.commands.tick", "回答核对清单里的一条"),
    Command("screening", "appliance.commands.screening", "初筛：分给专家、意见、补分、结束"),
    Command("session", "appliance.commands.session", "试讲场次：课例、评委、回避、表决、结束"),
    Command("draw", "appliance.commands.draw", "按当场念的种子抽签"),
    Command("score", "appliance.commands.score", "记一位评委的评分"),
    Command("rank", "appliance.commands.rank", "场次的排名，逐步写明"),
    Command("quota", "appliance.commands.quota", "名额：show、check、allow"),
    Command("board", "appliance.commands.board", "遴选：排名、试一试、方案、两个人定"),
    Command("filming", "appliance.commands.filming", "拍摄安排：人选还缺什么、排期"),
    Command("publicity", "appliance.commands.publicity", "公示：名单、异议、结束"),
    Command("record", "appliance.commands.record", "登记：实验类型、上级的结果、展播；扫描件（`--scan`）"),
    Command("certificate", "appliance.commands.certificate", "证书：发、查验、收回"),
    Command("roster", "appliance.commands.roster", "名册：学校、教师、评委、课程目录节点、教材"),
    Command("user", "appliance.commands.user", "用户"),
    Command("school", "appliance.commands.school", "学校的交件码：code、revoke、allow、list"),
    Command("share", "appliance.commands.share", "共享文件夹：config 写出设置，serve 启动"),
    Command("bundle", "sync.commands.bundle", "把审批通过的课例签名成包"),
    Command("verify", "sync.commands.verify", "验证一个报送包"),
    Command("enrol", "sync.commands.enrol", "与上级站点建立信任：request、grant、accept"),
    Command("sync", "sync.commands.sync", "向上级报送，取回回执"),
    Command("receive", "sync.commands.receive", "接收下级报送，签发回执"),
    Command("receipts", "sync.commands.receipts", "回执列表"),
    Command("fixity", "appliance.commands.fixity", "重读全部存储，核对哈希"),
    Command("journal", "appliance.commands.journal", "日志链：verify、show"),
    Command("backup", "appliance.commands.backup", "备份目录库，再备份到插着的备份盘；prepare、key、list、drill"),
    Command(
        "restore", "appliance.commands.restore", "用最近一份完整的备份恢复目录库，或从备份盘恢复全部；--drill 只演练"
    ),
    Command("doctor", "appliance.commands.doctor", "体检"),
    Command("health", "appliance.commands.health", "各部分是否在工作"),
    Command("disks", "appliance.commands.disks", "问每块硬盘怎样，留给体检"),
    Command("firstboot", "appliance.commands.firstboot", "开机时：没有站点就建立，有 lessonbox.toml 就照着设置"),
    Command("update", "appliance.commands.update", "更新文件：verify 核对，apply 写入另一个槽位；make、key 做更新文件"),
    Command("stick", "appliance.commands.stick", "挂载、卸下一个 U 盘；由系统在插拔时执行"),
    Command("https", "web.tls.command", "加密访问：make 做证书，show 看指纹，off 关掉"),
    Command("printer", "appliance.commands.printer", "小票打印机：serve、once、test、slip、list"),
    Command(
        "report", "appliance.commands.report", "打印件：通知单、抽签单、评分表、评分汇总、推荐汇总表、填报单、联系人表"
    ),
    Command("packer", "appliance.commands.packer", "写出学校打包器，给学校用的一个网页文件"),
    Command("originality", "appliance.commands.originality", "原创：哪些课例相同；导出、导入指纹名单"),
    Command("edition", "appliance.commands.edition", "年度规则：show、lint、diff、dry-run"),
)


def parser_for(command: Command) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"lessonbox {command.name}", description=command.help)
    home = os.environ.get("LESSONBOX_HOME", "var/county")
    parser.add_argument("--home", type=Path, default=Path(home), help="站点文件夹（默认 %(default)s）")
    parser.add_argument("--json", action="store_true", help="只向标准输出打印一个 JSON 对象")
    importlib.import_module(command.module).arguments(parser)
    return parser


def station(args: argparse.Namespace) -> Station:
    from appliance.station import Station  # not every command needs a station: `verify`, `check` answer sooner

    return Station.open(args.home)


def ask(what: str) -> str:
    """A secret, from the keyboard or a line of standard input; never an argument, which every process sees."""
    return getpass.getpass(what) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def main(argv: list[str] | None = None) -> int:
    words = sys.argv[1:] if argv is None else argv
    by_name = {command.name: command for command in COMMANDS}
    if not words or words[0] not in by_name:
        asked_for_help = bool(words) and words[0] in ("-h", "--help")
        print(_overview(), file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    command = by_name[words[0]]
    args = parser_for(command).parse_args(words[1:])
    try:
        answer = importlib.import_module(command.module).run(args)
    except BoxError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except _of_the_system() as error:  # 1 would mean that a lesson has errors
        told = _in_plain_words(error)
        print(told, file=sys.stderr)
        return told.exit_code
    if isinstance(answer, int):
        return answer
    _say(json.dumps(answer.data, ensure_ascii=False, indent=1) if args.json else answer.text)
    return answer.code


def _say(text: str) -> None:
    """A reader that has seen enough (`| head`) is no error."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _of_the_system() -> tuple[type[Exception], ...]:
    """Asked only once something was raised: `verify` has no catalog to wait for."""
    import sqlite3

    return OSError, sqlite3.Error


def _in_plain_words(error: Exception) -> BoxError:
    if not isinstance(error, OSError):
        from appliance.catalog import meaning

        return meaning(error)  # type: ignore[arg-type]
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull()
    where = f"{os.fsdecode(error.filename)!r}：" if isinstance(error.filename, str | bytes) else ""
    if error.errno in (errno.EIO, errno.EROFS):
        return BoxError(f"存储读写不了：{where}{error.strerror}")
    return SystemRefuses(f"读写不了文件：{where}{error.strerror or error}")


def _overview() -> str:
    rows = "\n".join(f"  {command.name:<11} {command.help}" for command in COMMANDS)
    return f"用法：lessonbox 命令 …\n\n{rows}\n\n每个命令都有 --help。"


if __name__ == "__main__":
    sys.exit(main())
