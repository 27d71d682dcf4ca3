// 遴选: a lesson is dragged between 选上 and 没有选, by mouse anywhere on its card, by finger or pen at its grip (the rest of
// the card still scrolls the page), or its box is ticked; either way the box is what is sent.
"use strict";

(() => {
  const form = document.getElementById("board");
  const AWAY = 6; // px before a press is a drag
  const EDGE = 72; // px of the window's upper and lower end that scroll while a card is carried
  const STEP = 14; // px a frame
  let drag = null; // {card, id, x, y, scrolled, at: {x, y}, on, zone}

  const zoneFor = (card, chosen) =>
    card.closest(".group").querySelector(`.zone[data-chosen="${chosen ? "yes" : ""}"]`);

  function place(card, chosen) {
    const box = card.querySelector("input[type=checkbox]");
    const focused = document.activeElement === box;
    box.checked = chosen;
    const zone = zoneFor(card, chosen);
    const next = [...zone.children].find((one) => Number(one.dataset.order) > Number(card.dataset.order));
    zone.insertBefore(card, next || null);
    if (focused) box.focus();
    form.dispatchEvent(new CustomEvent("moved"));
  }

  function zoneUnder({ x, y }) {
    const zone = document.elementFromPoint(x, y)?.closest(".zone");
    return zone && zone.closest(".group") === drag.card.closest(".group") ? zone : null;
  }

  function follow() {
    const [right, down] = [drag.at.x - drag.x, drag.at.y - drag.y + window.scrollY - drag.scrolled];
    drag.card.style.transform = `translate(${right}px, ${down}px)`;
    const zone = zoneUnder(drag.at);
    if (zone === drag.zone) return;
    drag.zone?.classList.remove("over");
    zone?.classList.add("over");
    drag.zone = zone;
  }

  function scroll() {
    if (!drag?.on) return;
    const by = drag.at.y < EDGE ? -STEP : drag.at.y > window.innerHeight - EDGE ? STEP : 0;
    if (by) {
      window.scrollBy(0, by);
      follow();
    }
    requestAnimationFrame(scroll);
  }

  function begin() {
    drag.on = true;
    drag.card.classList.add("carried");
    drag.card.setPointerCapture(drag.id);
    requestAnimationFrame(scroll);
  }

  function end(dropped) {
    const { card, zone, on } = drag;
    drag = null;
    if (!on) return;
    card.classList.remove("carried");
    card.style.transform = "";
    zone?.classList.remove("over");
    if (dropped && zone && zone !== card.parentElement) place(card, zone.dataset.chosen === "yes");
  }

  form.addEventListener("pointerdown", (event) => {
    const card = event.target.closest(".choice[data-no]");
    if (drag || !card || !event.isPrimary || event.button || event.target.closest("label, a, button")) return;
    if (event.pointerType !== "mouse" && !event.target.closest(".grip")) return;
    const at = { x: event.clientX, y: event.clientY };
    drag = { card, id: event.pointerId, ...at, scrolled: window.scrollY, at, on: false, zone: null };
  });
  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drag?.id) return;
    drag.at = { x: event.clientX, y: event.clientY };
    if (!drag.on && Math.hypot(drag.at.x - drag.x, drag.at.y - drag.y) > AWAY) begin();
    if (drag.on) follow();
  });
  document.addEventListener("pointerup", (event) => event.pointerId === drag?.id && end(true));
  document.addEventListener("pointercancel", (event) => event.pointerId === drag?.id && end(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && drag && end(false));
  form.addEventListener("contextmenu", (event) => event.target.closest(".grip") && event.preventDefault());

  form.addEventListener("change", (event) => {
    const card = event.target.closest(".choice[data-no]");
    if (card) place(card, event.target.checked);
  });

  const grip = document.createElement("span");
  grip.className = "grip";
  grip.setAttribute("aria-hidden", "true"); // the box says the same to whoever cannot drag
  form.querySelectorAll(".choice[data-no]").forEach((card) => card.append(grip.cloneNode()));
})();
