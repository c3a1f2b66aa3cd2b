"use strict";

// The agreement desk: what is chosen is kept in the address, counted in the totals, and printed.
(() => {
  const find = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  const spoken = (element) => (element.querySelector(`.t[lang="${root.lang}"]`) ?? element).textContent.trim();
  const table = find("work-table");
  const selects = all("select[data-filter]");
  const chips = all("button[data-chip]");
  const codes = (chip) => chips.filter((each) => each.dataset.chip === chip).map((each) => each.dataset.value);
  const STATES = codes("state");
  const STEPS = codes("step");
  const FILTERS = [...selects.map((select) => select.dataset.filter).filter((key) => key !== "level"), "state", "step", "verdict"];
  const FALLING = ["together", "money", "period"];
  const COLUMNS = ["rank", "partner", "together", "money", "period", "unit", "parents", "step"];
  const choice = { level: "unit", q: "", order: "rank" };

  const rows = all("tr.row").map((element) => ({
    element,
    table: element.closest("table"),
    text: Search.fold(element.textContent),
    names: all("th .t, th a", element).map((part) => Search.fold(part.textContent)),
  }));
  const sortable = all("thead th", table).filter((heading) => heading.cellIndex < COLUMNS.length);
  const work = rows.filter((row) => row.table === table);

  // ---- what a row is, at the level that is looked at

  const atLevel = (row, key) => row.element.dataset[`${key}${choice.level === "parent" ? "Parent" : "Unit"}`];
  const values = (row, key) => {
    const known = ["state", "step"].includes(key) ? atLevel(row, key) : row.element.dataset[key];
    return known === undefined ? null : known.split(" ");
  };
  // Other tables are filtered by what they tell of; nothing is left out for what they do not tell.
  const passes = (row, without = "") =>
    row.found && FILTERS.every((key) => key === without || !choice[key] || (values(row, key) ?? [choice[key]]).includes(choice[key]));

  // ---- filters, totals, and what is told of them

  const update = () => {
    table.dataset.level = choice.level;
    table.dataset.hosts = choice.host ? "one" : "all";
    const words = choice.q.split(/\s+/).map(Search.fold).filter(Boolean);
    for (const row of rows) {
      row.found = words.every((word) => row.text.includes(word) || Search.rank(word, row.names) >= 0);
      row.element.hidden = !passes(row);
    }
    for (const select of selects) select.value = choice[select.dataset.filter] ?? "";
    if (find("find").value !== choice.q) find("find").value = choice.q;
    for (const chip of chips) count(chip);
    for (const select of selects) if (!["host", "level"].includes(select.dataset.filter)) offer(select);
    for (const part of all("section")) {
      const own = rows.filter((row) => part.contains(row.element));
      part.querySelector(".empty").hidden = own.some((row) => !row.element.hidden);
    }
    order();
    tell();
  };

  const count = (chip) => {
    const { chip: key, value } = chip.dataset;
    const held = rows.filter((row) => passes(row, key) && values(row, key)?.includes(value)).length;
    chip.querySelector("b").textContent = held;
    chip.setAttribute("aria-pressed", String(choice[key] === value));
    chip.hidden = held === 0 && choice[key] !== value;
  };

  // Choices that nothing here has are not offered.
  const offer = (select) => {
    const key = select.dataset.filter;
    const held = new Set(work.filter((row) => passes(row, key)).flatMap((row) => values(row, key)));
    for (const option of select.options) {
      option.hidden = option.value !== "" && option.value !== select.value && !held.has(option.value);
      option.disabled = option.hidden;
    }
  };

  const chosenWords = () => {
    const telling = selects.filter((select) => select.value || select.dataset.filter === "host");
    const told = telling.map((select) => `${spoken(select.closest("label").firstElementChild)}: ${select.selectedOptions[0]?.textContent ?? ""}`);
    for (const chip of chips) {
      if (choice[chip.dataset.chip] === chip.dataset.value) told.push(`${spoken(find(`${chip.dataset.chip}-label`))}: ${spoken(chip.firstElementChild)}`);
    }
    return choice.q ? [...told, `“${choice.q}”`] : told;
  };

  const tell = () => {
    for (const status of all(".shown")) {
      const own = rows.filter((row) => row.table.id === status.dataset.table && (!choice.host || values(row, "host").includes(choice.host)));
      const shown = own.filter((row) => !row.element.hidden).length;
      status.textContent = fill(status.dataset[root.lang], { shown, all: own.length });
    }
    find("told").textContent = chosenWords().join(" · ");
    for (const heading of all("thead th")) {
      for (const row of heading.closest("table").tBodies[0].rows) row.cells[heading.cellIndex].dataset.label = spoken(heading);
    }
    find("clear").hidden = !choice.q && FILTERS.every((key) => key === "host" || !choice[key]);
  };

  // ---- order: figures and dates fall first, names and ranks rise

  const keys = {
    rank: (row) => Number(row.element.dataset.rank),
    partner: (row) => spoken(row.element.querySelector("th a")),
    together: (row) => Number(row.element.dataset.together),
    money: (row) => Number(row.element.dataset.money || -1),
    period: (row) => row.element.dataset.period,
    unit: (row) => STATES.indexOf(row.element.dataset.stateUnit),
    parents: (row) => STATES.indexOf(row.element.dataset.stateParent),
    step: (row) => STEPS.indexOf(atLevel(row, "step")),
  };

  const order = () => {
    const column = choice.order.replace(/^-/, "");
    const sign = choice.order.startsWith("-") ? -1 : 1;
    const collator = new Intl.Collator(root.lang, { numeric: true });
    const compare = (one, two) => (typeof one === "number" ? one - two : collator.compare(one, two));
    const keyed = work.map((row) => ({ row, key: keys[column](row), rank: keys.rank(row) }));
    keyed.sort((one, two) => sign * compare(one.key, two.key) || one.rank - two.rank);
    table.tBodies[0].append(...keyed.map(({ row }) => row.element));
    const direction = sign < 0 ? "descending" : "ascending";
    for (const heading of sortable) {
      heading.setAttribute("aria-sort", COLUMNS[heading.cellIndex] === column ? direction : "none");
    }
  };

  const chooseOrder = (column) => {
    const first = FALLING.includes(column) ? `-${column}` : column;
    const other = first === column ? `-${column}` : column;
    set({ order: choice.order === first ? other : first });
  };

  // ---- the address keeps what is chosen

  const first = { level: "unit", order: "rank", host: find("host").options[0]?.value ?? "" };
  const readAddress = () => {
    const hash = location.hash.slice(1);
    if (hash && !hash.includes("=")) return; // a part of the page, no choice
    const parts = new URLSearchParams(hash);
    for (const key of [...FILTERS, "level", "q", "order"]) choice[key] = known(key, parts.get(key)) ?? first[key] ?? "";
    update();
  };

  const known = (key, value) => {
    if (value === null) return null;
    if (key === "q") return value;
    if (key === "order") return value.replace(/^-/, "") in keys ? value : null;
    const select = selects.find((each) => each.dataset.filter === key);
    const offered = select ? [...select.options].map((option) => option.value) : codes(key);
    return offered.includes(value) ? value : null;
  };

  const set = (changes) => {
    Object.assign(choice, changes);
    const parts = new URLSearchParams();
    for (const key of [...FILTERS, "level", "q", "order"]) {
      if ((choice[key] ?? "") !== (first[key] ?? "")) parts.set(key, choice[key]);
    }
    history.replaceState(null, "", `${parts}` ? `#${parts}` : location.pathname + location.search);
    update();
  };

  // ---- what the reader does

  for (const heading of sortable) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...heading.childNodes);
    // Browsers leave buttons out of the headings that they repeat on each printed page.
    const printed = document.createElement("span");
    printed.className = "printed";
    printed.append(...[...button.childNodes].map((node) => node.cloneNode(true)));
    heading.append(button, printed);
    button.addEventListener("click", () => chooseOrder(COLUMNS[heading.cellIndex]));
  }
  for (const select of selects) select.addEventListener("change", () => set({ [select.dataset.filter]: select.value }));
  for (const chip of chips) {
    const { chip: key, value } = chip.dataset;
    chip.addEventListener("click", () => set({ [key]: choice[key] === value ? "" : value }));
  }
  find("find").addEventListener("input", (event) => set({ q: event.target.value }));
  find("find").addEventListener("keydown", (event) => {
    if (event.key === "Escape") set({ q: "" });
  });
  find("clear").addEventListener("click", () => {
    set(Object.fromEntries([...FILTERS.filter((key) => key !== "host"), "q"].map((key) => [key, ""])));
    find("host").focus();
  });
  find("print").addEventListener("click", () => print());
  find("language").addEventListener("click", update);
  addEventListener("hashchange", readAddress);
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
  });
  if (location.hash && !location.hash.includes("=")) {
    Object.assign(choice, first);
    update();
  } else readAddress();
})();
