"use strict";

// The page: what is chosen and filtered, and the buttons, keys and address that change it.
(() => {
  const find = (id) => document.getElementById(id);
  const allSectors = () => new Set([...Model.sectors, Model.noSector].map((sector) => sector.id));
  const allKinds = () => new Set([...Model.kinds, Model.otherKind].map((kind) => kind.id));
  const filters = { sectors: allSectors(), kinds: allKinds(), gapsOnly: false };
  const choice = { organization: null, tie: null };
  let state;

  // ---- from filters and choice to what is shown

  const computeState = () => {
    const inSector = (row) => filters.sectors.has(row.sector.id);
    const shownTies = new Set(Model.ties.filter((tie) =>
      tie.ends.every(inSector) && filters.kinds.has(tie.kind.id) && (!filters.gapsOnly || tie.kind.id === "gap")));
    const tied = new Set([...shownTies].flatMap((tie) => tie.ends));
    // Organisations without a tie are part of the whole picture, not of an excerpt by kind of tie.
    const whole = !filters.gapsOnly && filters.kinds.size === allKinds().size;
    const shownOrganizations = new Set(Model.organizations.filter((row) => inSector(row) && (whole || tied.has(row) || row === choice.organization)));
    if (choice.organization) shownOrganizations.add(choice.organization);
    if (choice.tie) { shownTies.add(choice.tie); choice.tie.ends.forEach((row) => shownOrganizations.add(row)); }
    return { shownOrganizations, shownTies, ...choice };
  };

  const shownGaps = () => [...state.shownTies].filter((tie) => tie.kind.id === "gap").length;
  const statusText = () =>
    `${Words.word("organizations")} ${state.shownOrganizations.size}/${Model.organizations.length} · ${Words.word("ties")} ${state.shownTies.size}/${Model.ties.length} · ${Words.word("gaps")} ${shownGaps()}`;

  const update = () => {
    state = computeState();
    View.show(state);
    Panel.render(state, choose);
    if (!Table.box.hidden) Table.render(state, choose);
    document.body.classList.toggle("chosen", Boolean(choice.organization || choice.tie));
    find("status").textContent = statusText();
    writeAddress();
  };

  const choose = (organization, tie, bring = true) => {
    Object.assign(choice, { organization, tie });
    update();
    if (bring && (organization || tie)) View.focus();
    const name = organization ? Words.of(organization) : tie ? tie.ends.map((row) => Words.of(row)).join(" – ") : "";
    find("announcement").textContent = name && `${Words.word("chosen")}: ${name}`;
  };

  // ---- words

  const speak = (language) => {
    Words.use(language);
    document.documentElement.lang = language;
    for (const item of document.querySelectorAll("[data-text]")) item.textContent = Words.word(item.dataset.text);
    for (const item of document.querySelectorAll("[data-label]")) {
      item.setAttribute("aria-label", Words.word(item.dataset.label));
      if (item.tagName === "BUTTON") item.title = Words.word(item.dataset.label);
    }
    find("search").placeholder = Words.word("searchHint");
    find("language").lang = Words.word("otherLanguageCode");
    find("title").textContent = document.title = Words.of(Model.meta, "title_");
    find("source").textContent = sourceText();
    find("keys").replaceChildren(...Words.word("keys").flatMap(([key, what]) => [Build.element("dt", {}, Build.element("kbd", {}, key)), Build.element("dd", {}, what)]));
    Legend.render(filters, update);
    View.rename();
    update();
  };
  const sourceText = () => [Model.meta.as_of && `${Words.word("asOf")} ${Model.meta.as_of}`, Words.of(Model.meta, "source_") && `${Words.word("source")}: ${Words.of(Model.meta, "source_")}`].filter(Boolean).join(" · ");

  // ---- the address after #: a link to exactly this view

  const writeAddress = () => {
    if (location.protocol === "about:") return; // a notebook's frame has no address
    const parts = new URLSearchParams();
    const old = new URLSearchParams(location.hash.slice(1));
    if (old.has("embed")) parts.set("embed", "1");
    if (choice.organization) parts.set("sel", choice.organization.id);
    if (choice.tie) parts.set("tie", choice.tie.key);
    if (filters.sectors.size < allSectors().size) parts.set("sectors", [...filters.sectors].join(","));
    if (filters.kinds.size < allKinds().size) parts.set("kinds", [...filters.kinds].join(","));
    if (filters.gapsOnly) parts.set("gaps", "1");
    if (!Table.box.hidden) parts.set("table", "1");
    if (Words.language() !== Model.payload.language) parts.set("lang", Words.language());
    history.replaceState(null, "", `#${parts}`);
  };

  const readAddress = () => {
    const parts = new URLSearchParams(location.hash.slice(1));
    const chosen = (name, all) => (parts.has(name) ? new Set(parts.get(name).split(",").filter((id) => all.has(id))) : all);
    filters.sectors = chosen("sectors", allSectors());
    filters.kinds = chosen("kinds", allKinds());
    filters.gapsOnly = find("gaps-only").checked = parts.has("gaps");
    const id = parts.get("sel");
    choice.tie = Model.byKey.get(parts.get("tie")) ?? null;
    choice.organization = choice.tie ? null : Model.organizations.find((row) => String(row.id) === id) ?? null;
    document.body.classList.toggle("embed", parts.has("embed") || Model.payload.embed);
    compact();
    showTable(parts.has("table"));
    speak(Words.has(parts.get("lang")) ? parts.get("lang") : Model.payload.language);
    View.fit(false);
    if (choice.organization || choice.tie) View.focus(false);
  };

  // ---- parts that open and close

  const compact = () => {
    const narrow = innerWidth <= 900;
    document.body.classList.toggle("compact", narrow || document.body.classList.contains("embed"));
    document.body.classList.toggle("wide", !narrow);
  };
  const openFilters = (open) => {
    document.body.classList.toggle("filters-open", open);
    find("open-filters").setAttribute("aria-expanded", String(open));
  };
  const showTable = (open) => {
    Table.box.hidden = !open;
    find("open-table").setAttribute("aria-pressed", String(open));
  };
  const toggleTable = () => {
    showTable(Table.box.hidden);
    update();
    if (!Table.box.hidden) Table.box.focus();
  };
  const reset = () => {
    Object.assign(filters, { sectors: allSectors(), kinds: allKinds(), gapsOnly: false });
    find("gaps-only").checked = false;
    Legend.render(filters, update);
    choose(null, null);
    View.fit();
  };

  // ---- search

  const search = find("search");
  const hits = find("hits");
  let hitAt = -1;

  const closeHits = () => {
    hits.hidden = true;
    search.setAttribute("aria-expanded", "false");
    search.removeAttribute("aria-activedescendant");
  };
  const take = (row) => {
    closeHits();
    search.value = "";
    openFilters(false);
    choose(row, null);
  };
  const listHits = () => {
    const query = Search.fold(search.value);
    if (!query) return closeHits();
    const ranked = Model.ranked.map((row) => [Search.rank(query, row.folded), row]).filter(([rank]) => rank >= 0);
    const rows = ranked.sort(([one], [two]) => one - two).slice(0, 12).map(([, row]) => row);
    hits.replaceChildren(...rows.map((row, at) => Build.element("li", { role: "option", id: `hit-${at}`, onmousedown: (event) => event.preventDefault(), onclick: () => take(row) }, Words.of(row), Build.element("small", {}, [Words.other(row), ...row.alias].filter(Boolean).join(" · ")))));
    if (!rows.length) hits.append(Build.element("li", { role: "option", "aria-disabled": "true" }, Words.word("noHits")));
    hits.hidden = false;
    search.setAttribute("aria-expanded", "true");
    return markHit(rows.length ? 0 : -1);
  };
  const markHit = (at) => {
    hitAt = at;
    [...hits.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    if (at < 0) return search.removeAttribute("aria-activedescendant");
    hits.children[at].scrollIntoView({ block: "nearest" });
    return search.setAttribute("aria-activedescendant", `hit-${at}`);
  };
  const searchKey = (event) => {
    if (event.isComposing) return; // Enter and arrows belong to the Korean keyboard until the syllable is done
    const count = hits.hidden ? 0 : hits.querySelectorAll("[id]").length;
    if (event.key === "ArrowDown" && count) markHit((hitAt + 1) % count);
    else if (event.key === "ArrowUp" && count) markHit((hitAt - 1 + count) % count);
    else if (event.key === "Enter" && count) { hits.children[hitAt].click(); find("map").querySelector(".vis-network").focus(); }
    else if (event.key === "Escape") { search.value = ""; closeHits(); search.blur(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  // ---- keys

  const step = (by) => {
    const rows = Model.ranked.filter((row) => state.shownOrganizations.has(row));
    if (!rows.length) return;
    const at = rows.indexOf(choice.organization);
    choose(rows[(at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by + rows.length) % rows.length], null);
  };
  const escape = () => {
    if (document.body.classList.contains("filters-open")) openFilters(false);
    else if (choice.organization || choice.tie) choose(null, null);
    else if (!Table.box.hidden) toggleTable();
  };
  const KEYS = {
    "/": () => { openFilters(true); search.focus(); },
    n: () => step(1), p: () => step(-1), t: toggleTable, Escape: escape,
    "+": () => View.zoom(1.25), "=": () => View.zoom(1.25), "-": () => View.zoom(0.8), 0: () => View.fit(),
    ArrowLeft: () => View.pan(-1, 0), ArrowRight: () => View.pan(1, 0), ArrowUp: () => View.pan(0, -1), ArrowDown: () => View.pan(0, 1),
  };
  const key = (event) => {
    const inside = (selector) => event.target instanceof Element && event.target.closest(selector);
    if (event.ctrlKey || event.metaKey || event.altKey || inside("input[type=search]")) return;
    if (event.key.startsWith("Arrow") && inside("#panel, #table, #filters")) return; // there they scroll
    if (!Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  };

  // ---- files and paper

  const saveImage = () => Picture.draw(statusText(), sourceText()).toBlob((blob) => {
    const link = Build.element("a", { href: URL.createObjectURL(blob), download: `${Words.of(Model.meta, "title_").replace(/[\\/:*?"<>|\s]+/g, "_")}.png` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 5000);
  });
  const beforePrint = () => {
    document.body.classList.toggle("printing-table", !Table.box.hidden);
    find("print-sheet").replaceChildren(Picture.draw(statusText(), sourceText()));
    for (const folded of document.querySelectorAll("#panel details")) folded.open = true;
  };

  // ---- wiring

  const on = (id, act) => find(id).addEventListener("click", act);
  on("language", () => speak(Words.word("otherLanguageCode")));
  on("open-filters", () => openFilters(!document.body.classList.contains("filters-open")));
  on("open-table", toggleTable);
  on("reset", reset);
  on("save-image", saveImage);
  on("print", () => print());
  on("fit", () => View.fit());
  on("zoom-in", () => View.zoom(1.25));
  on("zoom-out", () => View.zoom(0.8));
  find("gaps-only").addEventListener("change", (event) => { filters.gapsOnly = event.target.checked; update(); View.fit(); });
  search.addEventListener("input", listHits);
  search.addEventListener("focus", listHits);
  search.addEventListener("blur", closeHits);
  search.addEventListener("keydown", searchKey);
  document.addEventListener("keydown", key);
  addEventListener("hashchange", readAddress);
  addEventListener("resize", compact);
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", () => Panel.render(state, choose));

  View.start((organization, tie) => {
    openFilters(false);
    choose(organization, tie, document.body.classList.contains("compact")); // there the panel may cover it
  });
  readAddress();

  // For tests and for pages that embed this one. Everything here only reads or does what a click does.
  window.tripleHelixMap = Object.freeze({
    /** How much is shown and how much there is. */
    counts: () => ({
      organizations: state.shownOrganizations.size, allOrganizations: Model.organizations.length,
      ties: state.shownTies.size, allTies: Model.ties.length, gaps: shownGaps(),
      drawnNodes: View.drawnNodes(), drawnEdges: View.drawnEdges(),
    }),
    /** Choose an organisation by its id (nothing when there is none). Returns whether it exists. */
    select: (id) => { choose(Model.byId.get(id) ?? null, null); return Model.byId.has(id); },
    /** The id chosen, or null. */
    selected: () => choice.organization?.id ?? null,
    /** The key of the tie chosen, or null. */
    selectedTie: () => choice.tie?.key ?? null,
    /** Where an organisation is drawn: x, y and radius in pixels of the map's box. */
    place: (id) => View.place(Model.byId.get(id)),
    /** Ids whose labels were drawn last. */
    labels: View.labels,
    /** How large one unit of the layout is drawn. */
    scale: View.scale,
    /** Whether physics moves the nodes. */
    moving: View.moving,
    language: Words.language,
  });
})();
