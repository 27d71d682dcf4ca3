// The folder: picked by a button or dragged in; what will not be handed in is named.
"use strict";

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
