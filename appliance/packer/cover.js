// The cover to print and sign.
"use strict";

function cover(files, code, total) {
  const shown = (field, table) => ((EDITION[table] || {})[now.lesson[field]]) || [now.lesson[field]].flat().join("、");
  const table = made("table"), list = made("table");
  const cells = (row, tag, words) => words.forEach((word) => row.append(made(tag, String(word))));
  for (const [field, title, names] of FIELDS) {
    const text = shown(field, names);
    if (!text) continue;
    const row = table.insertRow();
    cells(row, "th", [title]);
    cells(row, "td", [text]);
  }
  cells(list.insertRow(), "td", ["文件", "类别", "课时", "大小", "指纹前八位"]);
  for (const file of files) {
    cells(list.insertRow(), "td", [file.name, EDITION.roles[file.role] || "没有写明", file.period, sizeOf(file.size), file.sha256.slice(0, 8)]);
  }
  const line = made("p", "提交单核对码 ");
  line.append(made("strong", code, { className: "code" }));
  return [
    made("h1", "课例提交封面"), made("p", EDITION.title), table, line,
    made("p", `共 ${files.length} 个文件，${sizeOf(total)}。核对码是“${FORM}”的 SHA-256 前八位，与盒子上收到的相同，就是同一份。`),
    list, made("p", "主讲教师签字：　　　　　　　　学校盖章：　　　　　　　　日期："),
  ];
}
