/* 打印, on a page that must not be left before somebody has seen the paper. */
"use strict";

document.getElementById("print")?.addEventListener("click", function () { window.print(); });
