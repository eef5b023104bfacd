"use strict";
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const lists = ["when", "kind", "theme", "source", "area"];
  const names = ["q", ...lists, "from", "to"];
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[\u2018\u2019]/g, "'").toLowerCase();
  let items = null;
  let spoken = 0;

  // what is searched is read from the page when somebody begins to look for something, not on load
  const read = () => {
    items = items || [...document.querySelectorAll("ol.items > li")].map((element) => ({
      element,
      isShown: true,
      text: plain(element.textContent),
      day: element.dataset.d || "",
      places: element.dataset.f.split("|").map((each) => ` ${each} `),
      list: element.parentElement,
    }));
  };

  const state = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value]));

  const matcher = (wanted) => {
    const words = plain(wanted.q).split(/\s+/).filter(Boolean);
    const places = lists.map((name) => form.elements[name].selectedIndex - 1);
    return (item) =>
      places.every((place, at) => place < 0 || item.places[at].includes(` ${place} `))
      && (!wanted.from || item.day >= wanted.from)
      && (!wanted.to || (item.day && item.day <= wanted.to))
      && words.every((word) => item.text.includes(word));
  };

  const tell = (count) => {
    clearTimeout(spoken);
    // once the typing pauses, so that a screen reader is not interrupted at each letter
    spoken = setTimeout(() => {
      shown.textContent = count === items.length ? `All ${count} items are shown` : `${count} of ${items.length} items ${count === 1 ? "is" : "are"} shown`;
    }, 250);
  };

  const apply = () => {
    read();
    const matches = matcher(state());
    const counts = new Map();
    let count = 0;
    for (const item of items) {
      const isShown = matches(item);
      if (isShown !== item.isShown) {
        item.element.hidden = !isShown;
        item.isShown = isShown;
      }
      if (isShown) {
        counts.set(item.list, (counts.get(item.list) || 0) + 1);
        count += 1;
      }
    }
    for (const list of document.querySelectorAll("ol.items")) {
      list.hidden = !counts.has(list);
      // how high it may be while it is not laid out
      list.style.containIntrinsicBlockSize = `${6 * (counts.get(list) || 0)}rem`;
    }
    for (const group of document.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("ol:not([hidden])");
    }
    for (const section of document.querySelectorAll("[data-section]")) {
      section.hidden = !section.querySelector("[data-group]:not([hidden])");
    }
    tell(count);
  };

  const keep = () => {
    const kept = new URLSearchParams(Object.entries(state()).filter(([, value]) => value)).toString();
    history.replaceState(null, "", kept ? `#${kept}` : location.pathname + location.search);
  };

  const restore = () => {
    // a hash without = is a place in the page
    if (!location.hash.includes("=")) return;
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const name of names) {
      form.elements[name].value = kept.get(name) || "";
      if (form.elements[name].selectedIndex === -1) form.elements[name].selectedIndex = 0;
    }
    apply();
  };

  form.hidden = false;
  form.addEventListener("focusin", read, { once: true });
  form.addEventListener("input", () => { apply(); keep(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); keep(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", restore);
  restore();
})();
