"use strict";

// Building blocks: text goes in as text, never as markup.
const Build = (() => {
  const element = (name, options = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(options)) {
      if (key === "data") Object.assign(made.dataset, value);
      else if (key in made) made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  };

  const button = (text, onclick, className = "link") => element("button", { type: "button", className, onclick }, text);

  const symbol = (width, paint) => {
    const canvas = element("canvas", { className: "symbol", width: width * 2, height: 36, "aria-hidden": "true" });
    canvas.style.width = `${width}px`;
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    paint(context);
    return canvas;
  };

  const polygon = (corners, turn) =>
    Array.from({ length: corners }, (_, at) => turn + (at * 2 * Math.PI) / corners).map((angle) => [Math.cos(angle), Math.sin(angle)]);
  const SHAPES = {
    square: polygon(4, Math.PI / 4), diamond: polygon(4, 0), hexagon: polygon(6, 0),
    triangle: polygon(3, -Math.PI / 2), triangleDown: polygon(3, Math.PI / 2),
  };

  const outline = (context, shape, x, y, radius) => {
    context.beginPath();
    if (!SHAPES[shape]) return context.arc(x, y, radius, 0, 2 * Math.PI);
    const low = shape === "triangle" ? radius * 0.25 : shape === "triangleDown" ? -radius * 0.25 : 0;
    SHAPES[shape].forEach(([across, down]) => context.lineTo(x + across * radius * 1.2, y + down * radius * 1.2 + low));
    return context.closePath();
  };

  const sectorSymbol = (look, hollow = false) => symbol(20, (context) => {
    outline(context, look.shape, 10, 9, 6.5);
    context.fillStyle = hollow ? "#fff" : look.color;
    context.fill();
    if (!hollow) return;
    context.setLineDash([3, 2]);
    context.lineWidth = 2;
    context.strokeStyle = look.color;
    context.stroke();
  });

  const line = (context, kind, x, y, length) => {
    context.beginPath();
    context.setLineDash(kind.dashes);
    context.lineWidth = kind.width;
    context.strokeStyle = kind.color;
    context.moveTo(x, y);
    context.lineTo(x + length, y);
    context.stroke();
    context.setLineDash([]);
  };
  const tieSymbol = (kind) => symbol(34, (context) => line(context, kind, 1, 9, 32));

  return { element, button, symbol, outline, line, sectorSymbol, tieSymbol };
})();

// The legend, which filters.
const Legend = (() => {
  const { element } = Build;

  const item = (symbol, text, count, checked, onchange) =>
    element("label", {}, element("input", { type: "checkbox", checked, onchange }), symbol, element("span", {}, text), element("span", { className: "number" }, String(count)));

  const sectorName = (sector) => (sector === Model.noSector ? Words.word("noSector") : Words.of(sector));

  const render = (filters, onChange) => {
    const toggled = (set, id) => (event) => {
      if (event.target.checked) set.add(id);
      else set.delete(id);
      onChange();
    };
    const [standing, present] = [Levels.organizations(), Levels.ties()];
    const used = [...Model.sectors, Model.noSector].map((sector) => [sector, standing.filter((row) => row.sector === sector).length]);
    document.getElementById("sectors").replaceChildren(...used.filter(([, count]) => count).map(([sector, count]) =>
      item(Build.sectorSymbol(sector.look), sectorName(sector), count, filters.sectors.has(sector.id), toggled(filters.sectors, sector.id))));
    const drawn = [...Model.kinds, Model.otherKind].map((kind) => [kind, present.filter((tie) => tie.kind === kind).length]);
    document.getElementById("kinds").replaceChildren(...drawn.filter(([kind, count]) => count || kind !== Model.otherKind).map(([kind, count]) => {
      const label = item(Build.tieSymbol(kind), Words.word(kind.id), count, filters.kinds.has(kind.id), toggled(filters.kinds, kind.id));
      if (kind.id === "gap") label.title = Words.word("gapMeaning");
      return label;
    }));
    const look = Model.sectors[0]?.look ?? Model.noSector.look;
    document.getElementById("marks").replaceChildren(
      ...Hulls.render(onChange),
      element("div", { className: "mark" }, Build.sectorSymbol(look, true), Words.word("groupMark")),
      ...Sizes.render(onChange));
  };

  return { render, sectorName };
})();

