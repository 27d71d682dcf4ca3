"""Local rules over the year's: merged, refused with the reason, journaled; compared and tried without a trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appliance.catalog import checks, events
from appliance.errors import EditionWrong
from appliance.intake.dry_run import dry_run
from appliance.model import Finding
from appliance.rules.compare import differences, sentence
from appliance.rules.load import load
from appliance.rules.local import in_force
from appliance.station import Station
from tests.conftest import answer, make_station, run_lessonbox
from tests.samples import make

HEAD = 'edition = "2024"\nlevel = "{level}"\nwho = "示例教育局"\nwhen = 2024-06-20\nwhy = "示例"\n'


def overlay(what: str, written: str, level: str = "county") -> str:
    return HEAD.format(level=level) + f'[[change]]\nwhat = "{what}"\n{written}\nwhy = "示例理由"\n'


def lay(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


def test_the_county_is_merged_over_the_city_and_the_city_over_the_province(tmp_path: Path) -> None:
    what = "tolerances.duration_s.value"
    folder = lay(
        tmp_path / "editions", a=overlay(what, "value = 60"), b=overlay(what, "value = 90", "city"),
        c=overlay(what, "value = 100", "province"), d=overlay("rules.duration-primary.limits.most", "value = 840", "city"),
    )  # fmt: skip
    edition = in_force("2024", folder)
    limits = {rule.id: rule.limits for rule in edition.rules}
    assert limits["duration-primary"]["tolerance"] == 60
    assert (limits["duration-primary"]["most"], limits["duration-secondary"]["most"]) == (840, 1200)
    assert edition.layers == (
        "省 示例教育局 2024-06-20：示例", "市 示例教育局 2024-06-20：示例", "市 示例教育局 2024-06-20：示例",
        "县 示例教育局 2024-06-20：示例",
    )  # fmt: skip
    assert load("2024").tolerances["duration_s"]["value"] == 30


def test_the_hash_covers_what_lies_over_and_is_the_editions_own_when_nothing_does(tmp_path: Path) -> None:
    folder = lay(tmp_path / "editions", other=HEAD.format(level="city").replace("2024", "2023", 1) + "change = []\n")
    hashes = {in_force("2024", folder).hash}
    assert hashes == {load("2024").hash}
    for value in ("60", "61", "60 # 又一句"):
        hashes.add(in_force("2024", lay(folder, a=overlay("tolerances.duration_s.value", f"value = {value}"))).hash)
    assert len(hashes) == 4


def test_words_can_be_added(tmp_path: Path) -> None:
    folder = lay(tmp_path / "editions", a=overlay("aliases.textbooks.统编版", 'add = ["国编版", "部编"]'))
    assert in_force("2024", folder).aliases["textbooks"]["统编版"] == [
        "部编版", "部编本", "统编本", "部编", "统编", "国编版",
    ]  # fmt: skip


REFUSED = (
    (overlay("tolerances.duration_s.value", "value = 60") + 'colour = "red"\n', "a.toml 里有不认识的键：colour"),
    ("colour = 1\n" + overlay("tolerances.duration_s.value", "value = 60"), "a.toml 里有不认识的键：colour"),
    (overlay("tolerances.length.value", "value = 60"), "tolerances.length.value：没有这一项"),
    (overlay("tolerances.duration_s.value", 'value = "长"'), "不能改成 '长'"),
    (overlay("rules.no-such.limits.fps", "value = 30"), "rules.no-such.limits.fps：没有这一项"),
    (overlay("rules.video-fps.kind", 'value = "size"'), "一条规则里只能改 limits、severity、cases"),
    (overlay("rules.video-fps.cases.wrong.says", 'value = "{speed}"'), "不认识的“speed”"),
    (overlay("edition.title", 'value = "x"'), "地方规则只能改"),
    (overlay("tolerances.duration_s.value", "value = 60").replace('who = "示例教育局"\n', ""), "没有写明 who"),
    (overlay("tolerances.duration_s.value", "value = 60").replace('why = "示例理由"\n', ""), "要有 what、why"),
    (overlay("tolerances.duration_s.value", "value = 60", "town"), "的 level 只能是 province、city、county"),
    (overlay("tolerances.duration_s.value", "value = 60").replace('"2024"', '"1999"'), "写的年度规则 1999 没有"),
    ("[[change]\n", "地方规则 a.toml 读不懂"),
)


@pytest.mark.parametrize(("text", "said"), REFUSED, ids=[row[1] for row in REFUSED])
def test_a_mistake_is_refused_and_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(EditionWrong) as refused:
        in_force("2024", lay(tmp_path / "editions", a=text))
    assert said in refused.value.what


def test_differences_are_told_row_by_row(tmp_path: Path) -> None:
    folder = lay(tmp_path / "editions", a=overlay("rules.duration-primary.limits.least", "value = 660"))
    (row,) = differences(load("2024"), in_force("2024", folder))
    assert row == {"part": "规则的数字", "name": "duration-primary least", "was": "600", "now": "660"}
    assert sentence(row) == "规则的数字 duration-primary least：600 → 660"
    assert differences(load("2024"), load("2024")) == []


def test_diff_of_two_years_names_categories_limits_and_dates(tmp_path: Path) -> None:
    said = [sentence(row) for row in answer("edition", "diff", "2024", "2023", "--home", tmp_path)["differences"]]
    assert [line for line in said if line.startswith(("类别", "期限 推荐完成"))] == [
        "类别 subject：去掉了（原来是 学科课程）", "类别 special：去掉了（原来是 特殊教育）",
        "类别 experiment：去掉了（原来是 实验教学）", "期限 推荐完成：2024-10-31 → 2023-09-30",
        "类别 lecture：新增 讲授课", "类别 handson：新增 动手课",
    ]  # fmt: skip


def test_lint_shows_a_wrong_local_rule_and_the_box_checks_nothing_by_it(station: Station) -> None:
    lay(station.home / "editions", a=overlay("tolerances.length.value", "value = 60"))
    done = run_lessonbox("edition", "lint", "--home", station.home, "--json")
    assert (done.returncode, json.loads(done.stdout)) == (
        37, {"ok": False, "problems": ["地方规则 a.toml 的 tolerances.length.value：没有这一项"]},
    )  # fmt: skip
    with pytest.raises(EditionWrong):
        station.edition()


def test_a_real_station_tries_other_rules_without_a_trace_and_then_works_by_them(tmp_path: Path) -> None:
    box = make_station(tmp_path / "county")
    tried = tmp_path / "longer.toml"
    tried.write_text(overlay("rules.duration-primary.limits.least", "value = 660"), "utf-8")
    first = answer("intake", make("good"), "--home", box.home)["deliveries"][0]["lessons"][0]
    before = list(box.catalog().db.iterdump())
    found = answer("edition", "dry-run", "--overlay", tried, "--home", box.home)
    assert found["lessons"] == [
        {
            "no": first["no"], "title": first["title"], "was": "pass", "would": "return",
            "gained": ["视频只有 10 分 5 秒，要求 11–15 分钟"], "lost": [],
        }
    ]  # fmt: skip
    assert answer("edition", "dry-run", "--home", box.home)["lessons"] == []
    assert list(box.catalog().db.iterdump()) == before
    lay(box.home / "editions", a=tried.read_text())
    name = next(one["name"] for one in first["materials"] if one["role"] == "plan")
    answer("assign", first["no"], name, "--role", "plan", "--home", box.home)
    db = box.catalog().db
    run = checks.latest(db, first["no"])
    assert run is not None
    assert (run["edition"], run["edition_hash"], run["verdict"]) == ("2024", box.edition().hash, "return")
    (told,) = [json.loads(row["data"]) for row in events.about(db, "edition/2024")]
    assert told == {
        "was": ["2024", load("2024").hash], "now": ["2024", box.edition().hash],
        "layers": ["县 示例教育局 2024-06-20：示例"],
    }  # fmt: skip
    assert [one.rule for one in _errors(run["findings"])] == ["duration-primary"]
    assert list(dry_run(db, box.settings.profile_of, box.edition(), box.edition())) == []


def _errors(findings: list[Finding]) -> list[Finding]:
    return [one for one in findings if one.severity == "error" and one.outcome == "fail"]
