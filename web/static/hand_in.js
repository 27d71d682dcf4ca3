// 投递: sends what was picked, two files at a time, each going on where the box says that it stands. A broken line is
// waited for; the person is asked only for what the page cannot do.
"use strict";

(function () {
  const at = (id) => document.getElementById(id);
  const place = at("pick");
  const token = document.querySelector("input[name=csrf_token]").value;
  const AT_ONCE = 2;
  const AGAIN_MS = 5000;
  const files = new Map(); // path → {path, file, size, stamp, sent, url, state, why}; state: waiting sending done lost refused
  let working = 0;

  // 1. What the box has already.
  async function known() {
    const answer = await fetch(place.dataset.known, { cache: "no-store" });
    if (!answer.ok) return;
    for (const one of await answer.json()) {
      const before = files.get(one.name);
      const same = before && before.size === one.size && before.stamp === one.stamp;
      files.set(one.name, {
        path: one.name, file: same ? before.file : null, size: one.size, stamp: one.stamp, sent: one.bytes, url: one.url,
        state: one.bytes === one.size ? "done" : "lost", why: "",
      });
    }
  }

  const ready = known();

  // 2. What the person adds.
  async function take(pairs) {
    await ready;
    if (!pairs.length) return say("这里面没有文件");
    let bytes = 0;
    for (const [path, file] of pairs) {
      const stamp = String(file.lastModified);
      const before = files.get(path);
      const same = before && before.size === file.size && before.stamp === stamp;
      bytes += file.size;
      if (same && (before.state === "done" || before.state === "sending")) continue;
      const url = same && before.state !== "refused" ? before.url : null;
      files.set(path, { path, file, size: file.size, stamp, sent: same ? before.sent : 0, url, state: "waiting", why: "" });
    }
    say(`选了 ${pairs.length} 个文件，${sizeOf(bytes)}`);
    work();
  }

  // 3. Sending.
  function work() {
    for (const one of files.values()) {
      if (working >= AT_ONCE) break;
      if (one.state === "waiting") send(one);
    }
    show();
  }

  function send(one) {
    working += 1;
    one.state = "sending";
    const upload = new tus.Upload(one.file, {
      endpoint: place.dataset.files,
      uploadUrl: one.url,
      chunkSize: Number(place.dataset.piece),
      retryDelays: [0, 1000, 3000, 5000],
      headers: { "X-CSRFToken": token },
      metadata: { relativePath: one.path, stamp: one.stamp },
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => { one.url = upload.url; },
      onProgress: (sent) => { one.sent = sent; show(); },
      onSuccess: () => ended(one, "done", ""),
      onError: (error) => failed(one, error),
    });
    one.upload = upload;
    upload.start();
  }

  async function failed(one, error) {
    const answer = error.originalResponse;
    const status = answer ? answer.getStatus() : 0;
    if (status === 403) return ended(one, "refused", "交件码已经换过或作废，请退出后重新进入");
    if (status >= 400 && status < 500 && status !== 409 && status !== 423) return ended(one, "refused", answer.getBody());
    if (!(await folder.readable(one.file))) return ended(one, "refused", "这个文件读不出来，可能刚改过，请重新选");
    one.why = status === 507 ? answer.getBody() : "和盒子的连接断了，正在等，会自己接着传";
    one.state = "pausing";
    working -= 1;
    show();
    setTimeout(() => { if (one.state === "pausing") { one.state = "waiting"; work(); } }, AGAIN_MS);
  }

  function ended(one, state, why) {
    if (one.state !== "sending") return;
    working -= 1;
    Object.assign(one, { state, why, sent: state === "done" ? one.size : one.sent });
    work();
  }

  async function drop(one) {
    if (one.state === "sending") { one.upload.abort(); working -= 1; }
    one.state = "dropped";
    files.delete(one.path);
    if (one.url) await fetch(one.url, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0", "X-CSRFToken": token } });
    work();
  }

  // 4. What the person sees.
  const WORDS = { waiting: "等着传", sending: "正在传", pausing: "断了，等一会儿", done: "传完了", lost: "没有传完", refused: "不能传" };

  function show() {
    const all = [...files.values()];
    const count = (state) => all.filter((one) => one.state === state).length;
    const sum = (name) => all.reduce((total, one) => total + one[name], 0);
    at("sending").hidden = !all.length;
    at("bar").max = Math.max(1, sum("size"));
    at("bar").value = sum("sent");
    at("bytes").textContent = `${sizeOf(sum("sent"))} / ${sizeOf(sum("size"))}`;
    at("counts").textContent = `传完 ${count("done")} 个，共 ${all.length} 个`;
    at("standing").textContent = `${all.length} 个文件`;
    at("done").disabled = !all.length || count("done") < all.length;
    trouble(all);
    rows(all);
  }

  function trouble(all) {
    const lost = all.filter((one) => one.state === "lost").length;
    const refused = all.find((one) => one.state === "refused");
    const pausing = all.find((one) => one.state === "pausing");
    at("trouble").hidden = !(lost || refused || pausing);
    at("trouble-what").textContent = refused ? `有文件不能传：${refused.path}` : pausing ? pausing.why : `有 ${lost} 个文件没有传完`;
    at("trouble-more").textContent = refused ? refused.why : pausing ? "" : "把同一个文件夹再选一次或拖进来，会从断的地方接着传；不交的在下面去掉。";
    if (refused || lost) at("files").parentElement.open = true;
  }

  function rows(all) {
    const list = at("files");
    for (const one of all) {
      const row = (one.row ||= made(one));
      row.querySelector(".what").textContent = one.state === "sending" ? `正在传 ${Math.floor((100 * one.sent) / Math.max(1, one.size))}%` : WORDS[one.state];
    }
    const wanted = all.map((one) => one.row);
    if (wanted.length !== list.children.length || wanted.some((row, place) => list.children[place] !== row)) list.replaceChildren(...wanted);
  }

  function made(one) {
    const row = at("file-row").content.firstElementChild.cloneNode(true);
    row.querySelector(".name").textContent = one.path;
    row.querySelector(".size").textContent = sizeOf(one.size);
    const button = row.querySelector("button");
    button.setAttribute("aria-label", `去掉 ${one.path}`);
    button.addEventListener("click", () => drop(one));
    return row;
  }

  function say(text) { at("picked").textContent = text; }

  function sizeOf(bytes) {
    for (const unit of ["B", "KB", "MB"]) {
      if (bytes < 999.5) return `${bytes.toFixed(0)} ${unit}`;
      bytes /= 1000;
    }
    return `${bytes.toFixed(1)} GB`;
  }

  // 5. Hands.
  for (const id of ["folder", "loose"]) at(id).addEventListener("change", () => { take(folder.picked(at(id))); at(id).value = ""; });
  for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => event.preventDefault());
  document.addEventListener("drop", async (event) => {
    try {
      take(await folder.dropped(event.dataTransfer.items));
    } catch {
      say("文件夹没有读完，请用按钮再选一次");
    }
  });
  window.addEventListener("beforeunload", (event) => { if (working) event.preventDefault(); });
  window.addEventListener("online", () => { for (const one of files.values()) if (one.state === "pausing") one.state = "waiting"; work(); });

  ready.then(show);
})();