// The side panel: one organisation, one tie, or what stands out.
const Panel = (() => {
  const { element, button } = Build;
  const box = document.getElementById("panel");
  const NOTED = 3;
  const RANKED = 10;
  const LISTED = 200;

  const figure = (name, value) => element("div", {}, element("dt", {}, Words.word(name)), element("dd", {}, value));
  const number = (value, digits = 0) => (value === null ? "–" : value.toLocaleString(Words.language(), { maximumFractionDigits: digits }));

  const period = (tie) => {
    if (!tie.from && !tie.until) return "";
    if (Words.language() === "ko") return [tie.from && `${tie.from}${Words.word("since")}`, tie.until && `${tie.until}${Words.word("until")}`].filter(Boolean).join(" ");
    return [tie.from && `${Words.word("since")} ${tie.from}`, tie.until && `${Words.word("until")} ${tie.until}`].filter(Boolean).join(" ");
  };
  const times = (tie) => (tie.count > 1 ? (Words.language() === "ko" ? `${tie.count}${Words.word("times")}` : `${tie.count} ${Words.word("times")}`) : "");
  const about = (tie) => element("p", { className: "about" }, [Words.of(tie, "label_"), times(tie), period(tie)].filter(Boolean).join(" · "));

  const quote = (item) => {
    const place = [Words.of(item.document), item.lines && `${item.lines}${Words.language() === "ko" ? "" : " "}${Words.word("lines")}`];
    if (Words.language() === "en" && item.lines) place[1] = `${Words.word("lines")} ${item.lines}`;
    return element("blockquote", {}, element("p", {}, item.quote), element("cite", {}, [...place, item.basis && Words.of(item.basis)].filter(Boolean).join(" · ")));
  };
  const evidence = (tie, open) => {
    if (!tie.evidence.length) return element("p", { className: "note" }, Words.word("noEvidence"));
    const summary = element("summary", {}, `${Words.word("evidence")} ${tie.evidence.length}`);
    return element("details", { className: "evidence", open }, summary, ...tie.evidence.map(quote));
  };

  const close = (choose) => {
    const made = button("×", () => choose(null, null), "close");
    made.setAttribute("aria-label", Words.word("close"));
    return made;
  };
  const kindHeading = (kind, count) =>
    element("h3", { className: `kind ${kind.id}` }, Build.tieSymbol(kind), Words.word(kind.id), count === null ? "" : element("span", { className: "number" }, String(count)));

  const typeLine = (row) => {
    const words = [Legend.sectorName(row.sector), Words.of(row, "type_"), row.group ? Words.word("group") : ""].filter(Boolean);
    return element("p", { className: "type" }, Build.sectorSymbol(row.sector.look, row.group), words.join(" · "));
  };

  // What may be asked about an organisation: its neighbourhood, and the ways to another one.
  const questions = (state, act) => {
    const pressed = (id, on, onclick) => element("button", { type: "button", id: `ask-${id}`, onclick, "aria-pressed": String(on) }, Words.word(id));
    return element("div", { className: "questions" },
      pressed("around1", state.around === 1, () => act.surround(1)),
      pressed("around2", state.around === 2, () => act.surround(2)),
      pressed("pick", state.picking, act.pick),
      state.picking ? element("p", { className: "note" }, Words.word("pickOther")) : "");
  };

  const way = (state, choose) => {
    const [start, end] = [state.organization, state.to];
    const name = (row) => button(Words.of(row), () => choose(row, null));
    const heading = element("h3", {}, `${Words.of(start)} → ${Words.of(end)}`);
    if (!state.way) return [heading, element("p", { className: "note" }, Words.word("noWay"))];
    const chain = (rows) => element("li", {}, ...rows.flatMap((row, at) => (at ? [" → ", name(row)] : [name(row)])));
    const told = `${Words.word("steps")} ${state.way.length} · ${Words.word("ways")} ${state.way.count}`;
    return [heading, element("p", { className: "about" }, told), element("ol", { className: "ways" }, ...state.way.listed.map(chain)),
      state.way.count > state.way.listed.length ? element("p", { className: "note" }, `+ ${state.way.count - state.way.listed.length}`) : ""];
  };

  const organization = (state, act) => {
    const [row, shown, choose] = [state.organization, state.shownTies, act.choose];
    const ties = row.ties.filter((tie) => shown.has(tie));
    const parts = [close(choose), element("h2", {}, Words.of(row)), element("p", { className: "other-name" }, Words.other(row)), typeLine(row), ...Profile.place(row, choose)];
    if (row.alias.length) parts.push(element("p", { className: "note" }, `${Words.word("alias")}: ${row.alias.join(", ")}`));
    parts.push(element("dl", { className: "measures", title: Words.word("measuresNote") }, figure("degree", number(row.degree)), figure("strength", number(row.strength, 1)), figure("betweenness", number(row.betweenness, 3))));
    parts.push(element("p", { className: "note" }, `${Words.word("measuresNote")}${Levels.isGrown(row) ? ` · ${Words.word("levelNote")}` : ""}`), questions(state, act));
    if (state.to) parts.push(...way(state, choose));
    parts.push(...Profile.of(row, choose, (told) => evidence(told, false)));
    if (!ties.length) parts.push(element("p", { className: "note" }, Words.word("noTies")));
    const taken = [...new Set(ties.flatMap((tie) => tie.initiatives))];
    if (taken.length) parts.push(element("details", { className: "taken" }, element("summary", {}, `${Words.word("initiatives")} ${taken.length}`), element("ul", { className: "initiatives" }, ...taken.map(initiative))));
    for (const kind of [Model.kinds[3], ...Model.kinds.filter((_, at) => at !== 3), Model.otherKind]) {
      const some = ties.filter((tie) => tie.kind === kind);
      if (some.length) parts.push(kindHeading(kind, some.length), element("ul", { className: "ties" }, ...some.map((tie) => tieItem(tie, row, choose, ties.length <= NOTED))));
    }
    return parts;
  };

  const tieItem = (tie, row, choose, open) => {
    const other = Model.opposite(tie, row);
    return element("li", {}, button(Words.of(other), () => choose(other, null)), about(tie), evidence(tie, open));
  };

  const initiative = (row) => {
    const named = [Words.of(row), period(row), row.themes.map((theme) => Words.of(theme)).join(", "), Words.of(row, "money_")];
    return element("li", {}, Records.link(row, named[0]), element("small", {}, named.slice(1).filter(Boolean).join(" · ")));
  };
  const initiatives = (rows) => (rows.length ? [element("h3", {}, Words.word("initiatives"), element("span", { className: "number" }, String(rows.length))), element("ul", { className: "initiatives" }, ...rows.map(initiative))] : []);

  const tie = (state, chosen, choose) => [
    close(choose),
    element("h2", {}, button(Words.of(chosen.ends[0]), () => choose(chosen.ends[0], null)), " – ", button(Words.of(chosen.ends[1]), () => choose(chosen.ends[1], null))),
    kindHeading(chosen.kind, null),
    chosen.kind.id === "gap" ? element("p", { className: "note" }, Words.word("gapMeaning")) : "",
    about(chosen),
    ...initiatives(chosen.initiatives),
    evidence(chosen, true),
    ...Profile.beside(chosen, state, choose, (told) => evidence(told, false)),
  ];

  const overview = (state, act) => {
    const { choose } = act;
    const by = Sizes.by();
    const hubs = Sizes.ranked().filter((row) => row[by] > 0 && state.shownOrganizations.has(row)).slice(0, RANKED);
    const gaps = Model.ties.filter((one) => one.kind.id === "gap" && state.shownTies.has(one));
    const hub = (row) => element("li", {}, Build.sectorSymbol(row.sector.look, row.group), button(Words.of(row), () => choose(row, null)), element("span", { className: "number" }, number(row[by], by === "betweenness" ? 3 : 0)));
    const gap = (one) => element("li", {}, button(`${Words.of(one.ends[0])} – ${Words.of(one.ends[1])}`, () => choose(null, one)), about(one));
    return [
      ...FoldPanel.list(state, act),
      element("h2", {}, Words.word("hubs")), Sizes.isGiven() ? element("p", { className: "note" }, Words.word(by)) : "", element("ul", { className: "ranking" }, ...hubs.map(hub)),
      kindHeading(Model.kinds[3], gaps.length), element("p", { className: "note" }, Words.word(gaps.length ? "gapMeaning" : "noGaps")),
      ...More.fill(element("ul", { className: "ties" }), gaps, gap, LISTED),
    ];
  };

  const render = (state, act) => {
    const { choose } = act;
    const folded = state.tie || state.organization ? null : FoldPanel.render(state, act);
    const parts = folded ?? (state.tie ? tie(state, state.tie, choose) : state.organization ? organization(state, act) : overview(state, act));
    const held = box.contains(document.activeElement) ? document.activeElement.id : "";
    box.replaceChildren(...parts.filter((part) => part !== ""));
    box.scrollTop = 0;
    if (held) document.getElementById(held)?.focus();
  };

  return { render, number };
})();

