"use strict";

// The picture as SVG, for print shops and slides: what is on the screen, with legend and source.
const Vector = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const LEGEND = { row: 22, top: 16, left: 14 };

  // The outlines are those that vis-network draws.
  const ring = (count, radius) => Array.from({ length: count }, (_, at) => [radius * Math.cos((at * 2 * Math.PI) / count), radius * Math.sin((at * 2 * Math.PI) / count)]);
  const pointed = (radius, up) => {
    const side = radius * 1.15 * 2;
    const [inner, height] = [(Math.sqrt(3) / 6) * side, (Math.sqrt(3) / 2) * side];
    const shift = 0.275 * radius * 1.15;
    return [[0, -(height - inner)], [side / 2, inner], [-side / 2, inner]].map(([x, y]) => [x, up * y + up * shift]);
  };
  const CORNERS = {
    square: (radius) => [[-radius, -radius], [radius, -radius], [radius, radius], [-radius, radius]],
    diamond: (radius) => ring(4, radius), hexagon: (radius) => ring(6, radius),
    triangle: (radius) => pointed(radius, 1), triangleDown: (radius) => pointed(radius, -1),
  };
  const round = (value) => Math.round(value * 100) / 100;

  const drawShape = (add, parent, shape, x, y, radius, style) => {
    if (!CORNERS[shape]) return add(parent, "circle", { cx: round(x), cy: round(y), r: round(radius), ...style });
    const points = CORNERS[shape](radius).map(([across, down]) => `${round(x + across)},${round(y + down)}`).join(" ");
    return add(parent, "polygon", { points, ...style });
  };

  const strokeOf = (kind, width) => ({ fill: "none", stroke: kind.color, "stroke-width": round(width), ...(kind.dashes.length ? { "stroke-dasharray": kind.dashes.join(" ") } : {}) });

  const drawHulls = (add, top, picture) => {
    const group = add(top, "g", { fill: "#f1f4f7", stroke: "#f1f4f7", "stroke-linejoin": "round", "stroke-width": round(picture.hulls.width) });
    for (const corners of picture.hulls.corners) add(group, "polygon", { points: corners.map(({ x, y }) => `${round(x)},${round(y)}`).join(" ") });
  };

  const drawTies = (add, top, state, picture) => {
    const group = add(top, "g");
    for (const bundle of picture.bundles) {
      const { from, to } = picture.way(bundle);
      const { look } = bundle;
      const path = add(group, "path", { d: `M${round(from.x)} ${round(from.y)} L${round(to.x)} ${round(to.y)}`, ...strokeOf({ ...look, dashes: look.dashes || [] }, look.width * View.scale()), opacity: round(look.opacity) });
      add(path, "title", {}, `${bundle.ends.map((end) => (end.isFold ? end.name() : Words.of(end))).join(" – ")}: ${bundle.ties.length}`);
    }
    for (const tie of picture.ties) {
      const { from, via, to } = picture.way(tie);
      const bend = via ? `Q${round(via.x)} ${round(via.y)} ` : "L";
      const path = add(group, "path", { d: `M${round(from.x)} ${round(from.y)} ${bend}${round(to.x)} ${round(to.y)}`, ...strokeOf(Subjects.change(tie) ?? { ...tie.kind, color: tie.edge.color ?? tie.kind.color }, Subjects.change(tie)?.width ?? tie.edge.width ?? 1) });
      add(path, "title", {}, tie.ends.map((end) => Words.of(end)).join(" – "));
    }
  };

  const drawFold = (add, parent, fold, { x, y, radius }) => {
    const made = add(parent, "g", { fill: "none", "stroke-width": round(radius * 0.28) });
    add(made, "title", {}, `${fold.name()}: ${fold.members.length}`);
    add(made, "circle", { cx: round(x), cy: round(y), r: round(radius), fill: "#fff", stroke: "none" });
    const parts = Folds.arcs(fold.members);
    for (const { color, from, to } of parts) {
      const at = (angle) => `${round(x + radius * 0.86 * Math.cos(angle))} ${round(y + radius * 0.86 * Math.sin(angle))}`;
      const far = round(radius * 0.86);
      if (parts.length === 1) add(made, "circle", { cx: round(x), cy: round(y), r: far, stroke: color });
      else add(made, "path", { d: `M${at(from)}A${far} ${far} 0 ${to - from > Math.PI ? 1 : 0} 1 ${at(to)}`, stroke: color });
    }
  };

  const drawNodes = (add, top, state, picture) => {
    const group = add(top, "g");
    for (const fold of picture.folds) drawFold(add, group, fold, picture.place(fold));
    for (const row of picture.organizations) {
      const { x, y, radius } = picture.place(row);
      const look = { fill: row.node.color?.background ?? row.sector.look.color, stroke: row.node.color?.border ?? "#fff", "stroke-width": row.node.borderWidth ?? 1 };
      if (row.group) look["stroke-dasharray"] = "4 2.5";
      add(drawShape(add, group, row.node.shape, x, y, radius, look), "title", {}, Words.of(row));
    }
  };

  const drawLabels = (add, top, picture) => {
    const group = add(top, "g", { "text-anchor": "middle", "font-size": 12.5, "paint-order": "stroke", stroke: "#fff", "stroke-width": 3, "stroke-linejoin": "round", fill: "#1b1f24" });
    for (const label of picture.labels) {
      const text = add(group, "text", label.bold ? { "font-weight": 700 } : {});
      label.lines.forEach((line, at) => add(text, "tspan", { x: round(label.x), y: round(label.y + at * label.line) }, line));
    }
  };

  const drawLegend = (add, top, width, height, notes) => {
    const group = add(top, "g", { "font-size": 12, fill: "#1b1f24" });
    let [x, y] = [LEGEND.left, height + LEGEND.top];
    const put = (mark, text, paint) => {
      const wide = mark + Picture.widthOf(text) + 22;
      if (x > LEGEND.left && x + wide > width) [x, y] = [LEGEND.left, y + LEGEND.row];
      paint?.(x, y);
      add(group, "text", { x: round(x + mark), y: y + 4 }, text);
      x += wide;
    };
    for (const sector of Model.sectors) put(18, Words.of(sector), (at, down) => drawShape(add, group, sector.look.shape, at + 6, down, 6, { fill: sector.look.color }));
    for (const kind of Model.kinds) put(38, Words.word(kind.id), (at, down) => add(group, "path", { d: `M${round(at)} ${down}h30`, ...strokeOf(kind, kind.width) }));
    for (const note of notes) put(0, note);
    return y + LEGEND.row;
  };

  const draw = (state, notes) => {
    const picture = View.picture();
    const { width, height } = picture;
    const { top, add, write } = Files.tree(SVG, "svg");
    const title = Words.of(Model.meta, "title_");
    add(top, "title", {}, title);
    const back = add(top, "rect", { width: "100%", height: "100%", fill: "#fff" });
    add(top, "text", { x: LEGEND.left, y: 28, "font-size": 19, "font-weight": 700 }, title);
    const map = add(top, "svg", { y: 42, width, height });
    drawHulls(add, map, picture);
    drawTies(add, map, state, picture);
    drawNodes(add, map, state, picture);
    drawLabels(add, map, picture);
    const bottom = drawLegend(add, top, width, height + 42, notes);
    back.setAttribute("height", bottom);
    for (const [key, value] of Object.entries({ width, height: bottom, viewBox: `0 0 ${width} ${bottom}`, "font-family": View.FONT, role: "img" })) top.setAttribute(key, value);
    return write();
  };

  return { draw };
})();
