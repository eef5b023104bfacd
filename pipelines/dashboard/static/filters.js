// Shows the measures that fit what is chosen. Without it the whole overview is there, and nothing is to be chosen.
// What is chosen stands in the address after #, so that a view can be sent on.
"use strict";
const form = document.getElementById("filters");
const shown = document.getElementById("shown");
const rows = [...document.querySelectorAll(".priority tbody tr")];
const names = ["priority", "rating", "trend", "owner"];

function apply() {
  const wanted = form.elements.search.value.trim().toLowerCase();
  let count = 0;
  for (const row of rows) {
    const fits = names.every((name) => !form.elements[name].value || row.dataset[name] === form.elements[name].value);
    row.hidden = !(fits && row.textContent.toLowerCase().includes(wanted));
    count += row.hidden ? 0 : 1;
  }
  const total = rows.length;
  for (const section of document.querySelectorAll(".priority")) {
    section.hidden = count < total && !section.querySelector("tbody tr:not([hidden])");
  }
  shown.textContent = count === total ? `All ${total} measures are shown.`
    : count === 0 ? "No measure fits: choose less, or show all."
    : `${count} of ${total} measures ${count === 1 ? "is" : "are"} shown.`;
}

function remember() {
  const chosen = new URLSearchParams();
  for (const name of [...names, "search"]) {
    if (form.elements[name].value) chosen.set(name, form.elements[name].value);
  }
  history.replaceState(null, "", `#${chosen}`);
}

function recall() {
  const chosen = new URLSearchParams(location.hash.slice(1));
  if (location.hash.length > 1 && !location.hash.includes("=")) return; // a place in the page
  for (const name of [...names, "search"]) form.elements[name].value = chosen.get(name) ?? "";
  for (const name of names) if (form.elements[name].selectedIndex < 0) form.elements[name].value = "";
  apply();
}

form.addEventListener("input", () => { apply(); remember(); });
form.addEventListener("submit", (sent) => sent.preventDefault());
form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
addEventListener("hashchange", recall);
recall();
if (!shown.textContent) apply();
form.classList.add("ready");
