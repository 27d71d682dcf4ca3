// Sheets on this tablet: one record each in IndexedDB, {key, client, number, items, comment, saved}. `number` counts
// the touches, `saved` is the last one that the box has. A touch is safe once `put` has resolved.
"use strict";

const sheets = (function () {
  const opened = new Promise((good, bad) => {
    const asked = indexedDB.open("lessonbox", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("sheets", { keyPath: "key" });
    asked.onsuccess = () => good(asked.result);
    asked.onerror = () => bad(asked.error);
  });

  function done(mode, act) {
    return opened.then((db) => new Promise((good, bad) => {
      const deal = db.transaction("sheets", mode, { durability: "strict" });
      const asked = act(deal.objectStore("sheets"));
      deal.oncomplete = () => good(asked.result);
      deal.onerror = deal.onabort = () => bad(deal.error);
    }));
  }

  // One transaction: what `make` makes of the kept record (undefined when there is none) is kept instead.
  function change(key, make) {
    return opened.then((db) => new Promise((good, bad) => {
      const deal = db.transaction("sheets", "readwrite", { durability: "strict" });
      const store = deal.objectStore("sheets");
      const asked = store.get(key);
      asked.onsuccess = () => store.put(make(asked.result));
      deal.oncomplete = () => good();
      deal.onerror = deal.onabort = () => bad(deal.error);
    }));
  }

  return {
    change,
    get: (key) => done("readonly", (store) => store.get(key)),
    all: () => done("readonly", (store) => store.getAll()),
    remove: (key) => done("readwrite", (store) => store.delete(key)),
  };
})();
