/* The box's own screen rests after a while: a cover over the page, which stays as it was. A touch takes it away.
   Later it signs out, unless something stands half written on the page. */

const own = document.getElementById("own-screen");
const idle = Number(own.dataset.idle) * 60_000;
const leave = Number(own.dataset.leave) * 60_000;
const EVERY = 2000;
let touched = Date.now();
let cover = document.getElementById("resting"); // 待机 itself is its own cover

function halfWritten() {
  const fields = document.querySelectorAll("form[method=post] input:not([type=hidden]), form[method=post] textarea");
  const picks = document.querySelectorAll("form[method=post] option");
  const written = (field) => ["checkbox", "radio"].includes(field.type)
    ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  const listOf = (option) => [...option.closest("select").options];
  const picked = (option) => listOf(option).some((each) => each.defaultSelected) && option.selected !== option.defaultSelected;
  return [...fields].some(written) || [...picks].some(picked);
}

function playing() {
  return [...document.querySelectorAll("video, audio")].some((film) => !film.paused && !film.ended);
}

function uncover() {
  if (cover && !("page" in cover.dataset)) {
    cover.remove();
    cover = null;
  }
}

function covered() {
  const made = document.createElement("div");
  made.className = "resting";
  made.id = "resting";
  made.addEventListener("click", uncover); // not at pointerdown: the same touch would press what lies below
  document.body.append(made);
  return made;
}

async function refresh() {
  try {
    const answer = await fetch(own.dataset.live, { signal: AbortSignal.timeout(8000) });
    if (!answer.ok) throw new Error(answer.status);
    const text = await answer.text();
    if (cover && text !== cover.dataset.text) {
      cover.innerHTML = text;
      cover.dataset.text = text;
    }
  } catch {
    if (cover) cover.textContent = "连不上盒子，请看电源";
  }
}

function tick() {
  const still = Date.now() - touched;
  if (leave && still > leave && !playing() && !halfWritten()) {
    clearInterval(ticking);
    return own.submit();
  }
  if (!cover && idle && still > idle && !playing()) cover = covered();
  if (cover) refresh();
}

for (const what of ["pointerdown", "keydown", "wheel"]) {
  document.addEventListener(what, () => { touched = Date.now(); }, { capture: true, passive: true });
}
document.addEventListener("keydown", (event) => {
  if (!cover || "page" in cover.dataset) return;
  event.preventDefault();
  uncover();
}, true);
const ticking = setInterval(tick, EVERY);
