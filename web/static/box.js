/* Says so when the box does not answer; everything else on the pages works without this file. */
"use strict";

(function () {
  function lost(isLost) {
    const notice = document.getElementById("lost");
    if (notice) notice.hidden = !isLost;
  }
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("htmx:sendError", function () { lost(true); });
  document.addEventListener("htmx:timeout", function () { lost(true); });
  document.addEventListener("htmx:afterOnLoad", function () { lost(false); });
})();
