// What folder and file names say, by the words of the edition: what is recognised is taken out, what remains is
// title or teacher. The box reads names again by itself; here a person sees and corrects the reading.
"use strict";

const GAP = "\u0000";
const HAN = "[\\u3400-\\u9fff\\u{20000}-\\u{3ffff}]";
const NUMBER = "([1-9]\\d?|[一二三四五六七八九十]{1,3})";

const fold = (text) => text.normalize("NFKC").trim().toLowerCase();
const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
const anyOf = (words) => [...words].sort((a, b) => b.length - a.length).map(escaped).join("|") || "(?!)";
const leafOf = (path) => path.slice(path.lastIndexOf("/") + 1);
const endingOf = (path) => (/[^.]\.([^.]+)$/.exec(leafOf(path)) || ["", ""])[1].toLowerCase();

class Names {
  constructor(edition) {
    const words = (this.words = edition.aliases);
    this.habits = words.habits || {};
    this.edition = edition;
    const longestFirst = (table) =>
      Object.entries(table || {})
        .flatMap(([name, others]) => [name, ...others].map((word) => [fold(word), name]))
        .sort((a, b) => b[0].length - a[0].length);
    this.tables = {};
    for (const [field, table] of [
      ["textbook", "textbooks"], ["grade", "grades"], ["volume", "volumes"], ["special_kind", "special_kinds"],
      ["category", "categories"], ["stage", "stages"], ["subject", "subjects"],
    ]) this.tables[field] = longestFirst(words[table]);
    this.roles = longestFirst(words.roles);
    const schools = words.schools || {};
    const after = (schools.not_followed_by || []).join("") || GAP;
    const way = (endings) => `(?<!${HAN})(?:(?!年级)${HAN}){2,14}?(?:${anyOf(endings)})(?![${after}])`;
    this.school = new RegExp([schools.endings, schools.short_endings].filter(Boolean).map(way).join("|") || "(?!)", "u");
    const teachers = words.teachers || {};
    this.teacherPattern = new RegExp(teachers.pattern || "(?!)", "u");
    this.labelled = new RegExp(`(?:${anyOf(teachers.labels || [])})\\s*[:：]?\\s*(${HAN}{2,4})(?!${HAN})`, "u");
    this.titled = new RegExp(`(?<!${HAN})(${HAN}{2,4})(?:${anyOf(teachers.endings || [])})`, "u");
    this.plain = new RegExp(`^(?:${anyOf((words.plain || {}).words || [])}|[\\s\\dvV])+$`, "iu");
  }

