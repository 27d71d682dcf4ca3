// The page: folder in, corrections by a person, findings, hashes, 提交单.json and a cover.
"use strict";

const EDITION = JSON.parse(document.getElementById("edition").textContent);
EDITION.names = new Names(EDITION);
const FORM = "提交单.json";
const VIDEOS = EDITION.film;
const now = { folder: "", files: [], leftOut: [], lesson: {}, phase: "", run: 0 };

const at = (id) => document.getElementById(id);
function made(tag, text = "", more = {}) {
  const element = Object.assign(document.createElement(tag), more);
  if (text) element.textContent = text;
  return element;
}
function sizeOf(bytes) {
  for (const unit of ["B", "KB", "MB"]) {
    if (bytes < 999.5) return `${bytes.toFixed(0)} ${unit}`;
    bytes /= 1000;
  }
  return `${bytes.toFixed(1)} GB`;
}

// 1. The folder.
at("edition-title").textContent = EDITION.title;
at("folder").addEventListener("change", () => take([...at("folder").files].map((file) => [file.webkitRelativePath, file])));
for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => event.preventDefault());
document.addEventListener("dragover", () => at("pick").classList.add("over"));
document.addEventListener("dragleave", () => at("pick").classList.remove("over"));
document.addEventListener("drop", async (event) => {
  at("pick").classList.remove("over");
  const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
  if (items.length !== 1 || !items[0].getAsFileSystemHandle) return refuse("请拖一个文件夹，一节课一个；拖不了的用按钮选");
  const files = [];
  try {
    const folder = await items[0].getAsFileSystemHandle();
    if (folder.kind !== "directory") return refuse("请拖一个文件夹，一节课一个");
    await walk(folder, folder.name, files);
  } catch {
    return refuse("文件夹没有读完，请用按钮再选一次");
  }
  take(files);
  if (files.length) at("picked").textContent += "。请核对份数：名字里有特殊字符的文件拖进来会漏掉，漏了就用按钮选";
});

// By handles: the older entries of a drop cannot be opened on a page from a file. Handles leave out names that
// Windows would not have (<, >, unseen marks), without a word; the button does not.
async function walk(folder, path, files) {
  for await (const one of folder.values()) {
    if (one.kind === "file") files.push([`${path}/${one.name}`, await one.getFile()]);
    else await walk(one, `${path}/${one.name}`, files);
  }
}

function refuse(why) {
  at("picked").textContent = why;
}

function take(pairs) {
  if (!pairs.length) return refuse("这个文件夹是空的");
  now.folder = pairs[0][0].split("/")[0].normalize("NFC");
  now.files = [];
  now.leftOut = [];
  pairs.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  for (const [path, file] of pairs) {
    const name = path.slice(path.indexOf("/") + 1).normalize("NFC");
    const why = name === FORM ? "上一次的提交单，会换成新的" : EDITION.names.ignored(name, file.size);
    if (why) now.leftOut.push([name, why]);
    else now.files.push({ name, file, size: file.size, role: "", period: 1, sha256: "" });
  }
  if (!now.files.length) return refuse("这个文件夹里没有可以交的文件");
  const paths = now.files.map((file) => file.name);
  now.lesson = { authors: [], ...EDITION.names.lessonOf(now.folder, paths) };
  for (const file of now.files) {
    file.role = EDITION.names.roleOf(file.name, now.lesson.category);
    file.period = EDITION.names.periodOf(file.name);
  }
  now.phase = now.files.some((file) => VIDEOS.includes(file.role)) ? "production" : "design";
  const bytes = now.files.reduce((sum, file) => sum + file.size, 0);
  at("picked").textContent = `${now.folder}：${now.files.length} 个文件，${sizeOf(bytes)}`;
  at("work").hidden = false;
  showFields();
  showFiles();
  changed();
  watchVideos();
}

// 2. and 3. What a person corrects.
const FIELDS = [
  ["title", "课名"], ["teacher", "主讲教师"], ["school", "学校"], ["category", "类别", "categories"],
  ["stage", "学段", "stages"], ["special_kind", "特教类型", "special_kinds"], ["subject", "学科", "subject_names"],
  ["grade", "年级", "grades"], ["textbook", "教材版本", "textbooks"], ["volume", "册次", "volumes"],
  ["periods", "课时数"], ["authors", "作者，用顿号分开"],
];

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

// 4. Findings.
function changed() {
  now.run++; // what was written before is of another state
  at("done").hidden = true;
  const found = checked(now, EDITION);
  const place = at("findings");
  place.replaceChildren();
  for (const one of found) {
    const box = made("div", "", { className: `finding ${one.severity}` });
    const word = one.outcome === "fail" ? { error: "必须改", warning: "建议改", info: "提示" }[one.severity] : "请核对";
    const says = made("p", `${word}：${one.says}`);
    says.style.fontWeight = "700";
    box.append(says, made("p", hint(one)), made("p", `${one.clause}　${one.place}${one.material ? `　${one.material}` : ""}`, { className: "quiet" }));
    place.append(box);
  }
  for (const file of now.files.filter((each) => each.unseen && VIDEOS.includes(each.role))) {
    place.append(made("div", `这个浏览器放不了“${leafOf(file.name)}”，没有看到时长和画面大小，交上去以后由盒子检查`, { className: "finding" }));
  }
  if (!place.childElementCount) place.append(made("p", "没有发现要改的地方", { className: "notice good" }));
}

