// The lesson and its files, guessed from names, corrected by a person.
"use strict";

const FIELDS = [
  ["title", "课名"], ["teacher", "主讲教师"], ["school", "学校"], ["category", "类别", "categories"],
  ["stage", "学段", "stages"], ["special_kind", "特教类型", "special_kinds"], ["subject", "学科", "subject_names"],
  ["grade", "年级", "grades"], ["textbook", "教材版本", "textbooks"], ["volume", "册次", "volumes"],
  ["periods", "课时数"], ["authors", "作者，用顿号分开"],
];

for (const { kind, title, category, values } of EDITION.asked) {
  FIELDS.push([kind, `${title}${category ? `（${EDITION.categories[category]}填）` : ""}`, `asked_${kind}`]);
  EDITION[`asked_${kind}`] = values;
}

const OPEN = ["subject", "textbook", "volume"]; // a list that no edition can close

function showFields() {
  const place = at("fields");
  place.replaceChildren();
  for (const [field, title, table] of FIELDS) {
    const label = made("label", title);
    const known = EDITION[table], open = OPEN.includes(field);
    const input = known && !open ? chooser({ "": "请选", ...known }, now.lesson[field]) : made("input");
    input.id = `field-${field}`;
    if (!known || open) {
      input.value = field === "authors" ? now.lesson.authors.join("、") : now.lesson[field] ?? "";
      input.maxLength = 200;
      if (field === "periods") Object.assign(input, { type: "number", min: 1, max: 20 });
    }
    input.addEventListener("input", () => { now.lesson[field] = valueOf(field, input.value); changed(); });
    label.append(input);
    if (open) {
      const list = made("datalist", "", { id: `list-${field}` });
      list.append(...Object.keys(known).map((value) => made("option", "", { value })));
      input.setAttribute("list", list.id);
      label.append(list);
    }
    place.append(label);
  }
  const label = made("label", "这次交的是");
  const phase = chooser(EDITION.phases, now.phase);
  phase.id = "field-phase";
  phase.addEventListener("input", () => { now.phase = phase.value; changed(); });
  label.append(phase);
  place.append(label);
}

function valueOf(field, text) {
  if (field === "periods") return Math.min(99, Math.max(1, Math.trunc(Number(text)) || 1));
  if (field === "authors") return text.split(/[、,，;；\s]+/).filter(Boolean);
  return text.trim().normalize("NFC");
}

function chooser(options, chosen) {
  const select = made("select");
  for (const [value, text] of Object.entries(options)) select.append(made("option", text, { value }));
  select.value = chosen in options ? chosen : "";
  return select;
}

function showFiles() {
  const place = at("files");
  place.replaceChildren();
  for (const file of now.files) {
    const row = made("div", "", { className: "file" });
    const name = made("div", file.name);
    file.note = made("small", sizeOf(file.size));
    name.append(file.note);
    const role = chooser({ "": "请选类别", ...EDITION.roles }, file.role);
    role.setAttribute("aria-label", `${file.name} 的类别`);
    role.addEventListener("input", () => { file.role = role.value; changed(); });
    const periods = Object.fromEntries([...Array(Math.max(9, file.period))].map((_, i) => [i + 1, `第 ${i + 1} 课时`]));
    const period = chooser(periods, String(file.period));
    period.setAttribute("aria-label", `${file.name} 的课时`);
    period.addEventListener("input", () => { file.period = Number(period.value); changed(); });
    row.append(name, role, period);
    place.append(row);
  }
  at("left-out").replaceChildren(...(now.leftOut.length ? [made("p", "不会交的文件", { className: "quiet" })] : []),
    ...now.leftOut.map(([name, why]) => made("p", `${name}：${why}`, { className: "quiet" })));
}
