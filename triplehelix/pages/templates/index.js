"use strict";

// The page without a server: the language, the search over all tables, the filters of the gaps.
(() => {
  const find = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  const rows = all("tr.row").map((element) => ({
    element,
    text: fold(element.textContent),
    table: element.closest("table"),
    filtered: false,
  }));

  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
  }

  // ---- language: both are on the page, one is shown

  const speak = (language) => {
    root.lang = language;
    for (const item of all("[data-ko]")) {
      const words = item.dataset[language];
      if (item.dataset.attribute) item.setAttribute(item.dataset.attribute, words);
      else if (!item.matches("[role=status]")) item.textContent = words;
    }
    find("language").lang = language === "ko" ? "en" : "ko";
    find("open-map").hash = language === "ko" ? "" : `lang=${language}`;
    for (const link of all('a[href^="records/"], a[href^="ontology.html"], a[href^="questions.html"], a[href^="editor.html"], a.page')) {
      link.setAttribute("href", link.getAttribute("href").split("?")[0] + (language === "en" ? "?lang=en" : ""));
    }
    tell();
  };

  // ---- search and filters: a row is shown when both let it through

  const applyFilters = (box) => {
    const wanted = all("select", box).filter((select) => select.value).map((select) => [select.dataset.filter, select.value]);
    const table = find(box.dataset.table);
    for (const row of rows) {
      if (row.table === table) row.filtered = wanted.some(([key, value]) => row.element.dataset[key] !== value);
    }
    update();
  };

  const update = () => {
    const words = fold(find("search").value).split(" ").filter(Boolean);
    for (const row of rows) {
      row.found = words.every((word) => row.text.includes(word));
      row.element.hidden = row.filtered || !row.found;
    }
    for (const body of all("tbody")) {
      const group = body.querySelector("tr.group");
      if (group) group.hidden = !body.querySelector("tr.row:not([hidden])");
    }
    const found = new Set(rows.filter((row) => row.found).map((row) => row.element));
    const holds = (part) => !words.length || all("tr.row", part).some((row) => found.has(row));
    for (const cells of all("details.cells")) if (words.length) cells.open = holds(cells);
    // While something is looked for, only the parts that hold it are shown, each with its heading.
    for (const part of all("section, .account, .box, details.cells")) part.hidden = !holds(part);
    for (const heading of all("section h3:has(+ .box), section h3:has(+ .filters)")) {
      heading.hidden = !holds(heading.matches(":has(+ .filters)") ? find("gap-table") : heading.nextElementSibling);
    }
    find("nothing").hidden = found.size > 0;
    tell();
  };

  const tell = () => {
    const found = find("found");
    const count = rows.filter((row) => !row.element.hidden).length;
    found.textContent = find("search").value.trim() ? fill(found.dataset[root.lang], { count }) : "";
    for (const box of all(".filters")) {
      const own = rows.filter((row) => row.table === find(box.dataset.table));
      const shown = own.filter((row) => !row.element.hidden).length;
      const status = box.querySelector(".shown");
      status.textContent = fill(status.dataset[root.lang], { shown, all: own.length });
    }
  };

  const chooseHost = (host) => {
    const box = document.querySelector(".filters");
    for (const select of all("select", box)) select.value = "";
    box.querySelector("[data-filter=host]").value = host;
    box.querySelector("[data-filter=class]").value = "core";
    box.querySelector("[data-filter=actual]").value = "actual";
    applyFilters(box);
  };

  // ---- what the reader does

  find("language").addEventListener("click", () => speak(root.lang === "ko" ? "en" : "ko"));
  find("search").addEventListener("input", update);
  find("search").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.target.value = "";
    update();
  });
  for (const box of all(".filters")) box.addEventListener("change", () => applyFilters(box));
  for (const link of all("a[data-host]")) link.addEventListener("click", () => chooseHost(link.dataset.host));
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input, select")) return;
    event.preventDefault();
    find("search").focus();
  });

  const asked = new URLSearchParams(location.search).get("lang") ?? new URLSearchParams(location.hash.slice(1)).get("lang");
  speak(asked === "en" ? "en" : "ko");
})();
