/* Which keys there are: one row a list. A word of more than one character is a key that does something. */

export const LAYOUTS = {
  pinyin: [[..."qwertyuiop"], [..."asdfghjkl"], ["'", ..."zxcvbnm", "back"], ["latin", "digits", "，", "space", "。", "enter", "hide"]],
  latin: [[..."qwertyuiop"], [..."asdfghjkl"], ["shift", ..."zxcvbnm", "back"], ["pinyin", "digits", "-", "space", ".", "enter", "hide"]],
  digits: [[..."1234567890"], [..."-/:;()@\"“”"], [..."，。、？！《》%", "back"], ["pinyin", "latin", "_", "space", ".", "enter", "hide"]],
};

export const NAMES = {
  back: "退格", latin: "英文", pinyin: "拼音", digits: "数字", space: "空格", enter: "换行", hide: "收起", shift: "大写",
};

const CLOSED = new Set(["hidden", "checkbox", "radio", "file", "submit", "button", "reset", "range", "color"]);
const NUMBERS = new Set(["number", "tel", "date", "time"]);

export function takesText(field) {
  if (field instanceof HTMLTextAreaElement) return !field.readOnly && !field.disabled;
  return field instanceof HTMLInputElement && !CLOSED.has(field.type) && !field.readOnly && !field.disabled;
}

export function layoutFor(field) {
  if (NUMBERS.has(field.type) || field.inputMode === "numeric" || field.inputMode === "decimal") return "digits";
  return field.type === "password" || field.autocapitalize === "characters" ? "latin" : "pinyin";
}

/* Chinese only where Chinese may stand. */
export function allowed(field) {
  if (NUMBERS.has(field.type)) return ["digits"];
  return field.type === "password" ? ["latin", "digits"] : ["pinyin", "latin", "digits"];
}
