"use strict";

// Communities as pale hulls behind the picture, each with its name at its edge.
const Hulls = (() => {
  const PAD = 24;
  const LEAST = 3;
  let on = true;

  const cross = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  // The convex hull of points (Andrew's monotone chain).
  const wrap = (points) => {
    const sorted = [...points].sort((one, two) => one.x - two.x || one.y - two.y);
    const half = (list) => {
      const chain = [];
      for (const point of list) {
        while (chain.length > 1 && cross(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
        chain.push(point);
      }
      return chain.slice(0, -1);
    };
    return [...half(sorted), ...half(sorted.reverse())];
  };

  let traced = [];

  // Find the hulls of what is drawn, in the units of the layout; of folded communities only the open one.
  const trace = (picture, drawn) => {
    const wanted = picture.folded ? Model.communities.filter((one) => one === picture.open?.community) : Model.communities;
    traced = !on ? [] : wanted
      .map((community) => ({ community, members: community.members.filter((row) => drawn.has(row)) }))
      .filter(({ members }) => members.length >= LEAST)
      .map(({ community, members }) => ({ community, corners: wrap(members.map(View.position)) }));
  };

  const paint = (context, scale) => {
    for (const { corners } of traced) {
      context.beginPath();
      corners.forEach(({ x, y }) => context.lineTo(x, y));
      context.closePath();
      // A broad line around the hull keeps it clear of its members.
      context.lineJoin = "round";
      context.lineWidth = 2 * PAD + 2 / scale;
      context.strokeStyle = "#cfd6de";
      context.stroke();
      context.lineWidth = 2 * PAD;
      context.strokeStyle = "#f1f4f7";
      context.stroke();
      context.fillStyle = "#f1f4f7";
      context.fill();
    }
  };

  // Where names may stand: above or below each hull.
  const names = () =>
    traced.map(({ community, corners }) => {
      const [xs, ys] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
      return { community, x: (Math.min(...xs) + Math.max(...xs)) / 2, top: Math.min(...ys) - PAD, bottom: Math.max(...ys) + PAD };
    });

  const render = (onChange) => {
    if (!Model.communities.length) return [];
    const onchange = (event) => { on = event.target.checked; onChange(); };
    return [Build.element("label", {}, Build.element("input", { type: "checkbox", id: "hulls", checked: on, onchange }), Build.element("span", {}, Words.word("communities"))), ...ring()];
  };

  // What the rings of folded communities say.
  const ring = () => {
    if (!Folds.isLarge) return [];
    const symbol = Build.symbol(20, (context) => Folds.paint(context, Model.organizations, 10, 9, 8));
    return [Build.element("div", { className: "mark" }, symbol, Words.word("ringMark"))];
  };

  return { PAD, shapes: () => traced, trace, paint, names, render, isOn: () => on, set: (value) => { on = value; } };
})();
