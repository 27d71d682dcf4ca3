// A judge's tablet says every some seconds that it is there; the office sees who is cut off.
"use strict";

(function () {
  const address = document.querySelector("[data-beat]").dataset.beat;
  const EVERY_MS = 15000;
  const beat = () => fetch(address, { cache: "no-store" }).catch(() => {});
  setInterval(beat, EVERY_MS);
  window.addEventListener("online", beat);
  beat();
})();
