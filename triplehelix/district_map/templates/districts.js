"use strict";

// The page of the district map: choices, the panel, tables, and the address that holds them all.
(() => {
  const find = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const word = Districts.word;
  let state;
  let counted;
  let written;

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== null));
    return made;
  };
  const button = (text, act, attributes = {}) => {
    const made = element("button", { type: "button", class: "link", ...attributes }, text);
    made.addEventListener("click", act);
    return made;
  };
  const record = (thing) => element("a", { class: "record", href: `records/${thing.page}${Districts.language() === "en" ? "?lang=en" : ""}` }, Districts.name(thing));

  // ---- the address: what is chosen, so that it can be sent, and gone back to

  const split = (text) => new Set((text ?? "").split(",").filter(Boolean));
  const read = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    const codes = new Set(Districts.areas.map((area) => area.code));
    const pair = asked.get("pair") ?? "";
    const known = (code) => codes.has(code);
    return {
      area: known(asked.get("area")) ? asked.get("area") : "",
      pair: pair.split(".").length === 2 && pair.split(".").every(known) ? pair : "",
      off: split(asked.get("off")), without: split(asked.get("without")),
      gaps: asked.get("gaps") === "1", whole: asked.get("view") === "whole",
    };
  };
  const write = () => {
    const parts = new URLSearchParams({ view: state.whole ? "whole" : "data" });
    for (const key of ["area", "pair"]) if (state[key]) parts.set(key, state[key]);
    for (const key of ["off", "without"]) if (state[key].size) parts.set(key, [...state[key]].sort().join(","));
    if (state.gaps) parts.set("gaps", "1");
    if (Districts.language() === "en") parts.set("lang", "en");
    return `#${parts}`;
  };
  const change = (what, remember = false) => {
    const lookedAt = state.whole;
    Object.assign(state, what);
    written = write();
    if (remember) location.hash = written;
    else location.replace(written);
    show(lookedAt !== state.whole);
  };
  const choose = (area) => change({ area: state.area === area.code ? "" : area.code, pair: "" }, true);
  const chooseLine = (key) => change({ pair: state.pair === key ? "" : key, area: "" }, true);

  // ---- the panel

  const heading = (key, number, style = "") => element("h4", style ? { class: style } : {}, element("span", { class: "number" }, String(number)), word(key));
  const list = (items) => element("ul", {}, ...(items.length ? items : [element("li", { class: "quiet" }, word("none"))]));
  const told = (tie) => element("li", {}, record(tie.ends[0]), " – ", record(tie.ends[1]), " ", element("small", {}, `${word(tie.kind)}${tie.shared ? ` · ${word("shared", { count: tie.shared })}` : ""}`));
  const tallied = (ties) => Districts.tally(ties).map(([kind, number]) => `${word(kind)} ${number}`).join(" · ");
  const byName = (one, two) => new Intl.Collator(Districts.language(), { numeric: true }).compare(Districts.name(one), Districts.name(two));

  const panel = () => {
    const fact = counted.facts.get(Districts.areas.find((area) => area.code === state.area));
    const line = counted.lines.get(state.pair);
    document.body.classList.toggle("chosen", Boolean(fact || state.pair));
    if (!fact && !state.pair) return find("panel").replaceChildren(element("p", { class: "note" }, word("choose")));
    const close = button("×", () => change({ area: "", pair: "" }, true), { class: "close", "aria-label": word("close") });
    return find("panel").replaceChildren(close, ...(fact ? panelOfArea(fact) : panelOfLine(line)));
  };

  const panelOfArea = (fact) => {
    const figures = [["organizations", fact.organizations], ["undertakings", fact.undertakings], ["within", fact.within], ["between", fact.between], ["elsewhere", fact.elsewhere], ["gaps", fact.gaps]];
    const parts = [
      element("h3", {}, Districts.title(fact.area)),
      fact.area.isSido ? null : element("p", { class: "note" }, Districts.sido(fact.area)),
      element("dl", { class: "figures-of" }, ...figures.map(([key, items]) => element("div", {}, element("dt", {}, word(key)), element("dd", {}, String(items.length))))),
    ];
    for (const sector of Districts.sectors) {
      const own = fact.organizations.filter((organization) => organization.sector === sector).sort(byName);
      if (!own.length) continue;
      parts.push(element("h4", {}, element("span", { class: "number" }, String(own.length)), Districts.name(sector)), list(own.map((item) => element("li", {}, record(item)))));
    }
    parts.push(heading("gaps", fact.gaps.length, "gap"), list(fact.gaps.map(told)));
    const others = [...counted.lines.values()].filter((line) => line.areas.includes(fact.area)).sort((one, two) => two.ties.length - one.ties.length);
    parts.push(heading("between", fact.between.length), list(others.map((line) => {
      const other = line.areas.find((area) => area !== fact.area);
      return element("li", {}, button(Districts.title(other), () => chooseLine(line.key)), " ", element("small", {}, tallied(line.ties)));
    })));
    parts.push(heading("within", fact.within.length), list(fact.within.map(told)));
    parts.push(heading("undertakings", fact.undertakings.length), list([...fact.undertakings].sort(byName).map((thing) => element("li", {}, record(thing)))));
    return parts.filter(Boolean);
  };

  const panelOfLine = (line) => {
    const codes = state.pair.split(".");
    const [one, two] = codes.map((code) => Districts.areas.find((area) => area.code === code));
    const ties = line?.ties ?? [];
    const parts = [element("h3", {}, button(Districts.title(one), () => choose(one)), " – ", button(Districts.title(two), () => choose(two)))];
    for (const [kind, number] of Districts.tally(ties)) {
      parts.push(heading(kind, number, kind === "gap" ? "gap" : ""), list(ties.filter((tie) => tie.kind === kind).map(told)));
    }
    if (!ties.length) parts.push(list([]));
    return parts;
  };

  // ---- the tables, which hold the same as the map

  const orders = { "area-table": [2, -1], "line-table": [2, -1] };
  const table = (id, headings, rows) => {
    const [place, sign] = orders[id];
    const collator = new Intl.Collator(Districts.language(), { numeric: true });
    const compare = (one, two) => (typeof one === "number" ? one - two : collator.compare(one, two));
    rows.sort((one, two) => sign * compare(one.keys[place], two.keys[place]) || collator.compare(one.keys[0], two.keys[0]));
    find(id).tHead.rows[0].replaceChildren(...headings.map((text, at) => {
      const sorted = at === place ? (sign > 0 ? "ascending" : "descending") : "none";
      const sort = button(text, () => {
        const first = typeof rows[0]?.keys[at] === "number" ? -1 : 1;
        orders[id] = [at, at === place ? -sign : first];
        tables();
        find(id).tHead.rows[0].cells[at].firstChild.focus();
      }, { class: "sort" });
      return element("th", { scope: "col", "aria-sort": sorted, ...(typeof rows[0]?.keys[at] === "number" ? { class: "figure" } : {}) }, sort);
    }));
    const none = element("tr", {}, element("td", { colspan: headings.length, class: "none" }, word("none")));
    find(id).tBodies[0].replaceChildren(...(rows.length ? [] : [none]), ...rows.map((row) => element("tr", { class: `row${row.chosen ? " chosen" : ""}`, "data-key": row.key }, ...row.cells.map((cell, at) =>
      at ? element("td", { class: typeof row.keys[at] === "number" ? `figure${row.lacking === at && row.keys[at] ? " lacking" : ""}` : "" }, cell) : element("th", { scope: "row" }, cell)))));
  };

  const tables = () => {
    const sectors = Districts.sectors;
    const areaHeadings = [word("area"), word("sido"), word("organizations"), ...sectors.map(Districts.name), ...["undertakings", "within", "between", "elsewhere", "gaps"].map((key) => word(key))];
    table("area-table", areaHeadings, [...counted.facts.values()].map((fact) => {
      const numbers = [fact.organizations.length, ...sectors.map((sector) => fact.organizations.filter((o) => o.sector === sector).length), fact.undertakings.length, fact.within.length, fact.between.length, fact.elsewhere.length, fact.gaps.length];
      const keys = [Districts.title(fact.area), Districts.sido(fact.area), ...numbers];
      return { key: fact.area.code, keys, lacking: keys.length - 1, chosen: state.area === fact.area.code, cells: [button(keys[0], () => open(() => choose(fact.area))), keys[1], ...numbers.map(String)] };
    }));
    const lineHeadings = [word("area"), word("other"), word("pairs"), ...Districts.order.map((kind) => word(kind))];
    table("line-table", lineHeadings, [...counted.lines.values()].map((line) => {
      const numbers = [line.ties.length, ...Districts.order.map((kind) => line.ties.filter((tie) => tie.kind === kind).length)];
      const keys = [...line.areas.map(Districts.title), ...numbers];
      return { key: line.key, keys, lacking: 3, chosen: state.pair === line.key, cells: [button(keys[0], () => open(() => chooseLine(line.key))), keys[1], ...numbers.map(String)] };
    }));
  };
  const open = (act) => {
    act();
    find("panel").focus();
  };

  // ---- all of it

  const show = (looksElsewhere) => {
    for (const box of all("input[name=sector]")) box.checked = !state.off.has(box.value);
    for (const box of all("input[name=kind]")) box.checked = !state.without.has(box.value);
    find("gaps-only").checked = state.gaps;
    find("whole").setAttribute("aria-pressed", String(state.whole));
    document.body.classList.toggle("whole", state.whole);
    counted = Districts.count(state);
    if (looksElsewhere) Drawing.look(state.whole ? Drawing.whole : Drawing.home);
    Drawing.draw({ counted, state });
    const shown = [...counted.facts.values()].filter((fact) => fact.organizations.length).length;
    find("status").textContent = word("status", { areas: shown, ...counted.shown });
    find("empty").hidden = Districts.areas.length > 0;
    find("empty").textContent = word("empty");
    panel();
    tables();
  };

  // ---- what the reader does

  const form = find("choices");
  form.addEventListener("change", () => change({
    off: new Set(all("input[name=sector]:not(:checked)").map((box) => box.value)),
    without: new Set(all("input[name=kind]:not(:checked)").map((box) => box.value)),
    gaps: find("gaps-only").checked,
  }));
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    change({ area: "", pair: "", off: new Set(), without: new Set(), gaps: false, whole: false });
    Drawing.look(Drawing.home);
  });
  find("whole").addEventListener("click", () => change({ whole: !state.whole }));
  find("zoom-in").addEventListener("click", () => Drawing.zoom(0.7));
  find("zoom-out").addEventListener("click", () => Drawing.zoom(1 / 0.7));
  find("language").addEventListener("click", () => change({}));

  const map = find("map");
  let grip = null;
  map.addEventListener("pointerdown", (event) => { grip = { x: event.clientX, y: event.clientY, far: false }; });
  map.addEventListener("pointermove", (event) => {
    if (!grip || !event.buttons) return;
    const [across, down] = [event.clientX - grip.x, event.clientY - grip.y];
    if (!grip.far && Math.hypot(across, down) < 5) return;
    grip = { x: event.clientX, y: event.clientY, far: true };
    map.classList.add("moved");
    Drawing.move(across, down);
  });
  addEventListener("pointerup", () => map.classList.remove("moved"));
  map.addEventListener("click", (event) => {
    if (grip?.far) return;
    const line = event.target.closest("[data-line]");
    const code = event.target.closest("[data-code]")?.dataset.code;
    const area = Districts.areas.find((known) => known.code === code);
    if (line) chooseLine(line.dataset.line);
    else if (area && !event.target.matches(".district:not(.has)")) choose(area);
  });
  map.addEventListener("keydown", (event) => {
    const mark = event.target.closest("#marks g");
    if (!mark) return;
    const marks = Drawing.listMarks();
    const place = marks.indexOf(mark);
    const next = { ArrowRight: place + 1, ArrowDown: place + 1, ArrowLeft: place - 1, ArrowUp: place - 1, Home: 0, End: marks.length - 1 }[event.key];
    if (next !== undefined) {
      const other = marks[(next + marks.length) % marks.length];
      for (const one of marks) one.setAttribute("tabindex", one === other ? "0" : "-1");
      other.focus();
    } else if (event.key === "Enter" || event.key === " ") choose(Districts.areas.find((area) => area.code === mark.dataset.code));
    else return;
    event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (state.area || state.pair)) change({ area: "", pair: "" }, true);
  });
  addEventListener("hashchange", () => {
    if (location.hash === written || (location.hash && !location.hash.includes("="))) return;
    written = location.hash;
    const lookedAt = state.whole;
    state = read();
    show(lookedAt !== state.whole);
  });
  addEventListener("resize", () => Drawing.redraw());

  state = read();
  show(true);
})();
