// The rules of the edition that need only names, sizes, counts, and what a browser tells of a video. The rows and
// their words are the edition's; a judge here says what its namesake in the box says.
"use strict";

const RANK = { error: 0, warning: 1, info: 2 };
const trimmed = (value, places = 2) => {
  const scale = 10 ** places;
  return String(Math.round((value + Number.EPSILON) * scale) / scale);
};
const lengthOf = (seconds) => {
  const whole = Math.round(seconds), minutes = Math.floor(whole / 60), rest = whole % 60;
  if (!minutes) return `${rest} 秒`;
  return rest ? `${minutes} 分 ${rest} 秒` : `${minutes} 分钟`;
};
const concerned = (rule, facts) =>
  facts.files.filter((file) => !rule.applies.role.length || rule.applies.role.includes(file.role));
const familyOf = (limits, path) =>
  (Object.entries(limits.endings).find(([, endings]) => endings.includes(endingOf(path))) || [""])[0];
const periodsOf = (facts) => Math.max(1, facts.lesson.periods, ...facts.files.map((file) => file.period));

const JUDGES = {
  *identified(rule, facts, edition) {
    const needed = [["title", "课名"], ["category", "类别", "categories"], ["stage", "学段", "stages"]];
    const missing = needed
      .filter(([key, , table]) => !facts.lesson[key] || (table && !edition[table][facts.lesson[key]]))
      .map(([, name]) => name).join("、");
    if (missing) yield ["unknown", "", { missing }];
    for (const file of facts.files) if (!edition.roles[file.role]) yield ["no_role", file.name, { file: leafOf(file.name) }];
  },

  *presence(rule, facts, edition) {
    const cases = { required: "missing", advised: "advised" };
    for (const asked of edition.materials[facts.lesson.category] || []) {
      const files = facts.files.filter((file) => file.role === asked.role);
      const periods = asked.per === "period" ? periodsOf(facts) : 1;
      const speaks = cases[asked.need[facts.phase]], role = edition.roles[asked.role];
      if (rule.limits.scope === "lesson") {
        if (speaks && !files.length) yield [speaks, "", { role }];
        else if (asked.one && periods === 1 && files.length > 1) yield ["several", "", { role, count: files.length }];
      } else if (periods > 1 && files.length) {
        for (let period = 1; period <= periods; period++) {
          const count = files.filter((file) => file.period === period).length;
          if (speaks && !count) yield [speaks, "", { role, period, count }];
          else if (asked.one && count > 1) yield ["several", "", { role, period, count }];
        }
      }
    }
  },

  *count(rule, facts) {
    const { of, most } = rule.limits;
    const count = of === "authors" ? facts.lesson.authors.length : periodsOf(facts);
    if (!count) yield ["unknown", "", { count, most }];
    else if (count > most) yield ["over", "", { count, most }];
  },

  *evidence(rule, facts) {
    const count = facts.lesson.authors.length;
    const there = facts.files.some((file) => file.role === rule.limits.role);
    if (count >= rule.limits.from && !there) yield ["missing", "", { count }];
  },

  *scans(rule, facts, edition) {
    const { least, kinds, role } = rule.limits;
    const scans = facts.files.filter((file) => file.role === role);
    const fits = (file) => kinds.includes(edition.names.kindOf(file.name));
    for (const scan of scans) if (!fits(scan)) yield ["wrong_kind", scan.name, { file: leafOf(scan.name) }];
    const good = scans.filter(fits), count = new Set(good.map((scan) => scan.sha256 || scan.name)).size;
    if (count >= least) return;
    const look = good.some((scan) => edition.names.kindOf(scan.name) === "pdf");
    yield [look ? "look" : "under", "", { count, least, short: least - count }];
  },

  *stage_subject(rule, facts, edition) {
    const { category, stage, subject } = facts.lesson;
    const allowed = (edition.subjects[category] || {})[stage];
    if (!allowed || allowed.includes(subject)) return;
    yield [subject ? "wrong" : "unknown", "", { stage: edition.stages[stage], subject, allowed: allowed.join("、") }];
  },

  *file_type(rule, facts) {
    for (const file of concerned(rule, facts)) {
      const family = familyOf(rule.limits, file.name);
      if (family && !rule.limits.kinds.includes(family)) {
        const fields = { file: leafOf(file.name), true: `${endingOf(file.name).toUpperCase()} 格式`, wants: rule.limits.wants };
        yield ["wrong_kind", file.name, fields];
      }
    }
  },

  *size(rule, facts) {
    const { most, warn } = rule.limits, gib = 2 ** 30;
    for (const file of concerned(rule, facts)) {
      if (file.size <= warn) continue;
      const seconds = (file.video || {}).duration;
      const advised = seconds ? (Math.floor((warn * 8) / seconds / 1e5) / 10).toFixed(1) : "较低的";
      yield [file.size > most ? "over" : "near", file.name, { size: trimmed(file.size / gib), most: trimmed(most / gib), advised }];
    }
  },

  *duration(rule, facts) {
    const { least, most, tolerance } = rule.limits;
    for (const file of concerned(rule, facts)) {
      const seconds = Math.round((file.video || {}).duration || 0); // judged as shown: in whole seconds
      if (!(file.video || {}).duration || (least <= seconds && seconds <= most)) continue;
      const near = least - tolerance <= seconds && seconds <= most + tolerance;
      const fields = { least: trimmed(least / 60), most: trimmed(most / 60), length: lengthOf(seconds) };
      yield [near ? "near" : seconds < least ? "short" : "long", file.name, fields];
    }
  },

  *picture(rule, facts) {
    const { width, height } = rule.limits;
    for (const file of concerned(rule, facts)) {
      const video = file.video || {};
      if (!video.width || (video.width === width && video.height === height)) continue;
      yield ["wrong", file.name, { width: video.width, height: video.height, wanted: `${width}×${height}` }];
    }
  },
};

// {rule, clause, place, severity, outcome, material, says, fix} each, errors first, then in the order of the rows.
function checked(facts, edition) {
  const { category, stage } = facts.lesson;
  const fits = (list, value) => !list.length || list.includes(value);
  const found = [];
  for (const rule of edition.rules) {
    const a = rule.applies;
    if (!fits(a.category, category) || !fits(a.stage, stage) || !fits(a.phase, facts.phase)) continue;
    for (const [name, material, fields] of JUDGES[rule.kind](rule, facts, edition)) {
      const spoken = rule.cases[name];
      const say = (text) => text.replace(/\{(\w+)\}/g, (_, key) => String(fields[key]));
      found.push({
        rule: rule.id, clause: rule.clause, place: rule.place, severity: spoken.severity, outcome: spoken.outcome,
        material, says: say(spoken.says), fix: say(spoken.fix),
      });
    }
  }
  return found.sort((x, y) => RANK[x.severity] - RANK[y.severity]);
}
