"use strict";

// The picture: vis-network draws nodes and ties, this draws the labels, which keep their size on the
// screen, give way to one another, and begin with the hubs.
const View = (() => {
  const FONT = getComputedStyle(document.body).fontFamily;
  const INSIDE = new Set(["box", "circle", "ellipse", "text", "database"]); // shapes that hold their label
  const LABEL = { size: 12.5, line: 15, width: 132, halo: 3.5 };
  const CLOSE_UP = 1.7;
  const DIM = 0.13;
  const box = document.getElementById("map");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const grown = box.clientWidth < 600 ? 1.4 : 1; // on a small screen, so that shapes can be told apart
  let network;
  let nodes;
  let edges;
  let state = { shownOrganizations: new Set(), shownTies: new Set(), organization: null, tie: null, to: null, way: null };
  let near = new Set();
  let hovered = null;
  let drawn = [];
  let untouched = true;
  const lines = new Map();

  const sizeOf = (row) => Sizes.of(row) * grown;
  const nodeFor = (row) => ({ ...row.node, size: sizeOf(row), label: INSIDE.has(row.node.shape) ? Words.of(row) : undefined });

  // On an upright screen the picture is laid on its other side.
  const turned = (node) => ({ ...node, x: node.y, y: node.x });

  const start = (onChoose) => {
    const upright = box.clientHeight > box.clientWidth * 1.2;
    nodes = new vis.DataSet(Model.organizations.map(nodeFor).map((node) => (upright ? turned(node) : node)));
    edges = new vis.DataSet(Model.ties.map((tie) => tie.edge));
    const options = structuredClone(Model.payload.options);
    if (options.configure?.enabled) options.configure.container = document.getElementById("filters");
    network = new vis.Network(box, { nodes, edges }, options);
    const frame = box.querySelector(".vis-network");
    frame.setAttribute("role", "application");
    // pyvis lets physics run for ever; here it may find a place to rest, and then it is over.
    network.on("stabilized", () => network.setOptions({ physics: { enabled: false } }));
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
    if (node !== undefined) return [Model.byId.get(node), null];
    const reach = event?.pointerType === "touch" ? 20 : 6;
    let best = null;
    for (const row of state.shownOrganizations) {
      const place = onScreen(row);
      const far = Math.hypot(place.x - point.x, place.y - point.y) - place.radius;
      if (far < reach && (!best || far < best.far)) best = { row, far };
    }
    if (best) return [best.row, null];
    const edge = network.getEdgeAt(point);
    return edge === undefined ? [null, null] : [null, Model.ties.find((tie) => tie.edge.id === edge)];
  };

  const onScreen = (row) => {
    const place = network.canvasToDOM(network.getPosition(row.id));
    return { ...place, radius: sizeOf(row) * network.getScale() };
  };

  const drawBehind = (context) => {
    Hulls.paint(context, state.shownOrganizations, network.getScale());
    drawHalo(context);
  };

  const drawHalo = (context) => {
    const chosen = state.tie ? state.tie.ends : [state.organization, state.to];
    for (const row of chosen) {
      if (!row || !state.shownOrganizations.has(row)) continue;
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

  // Break a name into at most two lines; a third would hide what lies below.
  const wrap = (context, text) => {
    if (lines.has(text)) return lines.get(text);
    const fits = (part) => context.measureText(part).width <= LABEL.width;
    const result = [""];
    for (const word of text.split(/(?<=\s)/)) {
      const line = result[result.length - 1];
      if (line && !fits(line + word.trimEnd()) && result.length < 2) result.push(word);
      else result[result.length - 1] = line + word;
    }
    const cut = result.map((line) => {
      let end = line.trimEnd();
      if (fits(end)) return end;
      while (end && !fits(`${end}…`)) end = end.slice(0, -1);
      return `${end}…`;
    });
    lines.set(text, cut);
    return cut;
  };

  const drawLabels = (context) => {
    const ratio = context.canvas.width / context.canvas.clientWidth;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textAlign = "center";
    context.textBaseline = "alphabetic";
    context.lineJoin = "round";
    const { clientWidth: width, clientHeight: height } = context.canvas;
    const all = network.getScale() >= CLOSE_UP;
    const taken = new Boxes();
    const places = new Map();
    for (const row of state.shownOrganizations) {
      const place = onScreen(row);
      if (place.x < -60 || place.x > width + 60 || place.y < -20 || place.y > height + 20) continue;
      places.set(row, place);
      if (place.radius > 4) taken.add(place.x - place.radius, place.y - place.radius, place.x + place.radius, place.y + place.radius, row);
    }
    drawn = [];
    for (const hull of Hulls.names(state.shownOrganizations)) drawHullName(context, hull, taken);
    for (const row of wanted(all)) {
      const place = places.get(row);
      if (place && !INSIDE.has(row.node.shape)) drawLabel(context, row, place, taken, all || row === hovered || row === state.organization);
    }
    context.restore();
  };

  // Whose labels are drawn, the most important first.
  const wanted = (all) => {
    const first = [hovered, state.organization, state.to, ...(state.tie?.ends ?? [])].filter(Boolean);
    const ranked = Sizes.ranked();
    const close = ranked.filter((row) => near.has(row));
    // From afar, where shapes are dots, only the hubs: more would hide the picture.
    const legible = (row, turn) => all || turn < 30 || sizeOf(row) * network.getScale() > 2.2;
    const rest = near.size && !all ? [] : ranked.filter((row) => state.shownOrganizations.has(row)).filter(legible);
    return new Set([...first, ...close, ...rest]);
  };

  const drawHullName = (context, { community, x, top: above, bottom: below }, taken) => {
    const [{ x: middle, y: over }, { y: under }] = [above, below].map((y) => network.canvasToDOM({ x, y }));
    const text = Words.of(community);
    context.font = `italic ${LABEL.size - 1}px ${FONT}`;
    const wide = context.measureText(text).width / 2 + 4;
    const top = [over - LABEL.line - 2, under + 2].find((spot) => taken.free(middle - wide, spot, middle + wide, spot + LABEL.line, null));
    if (top === undefined) return;
    taken.add(middle - wide, top, middle + wide, top + LABEL.line, null);
    drawn.push({ id: community.id, lines: [text], x: middle, y: top + LABEL.line * 0.8, line: LABEL.line, bold: false, hull: true });
    context.lineWidth = LABEL.halo;
    context.strokeStyle = "rgb(255 255 255 / 90%)";
    context.strokeText(text, middle, top + LABEL.line * 0.8);
    context.fillStyle = "#57606a";
    context.fillText(text, middle, top + LABEL.line * 0.8);
  };

  const drawLabel = (context, row, place, taken, force) => {
    const bold = row === state.organization || row === hovered || state.tie?.ends.includes(row);
    context.font = `${bold ? "700 " : ""}${LABEL.size}px ${FONT}`;
    const text = wrap(context, Words.of(row));
    const wide = Math.max(...text.map((line) => context.measureText(line).width)) / 2 + 2;
    const tall = text.length * LABEL.line;
    const { x, y, radius } = place;
    const spots = [[x, y + radius + 3], [x, y - radius - tall - 3], [x + radius + wide + 3, y - tall / 2], [x - radius - wide - 3, y - tall / 2]];
    const onPage = ([middle, top]) => middle > wide && middle < context.canvas.clientWidth - wide && top > 0 && top + tall < context.canvas.clientHeight;
    const free = spots.find((spot) => onPage(spot) && taken.free(spot[0] - wide, spot[1], spot[0] + wide, spot[1] + tall, row));
    if (!free && !force) return;
    const [middle, top] = free ?? spots[0];
    taken.add(middle - wide, top, middle + wide, top + tall, null);
    drawn.push({ id: row.id, lines: text, x: middle, y: top + LABEL.line * 0.8, line: LABEL.line, bold });
    const faint = near.size && !near.has(row) && !bold;
    text.forEach((line, at) => {
      const base = top + LABEL.line * (at + 0.8);
      context.lineWidth = LABEL.halo;
      context.strokeStyle = "rgb(255 255 255 / 90%)";
      context.strokeText(line, middle, base);
      context.fillStyle = faint ? "#8b949e" : "#1b1f24";
      context.fillText(line, middle, base);
    });
  };

  // Rectangles on the screen that labels must not cover.
  class Boxes {
    #cells = new Map();

    * #under(left, top, right, bottom) {
      for (let x = Math.floor(left / 80); x <= right / 80; x += 1)
        for (let y = Math.floor(top / 40); y <= bottom / 40; y += 1) yield `${x},${y}`;
    }

    free(left, top, right, bottom, owner) {
      for (const cell of this.#under(left, top, right, bottom))
        for (const other of this.#cells.get(cell) ?? [])
          if (other.owner !== owner && left < other.right && right > other.left && top < other.bottom && bottom > other.top) return false;
      return true;
    }

    add(left, top, right, bottom, owner) {
      for (const cell of this.#under(left, top, right, bottom)) {
        if (!this.#cells.has(cell)) this.#cells.set(cell, []);
        this.#cells.get(cell).push({ left, top, right, bottom, owner });
      }
    }
  }

  const neighbourhood = () => {
    if (state.way) return state.way.organizations;
    if (state.tie) return new Set(state.tie.ends);
    if (!state.organization) return new Set();
    const ties = state.organization.ties.filter((tie) => state.shownTies.has(tie));
    return new Set([state.organization, ...ties.flatMap((tie) => tie.ends)]);
  };

  const inkFor = (tie, faint) => {
    const ink = Subjects.change(tie)?.color ?? tie.edge.color ?? tie.kind.color;
    const whole = typeof ink === "string" ? { color: ink, highlight: ink, hover: ink, inherit: false } : ink;
    return { ...whole, opacity: faint ? DIM : whole.opacity ?? 1 };
  };

  const dashesOf = (tie) => {
    const change = Subjects.change(tie);
    return change ? (change.dashes.length ? change.dashes : false) : tie.edge.dashes ?? false;
  };

  // Show a state: hide what is filtered out, fade what does not belong to the choice.
  const show = (next) => {
    state = next;
    near = neighbourhood();
    const lit = (tie) => (state.way ? state.way.ties.has(tie) : state.tie ? tie === state.tie : tie.ends.includes(state.organization));
    nodes.update(Model.organizations.map((row) => ({
      id: row.id, size: sizeOf(row), hidden: row.node.hidden || !state.shownOrganizations.has(row), opacity: near.size && !near.has(row) ? 0.18 : row.node.opacity ?? 1,
    })));
    edges.update(Model.ties.map((tie) => ({
      id: tie.edge.id, hidden: tie.edge.hidden || !state.shownTies.has(tie), color: inkFor(tie, near.size && !lit(tie)),
      width: (Subjects.change(tie)?.width ?? tie.edge.width ?? 1) + (near.size && lit(tie) ? 1 : 0),
      dashes: dashesOf(tie),
    })));
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
  const frame = (rows, closest, animate) => {
    if (!rows.length) return;
    const places = Object.values(network.getPositions(rows.map((row) => row.id)));
    const span = (axis) => [Math.min(...places.map((place) => place[axis])), Math.max(...places.map((place) => place[axis]))];
    const [[left, right], [top, bottom]] = [span("x"), span("y")];
    const area = freeArea();
    const scale = Math.min(closest, Math.max(area.width - Math.min(110, area.width * 0.2), 60) / (right - left + 1), Math.max(area.height - 76, 60) / (bottom - top + 1));
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, offset: { x: area.x, y: area.y - 8 }, animation: moving(animate) });
  };
  const fit = (animate = true) => {
    untouched = true;
    frame([...state.shownOrganizations], 1.6, animate);
  };
  // Show what is chosen with all its partners, unless they are in view and legible already.
  const focus = (animate = true) => {
    const area = freeArea();
    const middle = { x: box.clientWidth / 2 + area.x, y: box.clientHeight / 2 + area.y };
    const inView = [...near].map(onScreen).every((place) => Math.abs(place.x - middle.x) < area.width / 2 - 20 && Math.abs(place.y - middle.y) < area.height / 2 - 20);
    if (inView && network.getScale() >= 0.6) return;
    untouched = false;
    frame([...near], 1.2, animate);
  };
  const zoom = (factor) => {
    untouched = false;
    const before = network.getScale();
    const scale = Math.min(Math.max(before * factor, 0.05), 8);
    const centre = network.getViewPosition();
    // What is chosen stays where it is; without a choice, the middle does.
    const still = state.organization ? network.getPosition(state.organization.id) : centre;
    const shifted = (axis) => still[axis] + ((centre[axis] - still[axis]) * before) / scale;
    network.moveTo({ scale, position: { x: shifted("x"), y: shifted("y") } });
  };
  const pan = (right, down) => {
    untouched = false;
    const centre = network.getViewPosition();
    const step = 80 / network.getScale();
    network.moveTo({ position: { x: centre.x + right * step, y: centre.y + down * step } });
  };
  const redraw = () => network.redraw();
  const rename = () => {
    nodes.update(Model.organizations.filter((row) => INSIDE.has(row.node.shape)).map(({ id, ...row }) => ({ id, label: Words.of(row) })));
    box.querySelector(".vis-network").setAttribute("aria-label", Words.word("mapLabel"));
    network.redraw();
  };

  // The picture drawn anew with more dots than the screen has, for paper and for files.
  const sharp = (factor) => {
    const canvas = box.querySelector("canvas");
    Object.assign(canvas, { width: canvas.clientWidth * factor, height: canvas.clientHeight * factor });
    network.canvas.pixelRatio = factor;
    network.renderer._redraw(); // redraw() would first set the size back to the screen's
    const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    copy.getContext("2d").drawImage(canvas, 0, 0);
    network.redraw();
    return copy;
  };

  // The same picture as places on the screen, for a drawing of lines and words.
  const picture = () => {
    const at = (point) => network.canvasToDOM(point);
    const way = (tie) => {
      const via = network.body.edges[tie.edge.id].edgeType.getViaNode?.();
      const [from, to] = [tie.edge.from, tie.edge.to].map((id) => at(network.getPosition(id)));
      return { from, to, via: via?.x === undefined ? null : at(via) };
    };
    const corners = Hulls.shapes(state.shownOrganizations).map((hull) => hull.corners.map(at));
    return { width: box.clientWidth, height: box.clientHeight, place: onScreen, way, hulls: { width: 2 * Hulls.PAD * network.getScale(), corners }, labels: [...drawn] };
  };

  return {
    start, sharp, picture, show, fit, focus, zoom, pan, redraw, rename, FONT,
    place: (row) => onScreen(row),
    position: (row) => network.getPosition(row.id),
    drawnNodes: () => Object.keys(network.body.nodes).length,
    drawnEdges: () => Object.keys(network.body.edges).length,
    scale: () => network.getScale(),
    moving: () => network.physics.physicsEnabled,
    labels: () => drawn.filter((label) => !label.hull).map((label) => label.id),
    hulls: () => drawn.filter((label) => label.hull).map((label) => label.id),
  };
})();
