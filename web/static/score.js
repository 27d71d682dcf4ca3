// 打分: every touch goes into this tablet first, then to the box; what the box does not have is sent again until it has.
"use strict";

(function () {
  const form = document.getElementById("sheet");
  const token = form.querySelector("input[name=csrf_token]").value;
  const comment = document.getElementById("comment");
  const key = form.dataset.sheet;
  const step = Number(form.dataset.step);
  const fixed = Boolean(form.dataset.fixed);
  const AGAIN_MS = 3000;
  const record = { key, client: form.dataset.client, number: 0, items: {}, comment: comment.value, saved: 0 };
  let floor = Number(form.dataset.number); // the greatest number that the box knows; the greater one is the later touch
  let wrote = false; // whether the comment was written in this tab
  let sending = false;
  let tried = null;

  for (const box of indicators()) {
    const value = box.querySelector("output").dataset.value;
    if (value !== "") record.items[box.dataset.item] = value;
  }

  function indicators() { return form.querySelectorAll(".indicator"); }

  // 1. What this tablet knows and the box does not.
  const full = () => say("bad", "本机存不下，请换一台平板");
  const ready = fixed ? sheets.remove(key).catch(() => {}) : sheets.get(key).then(begin).catch(full);
  ready.then(show);

  function begin(kept) {
    if (!kept || kept.saved >= kept.number) return undefined;
    if (kept.number <= floor) return late(kept);
    record.items = kept.items;
    comment.value = kept.comment;
    return touched(() => {});
  }

  // Somebody went on elsewhere: what was kept here is told to the box as the older touch that it is.
  function late(kept) {
    const { client, number, items, comment: words } = kept;
    return post(form.dataset.touch, { client, number, items, comment: words }).then(() => sheets.remove(key), () => {});
  }

  // 2. A touch: `change` is done to the sheet as this tablet keeps it, which another tab may have gone on with.
  function touched(change) {
    change(record);
    record.comment = comment.value;
    held(false);
    show();
    return sheets.change(key, (kept) => {
      if (kept && kept.number > record.number && kept.number > floor) take(kept, change);
      record.number = Math.max(record.number, floor, kept ? kept.number : 0) + 1;
      return { ...record, items: { ...record.items } };
    }).then(() => { show(); return send(); }, full);
  }

  function take(kept, change) {
    record.items = { ...kept.items };
    if (!wrote) record.comment = comment.value = kept.comment;
    change(record);
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[type=button]");
    if (!button || fixed) return;
    const box = button.closest(".indicator");
    const now = record.items[box.dataset.item];
    const most = Number(box.dataset.most);
    let next;
    if (button.dataset.by) next = now === undefined ? most : Number(now) + Number(button.dataset.by);
    else if (now !== undefined && within(button, Number(now))) return;
    else next = middle(button);
    const value = String(Math.min(Math.max(next, 0), most));
    touched((sheet) => { sheet.items[box.dataset.item] = value; });
  });
  comment.addEventListener("input", () => { wrote = true; touched(() => {}); });

  function within(level, value) { return value >= Number(level.dataset.least) && value <= Number(level.dataset.most); }

  function middle(level) {
    const [least, most] = [Number(level.dataset.least), Number(level.dataset.most)];
    return Math.round((least + most) / 2 / step) * step;
  }

  // 3. To the box.
  async function post(address, body) {
    const answer = await fetch(address, {
      method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      signal: AbortSignal.timeout ? AbortSignal.timeout(8000) : undefined,
    });
    if (answer.ok) {
      const said = await answer.json();
      floor = Math.max(floor, said.latest || 0);
      return said.submitted === false ? { held: true } : null;
    }
    if (answer.status === 403) return { what: "入场码换过了，或者已经离场", remedy: "打的分还在本机，请重新入场" };
    if (answer.status !== 409 && answer.status !== 400) throw new Error(String(answer.status));
    return answer.json().catch(() => ({ what: "盒子没有收下", remedy: "请刷新这一页" }));
  }

  async function send() {
    clearTimeout(tried);
    tried = null;
    if (sending || record.saved >= record.number) return;
    sending = true;
    const { client, number, items, comment: words } = record;
    try {
      const refused = await post(form.dataset.touch, { client, number, items: { ...items }, comment: words });
      if (refused) say("bad", `${refused.what}。${refused.remedy}`);
      else {
        record.saved = number;
        const sent = { key, client, number, items: { ...items }, comment: words, saved: number };
        await sheets.change(key, (kept) => (kept && kept.number > number ? { ...kept, saved: Math.max(kept.saved, number) } : sent));
        say("good", "已存到盒子");
      }
    } catch {
      say("ask", "未连，已存本机");
      tried = setTimeout(send, AGAIN_MS);
    }
    sending = false;
    if (record.saved < record.number && !tried) send();
  }
  window.addEventListener("online", send);

  // 4. The whole sheet.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const open = [...indicators()].filter((box) => !(box.dataset.item in record.items));
    if (open.length) {
      open[0].scrollIntoView();
      return gap("还有没打的项", open.map((box) => box.querySelector("legend").textContent).join("；"));
    }
    try {
      const refused = await post(form.dataset.submit, {
        client: record.client, number: record.number, items: record.items, comment: record.comment,
      });
      if (refused && refused.held) return held(true);
      if (refused) return gap(refused.what, refused.remedy);
    } catch {
      return gap("未连，还没有交", "打的分已存在本机。连上以后请再按一次。");
    }
    await sheets.remove(key).catch(() => {});
    window.location.reload();
  });

  // Whole, and kept until the judges have conferred; a touch makes it unfinished again.
  function held(whole) {
    const notice = document.getElementById("held");
    document.getElementById("gaps").hidden = true;
    notice.hidden = !whole;
    if (whole) notice.scrollIntoView({ block: "nearest" });
  }

  function gap(what, more) {
    held(false);
    const notice = document.getElementById("gaps");
    notice.querySelector("strong").textContent = what;
    notice.querySelector("p").textContent = more;
    notice.hidden = false;
    notice.scrollIntoView({ block: "nearest" });
  }

  // 5. What the judge sees.
  function say(tone, text) {
    const line = document.getElementById("line");
    line.className = `state ${tone}`;
    line.querySelector("span").textContent = text;
  }

  function show() {
    let total = 0;
    for (const box of indicators()) {
      const value = record.items[box.dataset.item];
      box.querySelector("output").textContent = value === undefined ? "未打" : value;
      total += value === undefined ? 0 : Number(value);
      for (const level of box.querySelectorAll(".level"))
        level.setAttribute("aria-pressed", String(value !== undefined && within(level, Number(value))));
    }
    document.getElementById("total").textContent = String(total);
    if (record.number === 0) say(fixed ? "calm" : "good", fixed ? "只能看" : "盒子里的是最新的");
  }
})();