// The same content as a table that sorts.
const Table = (() => {
  const { element, button } = Build;
  const LISTED = 500;
  const box = document.getElementById("table");
  let sorted = { by: "degree", down: true };

  const columns = () => [
    { id: "organization", value: (row) => Words.of(row) },
    { id: "sector", value: (row) => Legend.sectorName(row.sector) },
    { id: "type", value: (row) => Words.of(row, "type_") },
    { id: "degree", value: (row) => row.degree, figure: 0 },
    { id: "strength", value: (row) => row.strength, figure: 1 },
    { id: "betweenness", value: (row) => row.betweenness, figure: 3 },
    ...Model.kinds.map((kind) => ({ id: kind.id, figure: 0, value: (row, shown) => row.ties.filter((tie) => tie.kind === kind && shown.has(tie)).length })),
  ];

  const compare = (one, two) => (typeof one === "number" && typeof two === "number" ? one - two : order[Words.language()].compare(String(one ?? ""), String(two ?? "")));
  const order = { ko: new Intl.Collator("ko"), en: new Intl.Collator("en") };

  const heading = (column, again) => {
    const chosen = column.id === sorted.by;
    const sort = () => {
      sorted = { by: column.id, down: chosen ? !sorted.down : "figure" in column };
      again();
      document.getElementById(`sort-${column.id}`).focus();
    };
    const made = button(Words.word(column.id) + (chosen ? (sorted.down ? " ▼" : " ▲") : ""), sort, "");
    made.id = `sort-${column.id}`;
    return element("th", { scope: "col", className: "figure" in column ? "figure" : "", "aria-sort": chosen ? (sorted.down ? "descending" : "ascending") : "none" }, made);
  };

  const line = (row, state, choose) => {
    const cells = columns().map((column, at) => {
      const value = column.value(row, state.shownTies);
      if (at === 0) return element("td", { className: "name" }, button(value, () => choose(row, null)));
      return element("td", { className: "figure" in column ? "figure" : "" }, "figure" in column ? Panel.number(value, column.figure) : value);
    });
    return element("tr", { className: row === state.organization ? "chosen" : "", data: { id: String(row.id) } }, ...cells);
  };

  const render = (state, choose) => {
    const column = columns().find((one) => one.id === sorted.by);
    const rows = Model.organizations.filter((row) => state.shownOrganizations.has(row));
    const values = new Map(rows.map((row) => [row, column.value(row, state.shownTies)]));
    rows.sort((one, two) => compare(values.get(one), values.get(two)) * (sorted.down ? -1 : 1) || one.at - two.at);
    const head = element("tr", {}, ...columns().map((one) => heading(one, () => render(state, choose))));
    const [body, more] = More.fill(element("tbody"), rows, (row) => line(row, state, choose), LISTED);
    box.replaceChildren(element("table", {}, element("thead", {}, head), body), more);
  };

  return { box, render };
})();

