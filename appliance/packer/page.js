// What the page works on: the edition, the folder that was picked, the lesson as it stands now.
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
