// Shows the measures that fit what is chosen. Without it the whole overview is there, and nothing is to be chosen.
// What is chosen stands in the address after #, so that a view can be sent on.
"use strict";
{
  const names = ["priority", "rating", "trend", "owner"];
  const fields = [...names, "search"];
  const isChosen = () => location.hash.includes("=");
  let form, shown, rows;

  const apply = () => {
    const wanted = form.elements.search.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      const fits = names.every((name) => !form.elements[name].value || row.dataset[name] === form.elements[name].value);
      const words = `${row.cells[0].textContent} ${row.dataset.owner}`.toLowerCase();
      row.hidden = !(fits && words.includes(wanted));
      count += row.hidden ? 0 : 1;
    }
    const total = rows.length;
    for (const section of document.querySelectorAll(".priority")) {
      section.hidden = count < total && !section.querySelector("tbody tr:not([hidden])");
    }
    shown.textContent = count === total ? `All ${total} measures are shown.`
      : count === 0 ? "No measure fits: choose less, or show all."
      : `${count} of ${total} measures ${count === 1 ? "is" : "are"} shown.`;
  };

  const remember = () => {
    const chosen = new URLSearchParams();
    for (const name of fields) {
      if (form.elements[name].value) chosen.set(name, form.elements[name].value);
    }
    history.replaceState(null, "", `#${chosen}`);
  };

  const recall = () => {
    if (!isChosen() && location.hash.length > 1) return; // a place in the page
    const chosen = new URLSearchParams(location.hash.slice(1));
    for (const name of fields) form.elements[name].value = chosen.get(name) ?? "";
    // what is offered no longer cannot be chosen
    for (const name of names) if (form.elements[name].selectedIndex < 0) form.elements[name].value = "";
    apply();
  };

  // a view that was sent on is not shown before it is filtered, so that nothing moves
  if (isChosen()) document.documentElement.classList.add("filtering");
  document.addEventListener("DOMContentLoaded", () => {
    form = document.getElementById("filters");
    shown = document.getElementById("shown");
    rows = [...document.querySelectorAll(".priority tbody tr")];
    form.addEventListener("input", () => { apply(); remember(); });
    form.addEventListener("submit", (sent) => sent.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
    addEventListener("hashchange", recall);
    apply();
    recall();
    form.classList.add("ready");
    document.documentElement.classList.remove("filtering");
  });
}