// The map as a picture with title, legend, counts and source, for files and for paper.
const Picture = (() => {
  const legend = (status, source) => [
    ...Model.sectors.map((sector) => ({ text: Words.of(sector), mark: 18, paint: (context, x, y) => {
      Build.outline(context, sector.look.shape, x + 6, y, 6);
      context.fillStyle = sector.look.color;
      context.fill();
    } })),
    ...Model.kinds.map((kind) => ({ text: Words.word(kind.id), mark: 38, paint: (context, x, y) => Build.line(context, kind, x, y, 30) })),
    { text: status, mark: 0 },
    { text: source, mark: 0 },
  ];

  const measure = Build.element("canvas").getContext("2d");

  // Places for the legend's items, row by row, as wide as the picture.
  const arranged = (context, items, width) => {
    let [x, row] = [14, 0];
    return items.map((item) => {
      const wide = item.mark + context.measureText(item.text).width;
      if (x > 14 && x + wide > width - 14) [x, row] = [14, row + 1];
      const place = { ...item, x, row };
      x += wide + 22;
      return place;
    });
  };

  const draw = (status, source) => {
    const ratio = Math.max(2, devicePixelRatio);
    const map = View.sharp(ratio);
    const [width, height] = [map.width / ratio, map.height / ratio];
    const sheet = Build.element("canvas");
    const context = sheet.getContext("2d");
    context.font = `12px ${View.FONT}`;
    const items = arranged(context, legend(status, source), width);
    Object.assign(sheet, { width: map.width, height: (height + 72 + items.at(-1).row * 22) * ratio });
    context.scale(ratio, ratio);
    context.fillStyle = "#fff";
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.drawImage(map, 0, 42, width, height);
    for (const item of items) {
      const y = height + 58 + item.row * 22;
      item.paint?.(context, item.x, y);
      context.fillStyle = "#1b1f24";
      context.font = `12px ${View.FONT}`;
      context.fillText(item.text, item.x + item.mark, y + 4);
    }
    context.font = `700 19px ${View.FONT}`;
    context.fillText(Words.of(Model.meta, "title_"), 14, 30, width - 28);
    return sheet;
  };

  const widthOf = (text) => {
    measure.font = `12px ${View.FONT}`;
    return measure.measureText(text).width;
  };

  return { draw, widthOf };
})();
