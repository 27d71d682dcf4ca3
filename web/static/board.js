// 遴选: a lesson is dragged between 选上 and 没有选, or its box is ticked; either way the box is what is sent.
"use strict";

(() => {
  const form = document.getElementById("board");
  let dragged = null;

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
  }

  form.querySelectorAll(".choice[data-no]").forEach((card) => {
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      dragged = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.dataset.no);
    });
    card.addEventListener("dragend", () => {
      dragged = null;
      form.querySelectorAll(".over").forEach((zone) => zone.classList.remove("over"));
    });
    card.querySelector("input").addEventListener("change", (event) => {
      place(card, event.target.checked);
      form.dispatchEvent(new CustomEvent("moved"));
    });
  });

  form.querySelectorAll(".zone").forEach((zone) => {
    const takes = () => dragged && dragged.closest(".group") === zone.closest(".group");
    zone.addEventListener("dragover", (event) => {
      if (takes()) {
        event.preventDefault();
        zone.classList.add("over");
      }
    });
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      if (!takes()) return;
      event.preventDefault();
      zone.classList.remove("over");
      place(dragged, zone.dataset.chosen === "yes");
      form.dispatchEvent(new CustomEvent("moved"));
    });
  });
})();
