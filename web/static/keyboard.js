/* The keyboard of the box's own screen: pinyin with candidates, names of the rosters, Latin letters, digits.
   The box itself looks the words up (web/pinyin); nothing that is typed is kept. */

import { LAYOUTS, NAMES, allowed, layoutFor, takesText } from "./keys.js";

const own = document.getElementById("own-screen");
const board = document.createElement("section");
let field = null, layout = "pinyin", upper = false, typed = "", asked = 0, wide = false;

function make(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

function button(className, text, press) {
  const made = make("button", className, text);
  made.type = "button";
  made.tabIndex = -1;
  made.addEventListener("click", press);
  return made;
}

function put(text) {
  if (field.type === "number" || field.type === "date" || field.type === "time" || field.type === "email") {
    field.value += text; // these have no place of writing
  } else {
    const room = field.maxLength < 0 ? text.length : field.maxLength - field.value.length + field.selectionEnd - field.selectionStart;
    field.setRangeText(text.slice(0, Math.max(0, room)), field.selectionStart, field.selectionEnd, "end");
  }
  field.dispatchEvent(new InputEvent("input", { bubbles: true, data: text }));
}

function erase() {
  if (field.type === "number" || field.type === "date" || field.type === "time") field.value = "";
  else {
    const end = field.selectionEnd;
    const last = [...field.value.slice(0, end)].pop() || ""; // one character may be two units
    field.setRangeText("", field.selectionStart === end ? end - last.length : field.selectionStart, end, "end");
  }
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

const ACTS = {
  back() { if (typed) typed = typed.slice(0, -1); else erase(); },
  space() { const first = board.querySelector(".board-words button"); if (typed && first) return first.click(); put(" "); },
  enter() {
    if (typed) return flush();
    if (field instanceof HTMLTextAreaElement) return put("\n");
    const form = field.form;
    close();
    form?.requestSubmit();
  },
  hide() { flush(); close(); },
  shift() { upper = !upper; draw(); },
  latin() { turn("latin"); }, pinyin() { turn("pinyin"); }, digits() { turn("digits"); },
};

function flush() { const text = typed; typed = ""; if (text) put(text); }
function turn(to) { flush(); layout = to; upper = false; draw(); }

function press(key) {
  if (!field) return;
  if (ACTS[key]) ACTS[key]();
  else if (layout === "pinyin" && /^[a-z']$/.test(key)) { if (key !== "'" || typed) typed += key; }
  else { flush(); put(upper ? key.toUpperCase() : key); }
  look();
}

function choose(word, taken) { typed = typed.slice(taken); put(word); look(); }

/* A name replaces what was typed of it already. */
function chooseName(name) {
  const before = beforeCaret();
  typed = "";
  if (before && name.includes(before) && field.setSelectionRange) field.setSelectionRange(0, field.selectionEnd);
  put(name);
  look();
}

function beforeCaret() {
  return field.type === "password" || field.selectionStart === null ? "" : field.value.slice(0, field.selectionStart).slice(-20);
}

async function look() {
  const mine = ++asked;
  if (!field || field.type === "password") return show({ words: [], names: [] });
  const ask = new URLSearchParams({ typed, field: field.name, before: beforeCaret() });
  if (wide) ask.set("all", "1");
  try {
    const answer = await fetch(`${own.dataset.keys}?${ask}`);
    if (mine === asked && answer.ok) show(await answer.json());
  } catch { /* the box does not answer: Latin letters and digits still work, and the page says so */ }
}

function show(found) {
  const [said, words, names] = ["typed", "words", "names"].map((part) => board.querySelector(`.board-${part}`));
  said.textContent = typed;
  words.replaceChildren(...found.words.map(([word, taken]) => button("word", word, () => choose(word, taken))));
  names.replaceChildren(...found.names.map((name) => button("name", name, () => chooseName(name))));
  names.hidden = found.names.length === 0;
  board.querySelector(".board-more").hidden = found.words.length < 8;
}

function draw() {
  const bar = make("div", "board-bar");
  const more = button("key board-more", "更多", () => { wide = !wide; board.classList.toggle("wide", wide); more.textContent = wide ? "收拢" : "更多"; look(); });
  more.hidden = true;
  bar.append(make("span", "board-typed"), make("div", "board-words"), more);
  const rows = LAYOUTS[layout].map((row) => {
    const line = make("div", "board-row");
    line.append(...row.filter((key) => !LAYOUTS[key] || allowed(field).includes(key)).map(keyOf));
    return line;
  });
  const names = make("div", "board-names");
  names.hidden = true;
  board.replaceChildren(bar, names, ...rows);
}

function keyOf(key) {
  const made = button(`key key-${NAMES[key] ? key : "letter"}`, NAMES[key] || (upper ? key.toUpperCase() : key), () => press(key));
  if (key === "enter" && !(field instanceof HTMLTextAreaElement)) made.textContent = "完成";
  if (key === "shift") made.setAttribute("aria-pressed", upper);
  return made;
}

function open(target) {
  if (field && field !== target) flush();
  field = target;
  [layout, upper, wide] = [layoutFor(target), target.autocapitalize === "characters", false];
  field.inputMode = "none";
  board.classList.remove("wide");
  draw();
  board.hidden = false;
  document.body.style.setProperty("padding-bottom", `${board.offsetHeight}px`);
  field.scrollIntoView({ block: "center" });
  look();
}

function close() { board.hidden = true; document.body.style.removeProperty("padding-bottom"); field?.blur(); field = null; typed = ""; }

board.className = "board";
board.hidden = true;
board.setAttribute("aria-label", "屏幕键盘");
board.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the caret
board.addEventListener("mousedown", (event) => event.preventDefault());
document.body.append(board);
document.addEventListener("focusin", (event) => { if (takesText(event.target)) open(event.target); });
document.addEventListener("focusout", (event) => {
  if (event.target !== field) return;
  flush();
  const left = field; // the page must not move under the finger that is pressing a button: later
  setTimeout(() => { if (field === left && document.activeElement !== left) close(); }, 400);
});
document.addEventListener("pointerdown", (event) => { if (event.target !== field && takesText(event.target) && event.target === document.activeElement) open(event.target); });