  read(name) {
    const found = { fields: {}, roles: [], period: 0, rest: [] };
    let text = name.normalize("NFKC");
    const take = (pattern) => {
      const hit = pattern.exec(text);
      if (!hit) return "";
      text = text.slice(0, hit.index) + GAP + text.slice(hit.index + hit[0].length);
      return hit.slice(1).find(Boolean) || hit[0];
    };
    const quoted = take(/《([^《》]{1,80})》/u).trim();
    found.fields.school = take(this.school);
    found.fields.teacher = take(this.labelled) || take(this.titled) || take(this.teacherPattern);
    found.period = this.number(take(new RegExp(`第\\s*${NUMBER}\\s*课时|课时\\s*${NUMBER}(?![\\d课])|(?<!共)${NUMBER}\\s*课时`, "u")));
    const withRoles = fold(text);
    for (const [word, role] of this.roles) {
      if (!fold(text).includes(word)) continue;
      if (!found.roles.includes(role)) found.roles.push(role);
    }
    for (const [word] of this.roles) text = text.replace(new RegExp(escaped(word), "giu"), GAP);
    for (const field of Object.keys(this.tables)) {
      const hit = this.tables[field].find(([word]) => word.length > 1 && fold(text).includes(word));
      if (hit) text = text.replace(new RegExp(escaped(hit[0]), "iu"), GAP);
      found.fields[field] = hit ? hit[1] : "";
    }
    if (!found.fields.category) {
      const hit = this.tables.category.find(([word]) => withRoles.includes(word));
      found.fields.category = hit ? hit[1] : "";
    }
    for (const field of ["special_kind", "category", "stage"]) {
      const table = field === "stage" ? this.stagesOfSchools() : this.tables[field];
      const hit = table.find(([word]) => fold(found.fields.school).includes(word));
      found.fields[`school_${field}`] = hit ? hit[1] : "";
    }
    found.rest = text.split(/[\u0000_\-—–~.,，。、;:()[\]{}【】<>“”"+&#@!/\\|=\s]+/u)
      .filter((word) => word.length > 1 && !this.plain.test(word));
    if (!found.fields.teacher) {
      const at = found.rest.findLastIndex((word) => this.isPerson(word) && (quoted || found.rest.length > 1));
      if (at >= 0) found.fields.teacher = found.rest.splice(at, 1)[0];
    }
    found.fields.title = quoted || found.rest.join("");
    found.quoted = quoted;
    return found;
  }

  stagesOfSchools() {
    return Object.entries(this.words.school_stages || {}).flatMap(([stage, words]) => words.map((w) => [fold(w), stage]));
  }

  isPerson(word) {
    const t = this.words.teachers || {};
    if ([...(t.never || "")].some((char) => word.includes(char))) return false;
    if (!new RegExp(`^${HAN}{2,4}$`, "u").test(word)) return false;
    const double = (t.double_surnames || []).includes(word.slice(0, 2)) && word.length > 2;
    return double || (word.length <= 3 && (t.surnames || "").includes(word[0]));
  }

  number(digits) {
    if (/^\d+$/.test(digits)) return Number(digits);
    const ones = "一二三四五六七八九";
    const [tens, low] = digits.includes("十") ? digits.split("十") : ["", digits];
    const high = digits.includes("十") ? (tens ? ones.indexOf(tens) + 1 : 1) : 0;
    return high * 10 + (low ? ones.indexOf(low) + 1 : 0);
  }

  kindOf(path) {
    const ending = endingOf(path);
    const hit = Object.entries(this.words.extensions || {}).find(([, endings]) => endings.includes(ending));
    return hit ? hit[0] : "";
  }

  // The role that names tell and that this kind of file can have; "" when a person must say it.
  roleOf(path, category) {
    const parts = path.replace(/\.[^./]+$/, "").split("/").map((part) => this.read(part).roles);
    const file = parts.pop();
    const folders = parts.reverse().flat();
    const kind = this.kindOf(path);
    const first = folders.filter((role) => (this.habits.folder_first || []).includes(role));
    for (const role of [...first, ...file, ...folders, (this.words.plain_files || {})[kind]]) {
      const meant = ((this.words.in_category || {})[category] || {})[role] || role;
      if (meant && ((this.words.role_files || {})[meant] || []).includes(kind)) return meant;
    }
    return "";
  }

  periodOf(path) {
    return path.replace(/\.[^./]+$/, "").split("/").reverse().map((part) => this.read(part).period).find(Boolean) || 1;
  }

  // The lesson by its folder's name, then by the names of its files. Fields that nothing says are "".
  lessonOf(folder, paths) {
    const readings = [folder, ...paths.map((path) => leafOf(path).replace(/\.[^.]+$/, ""))].map((name) => this.read(name));
    const first = (field) => readings.map((one) => one.fields[field]).find(Boolean) || "";
    const lesson = {};
    for (const field of ["teacher", "school", "category", "stage", "subject", "grade", "textbook", "volume"]) {
      lesson[field] = first(field);
    }
    lesson.title = readings[0].fields.title || (readings.find((one) => one.quoted) || {}).quoted || "";
    const stage = Object.entries(this.words.grade_stages || {}).find(([, grades]) => grades.includes(lesson.grade));
    lesson.stage = lesson.stage || (stage ? stage[0] : "") || first("school_stage");
    lesson.category = lesson.category || this.categoryOf(paths) || first("school_category") || this.habits.otherwise || "";
    lesson.special_kind = (this.habits.special_kind_in || []).includes(lesson.category) ? first("special_kind") || first("school_special_kind") : "";
    lesson.periods = Math.max(1, ...paths.map((path) => this.periodOf(path)));
    return lesson;
  }

  categoryOf(paths) {
    const roles = new Set(paths.map((path) => this.roleOf(path, "")));
    const shows = Object.entries(this.words.shows_category || {});
    const never = this.words.never_in_category || {};
    const has = (some) => (some || []).some((role) => roles.has(role));
    const hit = shows.find(([category, shown]) => has(shown) && !has(never[category]));
    return hit ? hit[0] : "";
  }

  // Why the box would not take this file; "" when it would.
  ignored(path, size) {
    const parts = path.toLowerCase().split("/"), name = parts.pop(), table = this.edition.ignore;
    const folder = parts.find((part) => table.folders[part]);
    if (folder) return table.folders[folder];
    if (table.names[name]) return table.names[name];
    const prefix = Object.keys(table.prefixes).find((start) => name.startsWith(start));
    if (prefix) return table.prefixes[prefix];
    return table.suffixes[name.slice(name.lastIndexOf("."))] || (size === 0 ? "空文件（0 字节）" : "");
  }
}
