"use strict";

// The page: what is chosen and filtered, and the buttons, keys and address that change it.
(() => {
  const find = (id) => document.getElementById(id);
  const allSectors = () => new Set([...Model.sectors, Model.noSector].map((sector) => sector.id));
  const allKinds = () => new Set([...Model.kinds, Model.otherKind].map((kind) => kind.id));
  const filters = { sectors: allSectors(), kinds: allKinds(), gapsOnly: false };
  // `to`: the other end of a way; `picking`: it is about to be chosen; `around`: only the neighbourhood.
  const nothing = { organization: null, tie: null, to: null, picking: false, around: 0, bundle: null };
  // `open`: of a large network the community that is open, whatever is chosen.
  const choice = { ...nothing, open: null };
  let state;

  // ---- from filters and choice to what is shown

  const computeState = () => {
    Levels.settle(choice);
    const inSector = (row) => filters.sectors.has(row.sector.id) && Levels.stands(row);
    const shownTies = new Set(Model.ties.filter((tie) =>
      tie.ends.every(inSector) && filters.kinds.has(tie.kind.id) && (!filters.gapsOnly || tie.kind.id === "gap") && Subjects.covers(tie)));
    const tied = new Set([...shownTies].flatMap((tie) => tie.ends));
    // Organisations without a tie are part of the whole picture, not of an excerpt of the ties.
    const whole = !filters.gapsOnly && filters.kinds.size === allKinds().size && !Subjects.isAny();
    const shownOrganizations = new Set(Model.organizations.filter((row) => inSector(row) && (whole || tied.has(row) || row === choice.organization)));
    if (choice.organization) shownOrganizations.add(choice.organization);
    if (choice.tie) { shownTies.add(choice.tie); choice.tie.ends.forEach((row) => shownOrganizations.add(row)); }
    if (choice.to) shownOrganizations.add(choice.to);
    const way = choice.to && Ways.between(choice.organization, choice.to, shownTies);
    if (!choice.around) return { shownOrganizations, shownTies, way, ...choice };
    const near = Ways.around(choice.organization, shownTies, choice.around);
    const within = new Set([...shownTies].filter((tie) => tie.ends.every((row) => near.has(row))));
    return { shownOrganizations: near, shownTies: within, way, ...choice };
  };

  const shownGaps = () => [...state.shownTies].filter((tie) => tie.kind.id === "gap").length;
  const statusText = () =>
    `${Words.word("organizations")} ${state.shownOrganizations.size}/${Levels.organizations().length} · ${Words.word("ties")} ${state.shownTies.size}/${Levels.ties().length} · ${Words.word("gaps")} ${shownGaps()}${Levels.at() === "parent" ? ` · ${Words.word("levelParent")}` : ""}`;

  const update = () => {
    state = computeState();
    state.picture = Folds.draw(state);
    state.bundle = state.picture.bundles.find((one) => one.key === choice.bundle) ?? null;
    View.show(state);
    Panel.render(state, act);
    if (!Table.box.hidden) Table.render(state, choose);
    document.body.classList.toggle("chosen", Boolean(choice.organization || choice.tie || state.bundle));
    find("status").textContent = statusText();
    showFolds();
    writeAddress();
  };

  const choose = (organization, tie, bring = true) => {
    if (choice.picking && organization && organization !== choice.organization) Object.assign(choice, { to: organization, picking: false, around: 0 });
    else Object.assign(choice, nothing, { organization, tie });
    if (organization) choice.open = Folds.homeOf(organization);
    update();
    if (bring && (organization || tie)) View.focus();
    const name = organization ? Words.of(organization) : tie ? tie.ends.map((row) => Words.of(row)).join(" – ") : "";
    find("announcement").textContent = name && `${Words.word("chosen")}: ${name}`;
  };
  const act = {
    choose,
    open: (fold) => {
      Object.assign(choice, nothing, { open: fold && Folds.byId(fold.id) });
      update();
      View.fit();
      find("announcement").textContent = fold ? `${Words.word("chosen")}: ${fold.name()}` : Words.word("allCommunities");
    },
    between: (bundle) => { Object.assign(choice, nothing, { bundle: bundle.key }); update(); },
    pick: () => {
      Object.assign(choice, { picking: !choice.picking, to: null });
      update();
      find("announcement").textContent = choice.picking ? Words.word("pickOther") : "";
    },
    surround: (steps) => {
      Object.assign(choice, { around: choice.around === steps ? 0 : steps, to: null, picking: false });
      update();
      View.fit();
    },
  };

  // Over the map: that it is folded, and the way back from an open community.
  const showFolds = () => {
    const { folded, open } = state.picture;
    find("folds").hidden = !folded;
    find("all-folds").hidden = !open;
    find("fold-note").textContent = open ? open.name() : Words.word("foldHint");
  };

  const restrict = (sliding = false) => {
    replacing = sliding;
    update();
    replacing = false;
    Subjects.render(restrict);
    if (!sliding) Legend.render(filters, update);
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
    Subjects.render(restrict);
    Records.speak();
    View.rename();
    update();
  };
  const sourceText = () => [Model.meta.as_of && `${Words.word("asOf")} ${Model.meta.as_of}`, Words.of(Model.meta, "source_") && `${Words.word("source")}: ${Words.of(Model.meta, "source_")}`].filter(Boolean).join(" · ");

  // ---- the address after #: a link to exactly this view; each step but those of a slider is one back

  let replacing = true;
  const writeAddress = () => {
    if (location.protocol === "about:") return; // a notebook's frame has no address
    const parts = new URLSearchParams();
    const old = new URLSearchParams(location.hash.slice(1));
    if (old.has("embed")) parts.set("embed", "1");
    if (choice.organization) parts.set("sel", choice.organization.id);
    if (choice.to) parts.set("to", choice.to.id);
    if (choice.around) parts.set("around", String(choice.around));
    if (choice.open) parts.set("open", choice.open.id);
    if (choice.bundle) parts.set("between", choice.bundle);
    if (choice.tie) parts.set("tie", choice.tie.key);
    if (filters.sectors.size < allSectors().size) parts.set("sectors", [...filters.sectors].join(","));
    if (filters.kinds.size < allKinds().size) parts.set("kinds", [...filters.kinds].join(","));
    if (filters.gapsOnly) parts.set("gaps", "1");
    if (Sizes.isGiven()) parts.set("size", Sizes.by());
    if (!Hulls.isOn()) parts.set("hulls", "0");
    Subjects.write(parts);
    if (!Table.box.hidden) parts.set("table", "1");
    if (Words.language() !== Model.payload.language) parts.set("lang", Words.language());
    if (`#${parts}` === location.hash) return;
    history[replacing ? "replaceState" : "pushState"](null, "", `#${parts}`);
  };

  const readAddress = () => {
    replacing = true;
    const parts = new URLSearchParams(location.hash.slice(1));
    const chosen = (name, all) => (parts.has(name) ? new Set(parts.get(name).split(",").filter((id) => all.has(id))) : all);
    filters.sectors = chosen("sectors", allSectors());
    filters.kinds = chosen("kinds", allKinds());
    filters.gapsOnly = find("gaps-only").checked = parts.has("gaps");
    Subjects.read(parts);
    Sizes.set(parts.get("size"));
    Hulls.set(parts.get("hulls") !== "0");
    const id = parts.get("sel");
    const named = (identifier) => Model.organizations.find((row) => String(row.id) === identifier) ?? null;
    Object.assign(choice, nothing, { tie: Model.byKey.get(parts.get("tie")) ?? null });
    if (!choice.tie) choice.organization = named(id);
    choice.open = Folds.byId(parts.get("open")) ?? (choice.organization && Folds.homeOf(choice.organization));
    if (Folds.isLarge && !choice.tie && !choice.organization) choice.bundle = parts.get("between");
    if (choice.organization && parts.get("to") !== id) choice.to = named(parts.get("to"));
    if (choice.organization && !choice.to && ["1", "2"].includes(parts.get("around"))) choice.around = Number(parts.get("around"));
    document.body.classList.toggle("embed", parts.has("embed") || Model.payload.embed);
    compact();
    showTable(parts.has("table"));
    speak(Words.has(parts.get("lang")) ? parts.get("lang") : Model.payload.language);
    View.fit(false);
    if (choice.organization || choice.tie) View.focus(false);
    replacing = false;
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
    Subjects.stop();
    Hulls.set(true);
    Sizes.set(null);
    Subjects.clear();
    Subjects.render(restrict);
    Legend.render(filters, update);
    choice.open = null;
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
    const { folded, open } = state.picture;
    const rows = Model.ranked.filter((row) => state.shownOrganizations.has(row) && (!folded || !open || Folds.homeOf(row) === open));
    if (!rows.length) return;
    const at = rows.indexOf(choice.organization);
    choose(rows[(at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by + rows.length) % rows.length], null);
  };
  const escape = () => {
    const open = MENUS.find((menu) => menu.open);
    if (open) fold(open);
    else if (document.body.classList.contains("filters-open")) openFilters(false);
    else if (choice.picking) act.pick();
    else if (choice.organization || choice.tie || state.bundle) choose(null, null);
    else if (state.picture.open) act.open(null);
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

  const SAVED = {
    "save-png": () => Picture.draw(statusText(), sourceText()).toBlob((blob) => Files.save(blob, "image/png", "png")),
    "save-svg": () => Files.save(Vector.draw(state, [statusText(), sourceText()]), "image/svg+xml", "svg"),
    "save-csv": () => Files.csv(state), "save-gexf": () => Files.gexf(state), "save-graphml": () => Files.graphml(state),
  };
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
  const paper = new CSSStyleSheet();
  document.adoptedStyleSheets = [paper];
  const HEIGHTS = { A4: "182mm", A3: "265mm" }; // of the picture, so that title and page numbers find room
  const printOn = (size) => {
    paper.replaceSync(`@page { size: ${size} landscape } @media print { #print-sheet canvas { max-height: ${HEIGHTS[size]} !important; width: 100%; object-fit: contain } }`);
    print();
  };
  const MENUS = ["save", "print", "pages"].map(find).filter(Boolean); // a map alone has no other pages
  const fold = (menu) => { menu.open = false; menu.firstElementChild.focus(); };
  for (const [id, act] of Object.entries({ ...SAVED, "print-a4": () => printOn("A4"), "print-a3": () => printOn("A3") }))
    on(id, () => { fold(find(id).closest("details")); act(); });
  document.addEventListener("click", (event) => MENUS.filter((menu) => !menu.contains(event.target)).forEach((menu) => { menu.open = false; }));
  on("fit", () => View.fit());
  on("all-folds", () => { act.open(null); find("map").querySelector(".vis-network").focus(); });
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
  addEventListener("afterprint", () => Panel.render(state, act));

  View.start((organization, tie, unit) => {
    openFilters(false);
    if (unit?.isFold) return act.open(unit);
    if (unit) return act.between(unit);
    return choose(organization, tie, document.body.classList.contains("compact")); // there the panel may cover it
  });
  readAddress();

  // For tests and for pages that embed this one. Everything here only reads or does what a click does.
  window.tripleHelixMap = Object.freeze({
    /** How much is shown and how much there is. */
    counts: () => ({
      organizations: state.shownOrganizations.size, allOrganizations: Levels.organizations().length,
      ties: state.shownTies.size, allTies: Levels.ties().length, gaps: shownGaps(),
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
    /** Ids of the communities whose names were drawn last. */
    hulls: View.hulls,
    /** Ids of the communities that are folded into one node each. */
    folds: View.folds,
    /** Where such a node is drawn: x, y and radius in pixels of the map's box. */
    foldPlace: View.foldPlace,
    /** How large one unit of the layout is drawn. */
    scale: View.scale,
    /** Whether physics moves the nodes. */
    moving: View.moving,
    language: Words.language,
  });
})();