// The edition's words send a clerk to a page of the box; here the fields stand above.
function hint(one) {
  const asked = EDITION.rules.some((rule) => rule.id === one.rule && rule.kind === "identified");
  return asked ? "请在上面选好或补填" : one.fix;
}

async function watchVideos() {
  const files = now.files;
  for (const file of files.filter((each) => EDITION.names.kindOf(each.name) === "video")) {
    await look(file);
    if (files !== now.files) return; // another folder was picked meanwhile
    if (file.video) file.note.textContent = `${sizeOf(file.size)}，${lengthOf(file.video.duration)}，${file.video.width}×${file.video.height}`;
    changed();
  }
  document.body.dataset.videos = "seen";
}

function look(file) {
  return new Promise((seen) => {
    const video = made("video"), url = URL.createObjectURL(file.file);
    const end = () => { clearTimeout(limit); video.removeAttribute("src"); URL.revokeObjectURL(url); seen(); };
    const limit = setTimeout(() => { file.unseen = true; end(); }, 20000);
    video.preload = "metadata";
    video.onloadedmetadata = () => {
      const { duration, videoWidth: width, videoHeight: height } = video;
      if (Number.isFinite(duration) && width) file.video = { duration, width, height };
      else file.unseen = true;
      end();
    };
    video.onerror = () => { file.unseen = true; end(); };
    video.src = url;
  });
}

// 5. Hashes, the form, the cover.
at("write").addEventListener("click", write);
at("stop").addEventListener("click", () => now.run++);
at("print").addEventListener("click", () => window.print());

async function write() {
  const run = ++now.run, total = now.files.reduce((sum, file) => sum + file.size, 0), began = performance.now();
  let done = 0;
  Object.assign(at("bar"), { hidden: false, max: total, value: 0 });
  at("write").disabled = true;
  at("stop").hidden = false;
  try {
    for (const file of now.files) {
      file.sha256 = await sha256OfFile(file.file, (bytes) => {
        if (run !== now.run) throw new Stopped();
        at("bar").value = done += bytes;
        const rest = ((performance.now() - began) / done) * (total - done);
        at("progress").textContent = `${leafOf(file.name)}　${sizeOf(done)} / ${sizeOf(total)}，还要约 ${lengthOf(Math.ceil(rest / 1000))}`;
      });
    }
    if (run === now.run) finish(total);
  } catch (error) {
    at("progress").textContent = error instanceof Stopped ? "停下了，提交单没有写出" : "有文件读不出来，可能被移走或还在修改。请重新选文件夹";
  } finally {
    at("bar").hidden = at("stop").hidden = true;
    at("write").disabled = false;
  }
}

class Stopped extends Error {}

function finish(total) {
  const files = now.files.map(({ name, role, period, sha256, size }) => ({ name, role, period, sha256, size }));
  const lesson = Object.fromEntries(FIELDS.map(([field]) => [field, now.lesson[field]]));
  const form = { format: "lessonbox-manifest", version: 1, edition: EDITION.id, lessons: [{ ...lesson, files }] };
  now.form = new TextEncoder().encode(JSON.stringify(form, null, 1));
  const code = new Sha256().update(now.form).hex().slice(0, 8);
  URL.revokeObjectURL(at("download").href);
  at("download").href = URL.createObjectURL(new Blob([now.form], { type: "application/json" }));
  at("code").textContent = code;
  at("progress").textContent = `${files.length} 个文件，${sizeOf(total)}`;
  at("save").hidden = !window.showDirectoryPicker;
  at("done").hidden = false;
  at("cover").replaceChildren(...cover(files, code, total));
}

at("save").addEventListener("click", async () => {
  let folder;
  try {
    folder = await window.showDirectoryPicker({ mode: "readwrite" });
  } catch {
    return; // nobody picked one
  }
  try {
    await holds(folder, now.files[0].name.split("/"));
  } catch {
    at("saved").textContent = `这不是刚才的文件夹。请选“${now.folder}”`;
    return;
  }
  try {
    const out = await (await folder.getFileHandle(FORM, { create: true })).createWritable();
    await out.write(now.form);
    await out.close();
    at("saved").textContent = `已存进“${folder.name}”。现在可以把整个文件夹拷到 U 盘`;
  } catch {
    at("saved").textContent = "没有存成，请用“下载提交单”，再放进课例文件夹";
  }
});

async function holds(folder, path) {
  let here = folder;
  for (const name of path.slice(0, -1)) here = await here.getDirectoryHandle(name);
  await here.getFileHandle(path[path.length - 1]);
}

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
