"use strict";

// The pages of measures: the search over all tables, filters, and tables that can be sorted.
(() => {
  const find = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  const rows = all("tr.row").map((element) => ({
    element,
    text: Search.fold(element.textContent),
    table: element.closest("table"),
    isAxis: element.matches(".axis-row"),
    filtered: false,
    found: true,
  }));

  // ---- search and filters: a row is shown when both let it through

  const update = () => {
    const words = find("find").value.split(/\s+/).map(Search.fold).filter(Boolean);
    for (const row of rows) {
      row.found = words.every((word) => row.text.includes(word));
      row.element.hidden = !row.isAxis && (row.filtered || !row.found);
    }
    for (const body of all("tbody")) body.hidden = !body.querySelector("tr.row:not([hidden], .axis-row)");
    const found = new Set(rows.filter((row) => row.found && !row.isAxis).map((row) => row.element));
    for (const cells of all("details.cells")) if (words.length) cells.open = all("tr.row", cells).some((row) => found.has(row));
    // While something is looked for, only the parts that hold it are shown.
    for (const part of all("section")) part.hidden = words.length > 0 && !all("tr.row", part).some((row) => found.has(row));
    tell();
  };

  const tell = () => {
    const hits = find("hits");
    const shown = rows.filter((row) => !row.isAxis && !row.element.hidden);
    hits.textContent = find("find").value.trim() ? fill(hits.dataset[root.lang], { count: shown.length }) : "";
    for (const box of all(".filters")) {
      const own = rows.filter((row) => row.table.id === box.dataset.table && !row.isAxis);
      const status = box.querySelector(".shown");
      const count = own.filter((row) => !row.element.hidden).length;
      status.textContent = fill(status.dataset[root.lang], { shown: count, all: own.length });
    }
  };

  const applyFilters = (box) => {
    const wanted = all("select", box).filter((select) => select.value).map((select) => [select.dataset.filter, select.value]);
    for (const row of rows) {
      if (row.table.id !== box.dataset.table) continue;
      row.filtered = wanted.some(([key, value]) => row.element.dataset[key] !== value);
    }
    update();
  };

  // ---- order: a heading is a button; figures fall first, names rise

  const value = (row, place) => {
    const cell = row.cells[place];
    const shown = (cell.querySelector(`.t[lang="${root.lang}"]`) ?? cell.firstElementChild ?? cell).textContent.trim();
    return cell.matches(".figure") ? Number.parseFloat(shown.replace(/^=|,/g, "")) : shown;
  };

  const sort = (heading) => {
    const place = heading.cellIndex;
    const isFigure = heading.matches(".figure");
    const before = heading.getAttribute("aria-sort");
    const first = isFigure && place > 0 ? "descending" : "ascending";
    const order = before === first ? { ascending: "descending", descending: "ascending" }[first] : first;
    for (const other of all("th[aria-sort]", heading.parentElement)) other.setAttribute("aria-sort", "none");
    heading.setAttribute("aria-sort", order);
    const collator = new Intl.Collator(root.lang, { numeric: true });
    const compare = (one, two) => (isFigure ? (one.key || 0) - (two.key || 0) : collator.compare(one.key, two.key));
    const sign = order === "ascending" ? 1 : -1;
    for (const body of all("tbody", heading.closest("table"))) {
      const keyed = all("tr.row", body).map((row) => ({ row, key: value(row, place) }));
      keyed.sort((one, two) => sign * compare(one, two));
      for (const { row } of keyed) body.append(row);
    }
  };

  for (const heading of all("table.sortable thead th")) {
    if (heading.cellIndex >= heading.closest("table").querySelector("tr.row").cells.length - 1) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...heading.childNodes);
    // Browsers leave buttons out of the headings that they repeat on each printed page.
    const printed = document.createElement("span");
    printed.className = "printed";
    printed.append(...[...button.childNodes].map((node) => node.cloneNode(true)));
    heading.append(button, printed);
    heading.setAttribute("aria-sort", heading.cellIndex ? "none" : "ascending");
    button.addEventListener("click", () => sort(heading));
  }

  // ---- what the reader does

  find("language").addEventListener("click", tell);
  find("find").addEventListener("input", update);
  find("find").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.target.value = "";
    update();
  });
  for (const box of all(".filters")) box.addEventListener("change", () => applyFilters(box));
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input, select")) return;
    event.preventDefault();
    find("find").focus();
  });
  // What is opened for printing is folded again, but for what the reader has unfolded.
  const unfolded = new Set();
  document.addEventListener("click", (event) => {
    const details = event.target.closest("summary")?.parentElement;
    if (details) unfolded[details.open ? "delete" : "add"](details);
  });
  addEventListener("afterprint", () => {
    for (const details of all("details")) details.open = unfolded.has(details);
    update();
  });
  tell();
})();
