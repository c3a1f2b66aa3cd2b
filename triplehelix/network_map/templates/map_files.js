"use strict";

// What is shown as files for other programs: GEXF 1.2, GraphML and CSV, with every attribute.
const Files = (() => {
  const NODE = {
    name_ko: ["string", (row) => row.ko], name_en: ["string", (row) => row.en], alias: ["string", (row) => row.alias.join("; ")],
    sector: ["string", (row) => (row.sector === Model.noSector ? "" : row.sector.id)], type: ["string", (row) => Words.of(row, "type_")],
    unnamed_group: ["boolean", (row) => row.group], degree: ["integer", (row) => row.degree], strength: ["double", (row) => row.strength],
    betweenness: ["double", (row) => row.betweenness], places: ["string", (row) => listed(row.places)], unit_of: ["string", (row) => listed(Levels.parentsOf(row))],
    ...Object.fromEntries(["coordinator", "itinerant", "gatekeeper", "representative", "liaison"].map((role) => [role, ["integer", (row) => Levels.broker(row)?.counts[role] ?? 0]])),
    cut_off: ["string", (row) => listed(Levels.broker(row)?.cutOff ?? [])],
  };
  const EDGE = {
    kind: ["string", (tie) => tie.kind.id], rung: ["string", (tie) => Model.rungs[tie.rung]?.id ?? ""], count: ["integer", (tie) => tie.count],
    about: ["string", (tie) => Words.of(tie, "label_")], since: ["string", (tie) => tie.from], until: ["string", (tie) => tie.until],
    initiatives: ["string", (tie) => listed(tie.initiatives)], themes: ["string", (tie) => listed(tie.themes)],
    money: ["string", (tie) => tie.initiatives.map((row) => Words.of(row, "money_") && `${Words.of(row)}: ${Words.of(row, "money_")}`).filter(Boolean).join("; ")],
    planned: ["boolean", Subjects.isPlanned], basis: ["string", (tie) => Subjects.basisOf(tie)?.id ?? ""], evidence: ["string", (tie) => tie.evidence.map(cited).join("; ")],
  };
  const listed = (rows) => rows.map((row) => Words.of(row)).join("; ");
  const cited = (item) => [Words.of(item.document), item.lines].filter(Boolean).join(" ");
  const values = (columns, row) => Object.entries(columns).map(([name, [, read]]) => [name, read(row)]).filter(([, value]) => value !== null && value !== "");

  // ---- XML is built as a tree, so that names cannot become markup

  // XML 1.0 has no way to write these signs at all.
  const clean = (value) => String(value).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
  const tree = (namespace, root) => {
    const page = document.implementation.createDocument(namespace, root);
    const add = (parent, name, attributes = {}, text = null) => {
      const made = parent.appendChild(page.createElementNS(attributes.xmlns ?? parent.namespaceURI, name));
      for (const [key, value] of Object.entries(attributes)) if (key !== "xmlns") made.setAttribute(key, clean(value));
      if (text !== null) made.textContent = clean(text);
      return made;
    };
    const write = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(page)}\n`;
    return { top: page.documentElement, add, write };
  };

  const parts = (state) => [Model.organizations.filter((row) => state.shownOrganizations.has(row)), Model.ties.filter((tie) => state.shownTies.has(tie))];

  const VIZ = "http://www.gexf.net/1.2draft/viz";
  const rgb = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  const gexf = (state) => {
    const [rows, ties] = parts(state);
    const { top, add, write } = tree("http://www.gexf.net/1.2draft", "gexf");
    top.setAttribute("version", "1.2");
    const meta = add(top, "meta");
    add(meta, "creator", {}, "Triple Helix");
    add(meta, "description", {}, Words.of(Model.meta, "title_"));
    const graph = add(top, "graph", { mode: "static", defaultedgetype: "undirected" });
    for (const [of, columns] of [["node", NODE], ["edge", EDGE]]) {
      const declared = add(graph, "attributes", { class: of });
      for (const [name, [type]] of Object.entries(columns)) add(declared, "attribute", { id: name, title: name, type });
    }
    const describe = (element, columns, row) => {
      const held = add(element, "attvalues");
      for (const [name, value] of values(columns, row)) add(held, "attvalue", { for: name, value });
    };
    const nodes = add(graph, "nodes");
    for (const row of rows) {
      const node = add(nodes, "node", { id: row.id, label: Words.of(row) });
      describe(node, NODE, row);
      const [r, g, b] = rgb(row.sector.look.color);
      add(node, "viz:color", { xmlns: VIZ, r, g, b });
      const { x, y } = View.position(row);
      add(node, "viz:position", { xmlns: VIZ, x, y: -y, z: 0 }); // Gephi's second axis points up
      add(node, "viz:size", { xmlns: VIZ, value: row.node.size ?? 10 });
    }
    const edges = add(graph, "edges");
    for (const tie of ties) {
      const edge = add(edges, "edge", { id: tie.edge.id, source: tie.ends[0].id, target: tie.ends[1].id, weight: tie.count });
      describe(edge, EDGE, tie);
    }
    return write();
  };

  const GRAPHML_TYPES = { string: "string", boolean: "boolean", integer: "int", double: "double" };
  const graphml = (state) => {
    const [rows, ties] = parts(state);
    const { top, add, write } = tree("http://graphml.graphdrawing.org/xmlns", "graphml");
    const positions = { x: ["double", (row) => View.position(row).x], y: ["double", (row) => View.position(row).y] };
    const node = { label: ["string", (row) => Words.of(row)], ...NODE, ...positions };
    const edge = { weight: ["double", (tie) => tie.count], ...EDGE };
    for (const [of, columns] of [["node", node], ["edge", edge]])
      for (const [name, [type]] of Object.entries(columns)) add(top, "key", { id: `${of}-${name}`, for: of, "attr.name": name, "attr.type": GRAPHML_TYPES[type] });
    const graph = add(top, "graph", { edgedefault: "undirected" });
    const describe = (element, of, columns, row) => {
      for (const [name, value] of values(columns, row)) add(element, "data", { key: `${of}-${name}` }, value);
    };
    for (const row of rows) describe(add(graph, "node", { id: row.id }), "node", node, row);
    for (const tie of ties) describe(add(graph, "edge", { id: tie.edge.id, source: tie.ends[0].id, target: tie.ends[1].id }), "edge", edge, tie);
    return write();
  };

  // ---- a table of ties for spreadsheets; text that begins like a formula gets an apostrophe

  const guarded = (value) => {
    if (typeof value === "number") return String(value);
    const text = String(value ?? "");
    const safe = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const nameOf = (row) => (row ? Words.of(row) : "");
  // For people, what other programs are given as a code.
  const TOLD = {
    kind: (tie) => Words.word(tie.kind.id), rung: (tie) => nameOf(Model.rungs[tie.rung]), basis: (tie) => nameOf(Subjects.basisOf(tie)),
    planned: (tie) => (Subjects.isPlanned(tie) ? Words.word("planned") : ""),
  };
  const csv = (state) => {
    const heading = [...["organization", "organization"].map((key, at) => `${Words.word(key)} ${at + 1}`), ...Object.keys(EDGE).map((name) => Words.word(`file_${name}`))];
    const lines = parts(state)[1].map((tie) => [
      ...tie.ends.map((end) => Words.of(end)),
      ...Object.entries(EDGE).map(([name, [, read]]) => (TOLD[name] ?? read)(tie)),
    ]);
    return `\ufeff${[heading, ...lines].map((line) => line.map(guarded).join(",")).join("\r\n")}\r\n`;
  };

  const save = (content, type, ending) => {
    const name = Words.of(Model.meta, "title_").replace(/[\\/:*?"<>|\s]+/g, "_") || "map";
    const link = Build.element("a", { href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })), download: `${name}.${ending}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 5000);
  };

  return {
    save,
    gexf: (state) => save(gexf(state), "application/gexf+xml", "gexf"),
    graphml: (state) => save(graphml(state), "application/graphml+xml", "graphml"),
    csv: (state) => save(csv(state), "text/csv;charset=utf-8", "csv"),
    tree,
  };
})();
