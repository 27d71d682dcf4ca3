// What a person drags in or picks, as [path, File] pairs. A folder that is dragged is read in batches: the browser
// gives at most a hundred entries at a time.
"use strict";

window.folder = {
  async dropped(items) {
    const entries = [...items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const found = [];
    for (const entry of entries) await this.walk(entry, found);
    return found;
  },

  async walk(entry, found) {
    const path = entry.fullPath.replace(/^\//, "");
    if (entry.isFile) {
      found.push([path, await new Promise((done, failed) => entry.file(done, failed))]);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) return;
      for (const one of some) await this.walk(one, found);
    }
  },

  picked(input) {
    return [...input.files].map((file) => [file.webkitRelativePath || file.name, file]);
  },

  // A file that was changed or taken away after it was picked cannot be read any more; the network looks broken then.
  async readable(file) {
    try {
      await file.slice(0, 1).arrayBuffer();
      return true;
    } catch {
      return false;
    }
  },
};
