// What the rules say of it as it stands now; videos are looked into as far as the browser can.
"use strict";

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
