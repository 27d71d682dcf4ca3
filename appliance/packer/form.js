// Hashes, then 提交单.json, which proves the copy.
"use strict";

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
