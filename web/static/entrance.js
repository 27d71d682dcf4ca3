// 入场: a scanned code stands behind the # of the address, which no server is ever sent.
"use strict";

(function () {
  const code = decodeURIComponent(window.location.hash.slice(1));
  if (!code) return;
  document.querySelector("input[name=code]").value = code;
  history.replaceState(null, "", window.location.pathname);
})();
