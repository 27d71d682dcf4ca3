/* A slip is opened to be printed; afterwards the page that it was opened from comes back (a kiosk has no Back). */
"use strict";

window.addEventListener("load", function () { window.print(); });
window.addEventListener("afterprint", function () { if (history.length > 1) history.back(); });
