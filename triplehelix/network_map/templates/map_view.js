"use strict";

// The picture: vis-network draws nodes and ties, this what lies behind and the labels, hubs first.
const View = (() => {
  const { FONT } = Labels;
  const { sizeOf } = Looks;
  const CLOSE_UP = 1.7;
  const box = document.getElementById("map");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const HEAVY = 1200; // so many shapes and lines take long to draw
  let network;
  let glide;
  let nodes;
  let edges;
  let state = { shownOrganizations: new Set(), shownTies: new Set(), organization: null, tie: null, to: null, way: null };
  let picture = { folded: false, organizations: [], ties: [], folds: [], bundles: [], places: null, open: null, unitOf: (row) => row };
  let near = new Set(); // what belongs to the choice, and the units that stand for it
  let lit = new Set();
  let rows = []; // the organisations that are drawn, the most important first
  let visible = new Set();
  let hovered = null;
  let drawn = [];
  let untouched = true;
  let writing = false; // while half of what is drawn is there, vis-network may draw that half
  const written = { nodes: new Map(), edges: new Map() };

  const idOf = (unit) => (unit.isFold ? unit.key : unit.id);

  const start = (onChoose) => {
    // Of a large network the first state says what is drawn.
    nodes = new vis.DataSet(Folds.isLarge ? [] : Model.organizations.map((row) => Looks.plain(row)));
    edges = new vis.DataSet(Folds.isLarge ? [] : Model.ties.map((tie) => tie.edge));
    for (const [name, set] of [["nodes", nodes], ["edges", edges]]) set.forEach(({ id, x, y }) => written[name].set(id, { text: "", x, y }));
    const options = structuredClone(Model.payload.options);
    if (options.configure?.enabled) options.configure.container = document.getElementById("filters");
    network = new vis.Network(box, { nodes, edges }, options);
    glide = Glide.start(network);
    network.on("dragging", (event) => { if (isHeavy() && !event.nodes.length) glide.move(); });
    const frame = box.querySelector(".vis-network");
    frame.setAttribute("role", "application");
    // pyvis lets physics run for ever; here it may find a place to rest, and then it is over.
    network.on("stabilized", () => { if (nodes.length) network.setOptions({ physics: { enabled: false } }); });
    network.on("beforeDrawing", drawBehind);
    network.on("afterDrawing", drawLabels);
    network.on("click", (event) => onChoose(...hit(event.pointer.DOM, event.event)));
    network.on("hoverNode", (event) => { hovered = Model.byId.get(event.node); network.redraw(); });
    network.on("blurNode", () => { hovered = null; network.redraw(); });
    for (const name of ["dragStart", "zoom"]) network.on(name, () => { untouched = false; });
    // After a tap the browser plays a mouse click at the same place, where a panel may lie by then.
    box.addEventListener("touchend", (event) => { if (event.cancelable) event.preventDefault(); }, { passive: false });
    new ResizeObserver(() => { network.redraw(); if (untouched) fit(false); }).observe(box);
  };

  // What is under the pointer, with some room for a finger.
  const hit = (point, event) => {
    const node = network.getNodeAt(point);
    if (node !== undefined) return found(picture.folds.find((fold) => fold.key === node) ?? Model.byId.get(node));
    const reach = event?.pointerType === "touch" ? 20 : 6;
    let best = null;
    for (const unit of [...rows, ...picture.folds]) {
      const place = onScreen(unit);
      const far = Math.hypot(place.x - point.x, place.y - point.y) - place.radius;
      if (far < reach && (!best || far < best.far)) best = { unit, far };
    }
    if (best) return found(best.unit);
    const edge = network.getEdgeAt(point);
    const isAt = (line) => line.edge.id === edge;
    return [null, picture.ties.find(isAt) ?? null, picture.bundles.find(isAt) ?? null];
  };
  const found = (unit) => (unit.isFold ? [null, null, unit] : [unit, null, null]);

  const onScreen = (unit) => {
    const place = network.canvasToDOM(network.getPosition(idOf(unit)));
    return { ...place, radius: sizeOf(unit) * network.getScale() };
  };
  const isHeavy = () => !network.physics.physicsEnabled && rows.length + picture.ties.length + picture.bundles.length > HEAVY;
  const isDrawn = (row) => visible.has(row);
  // Where an organisation stands in the layout, drawn or not.
  const position = (row) => (network.body.nodes[row.id] ? network.getPosition(row.id) : Looks.turned({ x: row.node.x ?? 0, y: row.node.y ?? 0 }));

  const drawBehind = (context) => {
    if (writing) return;
    if (network.physics.physicsEnabled || Model.payload.options.interaction?.dragNodes) Hulls.trace(picture, visible);
    Hulls.paint(context, network.getScale());
    drawHalo(context);
  };

  // Over the white discs that vis-network drew: the parts of each sector, and how many organisations.
  const drawFolds = (context, places) => {
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const fold of picture.folds) {
      if (!places.has(fold)) continue;
      const { x, y, radius } = places.get(fold);
      context.globalAlpha = lit.size && !lit.has(fold) ? 0.3 : 1;
      Folds.paint(context, fold.members, x, y, radius);
      if (radius < 13) continue;
      context.font = `${Math.min(13, radius * 0.62)}px ${FONT}`;
      context.fillStyle = "#1b1f24";
      context.fillText(fold.members.length.toLocaleString(Words.language()), x, y);
    }
    context.globalAlpha = 1;
    context.textBaseline = "alphabetic";
  };

  const drawHalo = (context) => {
    const chosen = state.tie ? state.tie.ends : [state.organization, state.to];
    for (const row of chosen) {
      if (!row || !visible.has(row)) continue;
      const place = network.getPosition(row.id);
      const scale = network.getScale();
      context.beginPath();
      context.arc(place.x, place.y, sizeOf(row) * 1.25 + 5 / scale, 0, 2 * Math.PI);
      context.fillStyle = "#ffe08a";
      context.fill();
      context.lineWidth = 2 / scale;
      context.strokeStyle = "#1b1f24";
      context.stroke();
    }
  };

  const drawLabels = (context) => {
    if (writing) return;
    const ratio = context.canvas.width / context.canvas.clientWidth;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    context.lineJoin = "round";
    const { clientWidth: width, clientHeight: height } = context.canvas;
    const all = network.getScale() >= CLOSE_UP;
    const sheet = Labels.start(context);
    const places = new Map();
    for (const unit of [...picture.folds, ...rows]) {
      const place = onScreen(unit);
      if (isOff(place, width, height)) continue;
      places.set(unit, place);
      if (place.radius > 4) sheet.block(place, unit);
    }
    drawFolds(context, places);
    for (const { community, x, top, bottom } of Hulls.names()) {
      const [above, below] = [top, bottom].map((y) => network.canvasToDOM({ x, y }));
      sheet.head(community.id, Words.of(community), above.x, above.y, below.y);
    }
    for (const fold of named(picture.folds)) if (places.has(fold)) sheet.put(fold, foldName(fold), places.get(fold), {});
    for (const row of wanted(all)) {
      if (!places.has(row) || Looks.holdsLabel(row)) continue;
      const bold = row === state.organization || row === hovered || Boolean(state.tie?.ends.includes(row));
      const faint = Boolean(near.size) && !near.has(row) && !bold;
      sheet.put(row, Words.of(row), places.get(row), { bold, faint, force: all || row === hovered || row === state.organization });
    }
    drawn = sheet.drawn;
    context.restore();
  };

  // Whose labels are drawn, the most important first.
  const wanted = (all) => {
    const first = [hovered, state.organization, state.to, ...(state.tie?.ends ?? [])].filter(Boolean);
    const close = rows.filter((row) => near.has(row));
    // From afar, where shapes are dots, only the hubs: more would hide the picture.
    const legible = (row, turn) => all || turn < 30 || sizeOf(row) * network.getScale() > 2.2;
    const rest = near.size && !all ? [] : rows.filter(legible);
    return new Set([...first, ...close, ...rest]);
  };
  // Beside a choice only the communities that belong to it are named, so that names tell something.
  const named = (folds) => folds.filter((fold) => !lit.size || lit.has(fold)).sort((one, two) => two.members.length - one.members.length);

  const foldName = (fold) => (fold.id === picture.open?.id ? Words.word("notDrawn") : fold.name());
  const isOff = ({ x, y, radius }, width, height) => x < -60 - radius || x > width + 60 + radius || y < -20 - radius || y > height + 20 + radius;

  // Show a state: leave out what is filtered out, fade what does not belong to the choice.
  const show = (next) => {
    state = next;
    picture = next.picture;
    near = Looks.near(state);
    lit = new Set(picture.folded ? [...near].map(picture.unitOf) : near);
    visible = new Set(picture.organizations.filter((row) => state.shownOrganizations.has(row)));
    rows = Sizes.ranked().filter((row) => visible.has(row));
    if (hovered && !visible.has(hovered)) hovered = null;
    glide.end();
    writing = true;
    Looks.write(nodes, written.nodes, Looks.nodes(state, near));
    Looks.write(edges, written.edges, Looks.edges(state, near));
    writing = false;
    Hulls.trace(picture, visible);
    network.redraw();
  };

  const moving = (animate) => (animate && !calm.matches ? { duration: 260, easingFunction: "easeInOutQuad" } : false);
  // The part of the map's box that no panel lies over.
  const freeArea = () => {
    const whole = box.getBoundingClientRect();
    const panel = document.getElementById("panel").getBoundingClientRect();
    const free = { left: whole.left, top: whole.top, right: whole.right, bottom: whole.bottom };
    const over = panel.width && panel.left < whole.right && panel.top < whole.bottom && panel.right > whole.left;
    if (over && panel.left > whole.left + 40) free.right = panel.left;
    else if (over) free.bottom = panel.top;
    return { width: free.right - free.left, height: free.bottom - free.top, x: (free.left + free.right - whole.left - whole.right) / 2, y: (free.top + free.bottom - whole.top - whole.bottom) / 2 };
  };

  // Bring organisations into view with room for their labels.
  const frame = (units, closest, animate) => {
    if (!units.length) return;
    const places = units.map((unit) => ({ ...network.getPosition(idOf(unit)), radius: unit.isFold ? unit.radius : 0 }));
    const span = (axis) => [Math.min(...places.map((place) => place[axis] - place.radius)), Math.max(...places.map((place) => place[axis] + place.radius))];
    const [[left, right], [top, bottom]] = [span("x"), span("y")];
    const area = freeArea();
    const scale = Math.min(closest, Math.max(area.width - Math.min(110, area.width * 0.2), 60) / (right - left + 1), Math.max(area.height - 76, 60) / (bottom - top + 1));
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, offset: { x: area.x, y: area.y - 8 }, animation: moving(animate) });
  };
  const fit = (animate = true) => {
    untouched = true;
    const own = picture.open ? rows.filter((row) => Folds.homeOf(row) === picture.open) : [];
    const left = picture.folds.filter((fold) => fold.id === picture.open?.id); // those too many to be drawn
    frame(own.length ? [...own, ...left] : [...rows, ...picture.folds], 1.6, animate);
  };
  // Show what is chosen with all its partners, unless they are in view and legible already.
  const focus = (animate = true) => {
    const area = freeArea();
    const middle = { x: box.clientWidth / 2 + area.x, y: box.clientHeight / 2 + area.y };
    const units = state.bundle ? state.bundle.ends : rows.filter((row) => near.has(row));
    const inView = units.map(onScreen).every((place) => Math.abs(place.x - middle.x) < area.width / 2 - 20 && Math.abs(place.y - middle.y) < area.height / 2 - 20);
    if (inView && network.getScale() >= 0.6) return;
    untouched = false;
    frame(units, 1.2, animate);
  };
  const zoom = (factor) => {
    untouched = false;
    const before = network.getScale();
    const scale = Math.min(Math.max(before * factor, 0.05), 8);
    const centre = network.getViewPosition();
    // What is chosen stays where it is; without a choice, the middle does.
    const still = visible.has(state.organization) ? network.getPosition(state.organization.id) : centre;
    const shifted = (axis) => still[axis] + ((centre[axis] - still[axis]) * before) / scale;
    network.moveTo({ scale, position: { x: shifted("x"), y: shifted("y") } });
  };
  const pan = (right, down) => {
    untouched = false;
    const centre = network.getViewPosition();
    const step = 80 / network.getScale();
    if (isHeavy()) glide.move();
    network.moveTo({ position: { x: centre.x + right * step, y: centre.y + down * step } });
  };
  const redraw = () => network.redraw();
  const rename = () => {
    box.querySelector(".vis-network").setAttribute("aria-label", Words.word("mapLabel"));
    network.redraw();
  };

  // The picture drawn anew with more dots than the screen has, for paper and for files.
  const sharp = (factor) => {
    const canvas = box.querySelector("canvas");
    glide.end();
    Object.assign(canvas, { width: canvas.clientWidth * factor, height: canvas.clientHeight * factor });
    network.canvas.pixelRatio = factor;
    network.renderer._redraw(); // redraw() would first set the size back to the screen's
    const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    copy.getContext("2d").drawImage(canvas, 0, 0);
    network.redraw();
    return copy;
  };

  // The same picture as places on the screen, for a drawing of lines and words.
  const capture = () => {
    const at = (point) => network.canvasToDOM(point);
    const way = (tie) => {
      const via = network.body.edges[tie.edge.id].edgeType.getViaNode?.();
      const [from, to] = [tie.edge.from, tie.edge.to].map((id) => at(network.getPosition(id)));
      return { from, to, via: via?.x === undefined ? null : at(via) };
    };
    const corners = Hulls.shapes().map((hull) => hull.corners.map(at));
    const bundles = [...Looks.bundles(picture)].map(([bundle, look]) => ({ ...bundle, look }));
    return {
      organizations: picture.organizations.filter(isDrawn), folds: picture.folds, ties: picture.ties.filter((tie) => state.shownTies.has(tie)), bundles,
      width: box.clientWidth, height: box.clientHeight, place: onScreen, way, hulls: { width: 2 * Hulls.PAD * network.getScale(), corners }, labels: [...drawn] };
  };

  return {
    start, sharp, picture: capture, show, fit, focus, zoom, pan, redraw, rename, FONT,
    place: (row) => onScreen(row),
    position,
    isDrawn,
    drawnNodes: () => Object.keys(network.body.nodes).length,
    drawnEdges: () => Object.keys(network.body.edges).length,
    scale: () => network.getScale(),
    moving: () => network.physics.physicsEnabled,
    labels: () => drawn.filter((label) => label.kind === "organization").map((label) => label.id),
    folds: () => picture.folds.map((fold) => fold.id),
    foldPlace: (id) => onScreen(picture.folds.find((fold) => fold.id === id)),
    hulls: () => drawn.filter((label) => label.kind === "hull").map((label) => label.id),
  };
})();
