// 我的课例: says how many sheets of this tablet the box does not have yet.
"use strict";

sheets.all().then((records) => {
  const waiting = records.filter((one) => one.saved < one.number);
  if (!waiting.length) return;
  const notice = document.getElementById("kept");
  notice.textContent = `已存本机 ${waiting.length} 份，还没有送到盒子。请逐份打开，连上后会自己送。`;
  notice.hidden = false;
});
