"use strict";

// The map itself: shades, strands between districts, marks; sizes stay as one zooms.
const Drawing = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const CLASSES = [[1, 1], [2, 3], [4, 7], [8, 15], [16, Infinity]];
  const SMALLEST = 500;
  const map = document.getElementById("map");
  const find = (id) => document.getElementById(id);
  const outlines = new Map([...map.querySelectorAll(".district")].map((path) => [path.dataset.code, path]));
  const whole = map.getAttribute("viewBox").split(" ").map(Number);
  let frame = whole;
  let last;

  const make = (name, attributes, ...children) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  const classOf = (number) => CLASSES.findIndex(([low, high]) => number >= low && number <= high) + 1;
  const scale = () => Math.max(frame[2] / (map.clientWidth || 1), frame[3] / (map.clientHeight || 1));
  // Seen from afar marks are smaller, or those of one city would hide each other.
  const radius = (number) => Math.min(30, 8 + 2.6 * Math.sqrt(number)) * (scale() > 6 ? 0.65 : 1);

  // ---- what is looked at

  const bounds = (boxes, by) => {
    const left = Math.min(...boxes.map((box) => box.x));
    const top = Math.min(...boxes.map((box) => box.y));
    const width = Math.max(...boxes.map((box) => box.x + box.width)) - left;
    const height = Math.max(...boxes.map((box) => box.y + box.height)) - top;
    const [wide, high] = [Math.max(width * by, SMALLEST), Math.max(height * by, SMALLEST)];
    return [left + width / 2 - wide / 2, top + height / 2 - high / 2, wide, high];
  };

  // A province of which no district is known stands at its own point, or in its nearest district
  // where nobody is, so that one that lies far off does not make everything small.
  const settle = () => {
    const closer = Districts.areas.filter((area) => outlines.has(area.code));
    if (!closer.length) return whole;
    const frame = bounds(closer.map((area) => outlines.get(area.code).getBBox()), 1.15);
    const [x, y] = [frame[0] + frame[2] / 2, frame[1] + frame[3] / 2];
    const taken = new Set(closer.map((area) => area.code));
    for (const area of Districts.areas.filter((known) => known.isSido)) {
      if (area.x > frame[0] && area.x < frame[0] + frame[2] && area.y > frame[1] && area.y < frame[1] + frame[3]) continue;
      const free = [...outlines].filter(([code]) => code.startsWith(area.code) && !taken.has(code));
      const middles = free.map(([, path]) => path.getBBox()).map((box) => [box.x + box.width / 2, box.y + box.height / 2]);
      middles.sort((one, two) => Math.hypot(one[0] - x, one[1] - y) - Math.hypot(two[0] - x, two[1] - y));
      if (middles.length) [area.x, area.y] = middles[0];
    }
    const marks = Districts.areas.map((area) => ({ x: area.x - 60, y: area.y - 60, width: 120, height: 120 }));
    return bounds([...closer.map((area) => outlines.get(area.code).getBBox()), ...marks], 1.1);
  };
  const home = settle();

  const look = (next) => {
    frame = next;
    map.setAttribute("viewBox", frame.map((value) => value.toFixed(1)).join(" "));
    for (const text of find("names").children) text.setAttribute("font-size", 13 * scale());
    if (last) draw(last);
  };

  const zoom = (factor) => {
    const [x, y, width, height] = frame;
    const wide = Math.min(Math.max(width * factor, SMALLEST / 4), whole[2] * 1.5);
    const high = (height * wide) / width;
    look([x + (width - wide) / 2, y + (height - high) / 2, wide, high]);
  };

  const move = (across, down) => look([frame[0] - across * scale(), frame[1] - down * scale(), frame[2], frame[3]]);

  // ---- strands: one per kind, side by side, and a broad one that is easy to hit

  const drawLine = (line, placed, state, unit) => {
    const [one, two] = line.areas.map((area) => ({ ...area, ...(placed.get(area) ?? { x: area.x / unit, y: area.y / unit }) }));
    for (const end of [one, two]) [end.x, end.y] = [end.x * unit, end.y * unit];
    const length = Math.hypot(two.x - one.x, two.y - one.y) || 1;
    const [across, down] = [(two.y - one.y) / length, (one.x - two.x) / length];
    const strands = Districts.tally(line.ties);
    const widths = strands.map(([, number]) => Math.min(12, 1 + 1.3 * Math.sqrt(number)));
    const total = widths.reduce((sum, width) => sum + width + 1.5, -1.5);
    const title = strands.map(([kind, number]) => Districts.word("strand", { one: Districts.title(one), two: Districts.title(two), kind: Districts.word(kind), count: number })).join("\n");
    const chosen = state.pair === line.key;
    const faint = (state.area && !line.areas.some((area) => area.code === state.area)) || (state.pair && !chosen);
    const group = make("g", { "data-line": line.key, class: `${chosen ? "chosen" : ""}${faint ? " faint" : ""}` }, make("title", {}, title));
    const path = (shift) => `M${one.x + across * shift * unit} ${one.y + down * shift * unit}L${two.x + across * shift * unit} ${two.y + down * shift * unit}`;
    group.append(make("path", { class: "reach", d: path(0) }));
    let side = -total / 2;
    strands.forEach(([kind], place) => {
      group.append(make("path", { class: `strand ${kind}`, d: path(side + widths[place] / 2) }));
      group.lastChild.style.strokeWidth = widths[place];
      side += widths[place] + 1.5;
    });
    return group;
  };

  // ---- marks: a disc with its number, its name where there is room

  const box = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });
  const meet = (one, two) => one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom;

  const spread = (counted, unit) => {
    // A mark of a province that would hide one of a district moves aside.
    const found = [...counted.facts.values()].filter((fact) => fact.organizations.length);
    found.sort((one, two) => one.area.isSido - two.area.isSido || two.organizations.length - one.organizations.length);
    const placed = [];
    for (const fact of found) {
      const size = radius(fact.organizations.length);
      let [x, y] = [fact.area.x / unit, fact.area.y / unit];
      for (let turn = 0; fact.area.isSido && turn < 24 && placed.some((other) => Math.hypot(other.x - x, other.y - y) < other.size + size + 3); turn += 1) {
        const reach = 8 + turn * 3;
        [x, y] = [fact.area.x / unit + reach * Math.cos(turn * 2.4), fact.area.y / unit + reach * Math.sin(turn * 2.4)];
      }
      placed.push({ fact, size, x, y });
    }
    return placed;
  };

  const drawMarks = (placed, state, unit) => {
    const taken = placed.map((mark) => box(mark.x, mark.y, 2 * mark.size, 2 * mark.size));
    const elements = placed.map((mark) => drawMark(mark, state, unit, taken));
    return elements.reverse();
  };

  const drawMark = ({ fact, size, x, y }, state, unit, taken) => {
    const { area } = fact;
    const number = fact.organizations.length;
    const chosen = state.area === area.code;
    const group = make("g", {
      class: `${area.isSido ? "sido" : ""}${chosen ? " chosen" : ""}`, role: "button", tabindex: "-1", "data-code": area.code, "aria-pressed": String(chosen),
      "aria-label": Districts.word("mark", { name: Districts.title(area), count: number, within: fact.within.length, between: fact.between.length, gaps: fact.gaps.length }),
      transform: `translate(${x * unit} ${y * unit}) scale(${unit})`,
    });
    group.append(make("title", {}, group.getAttribute("aria-label")));
    group.append(make("circle", { class: `disc ${area.isSido ? "sido" : ""}`, r: size }));
    group.append(make("text", { class: "count", "font-size": scale() > 6 ? 10 : 13 }, String(number)));
    const inside = fact.within.length ? Districts.word("inside", { count: fact.within.length }) : "";
    const label = placeLabel(Districts.title(area), inside, size, x, y, taken);
    if (label) group.append(label);
    return group;
  };

  const placeLabel = (name, inside, size, x, y, taken) => {
    const wide = (text) => [...text].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 12.5 : 7), 0);
    const width = Math.max(wide(name), wide(inside)) + 4;
    const height = inside ? 29 : 15;
    const sides = [[0, size + height / 2 + 2], [0, -size - height / 2 - 2], [size + width / 2 + 3, 0], [-size - width / 2 - 3, 0]];
    const [left, top] = [frame[0] + (frame[2] - map.clientWidth * scale()) / 2, frame[1] + (frame[3] - map.clientHeight * scale()) / 2].map((edge) => edge / scale());
    const fits = (place) => place.left > left && place.right < left + map.clientWidth && place.top > top && place.bottom < top + map.clientHeight;
    const free = sides.find(([across, down]) => {
      const place = box(x + across, y + down, width, height);
      return fits(place) && !taken.some((other) => meet(place, other));
    });
    if (!free) return null;
    taken.push(box(x + free[0], y + free[1], width, height));
    const text = make("text", { class: "label", "font-size": 12.5, "stroke-width": 3.5 });
    const first = free[1] - (inside ? 3 : -4.5);
    text.append(make("tspan", { x: free[0], y: first }, name));
    if (inside) text.append(make("tspan", { x: free[0], y: first + 14, class: "inside", "font-size": 11.5 }, inside));
    return text;
  };

  // ---- all of it

  const draw = ({ counted, state }) => {
    last = { counted, state };
    const unit = scale();
    for (const [code, path] of outlines) {
      const area = Districts.areas.find((known) => known.code === code);
      const number = area ? counted.facts.get(area).organizations.length : 0;
      path.setAttribute("class", `district${number ? ` has shade${classOf(number)}` : ""}${state.area === code ? " chosen" : ""}`);
    }
    const lines = [...counted.lines.values()].sort((one, two) => (state.pair === one.key) - (state.pair === two.key) || one.ties.length - two.ties.length);
    const placed = spread(counted, unit);
    const places = new Map(placed.map(({ fact, x, y }) => [fact.area, { x, y }]));
    find("strands").replaceChildren(...lines.map((line) => drawLine(line, places, state, unit)));
    const focused = document.activeElement?.closest?.("#marks g")?.dataset.code;
    find("marks").replaceChildren(...drawMarks(placed, state, unit));
    const marks = listMarks();
    const entry = marks.find((mark) => mark.dataset.code === (focused ?? state.area)) ?? marks[0];
    entry?.setAttribute("tabindex", "0");
    if (focused) entry?.focus();
    drawShades(counted);
  };

  const listMarks = () => [...find("marks").children].reverse();

  const drawShades = (counted) => {
    const used = new Set([...counted.facts.values()].filter((fact) => !fact.area.isSido).map((fact) => classOf(fact.organizations.length)));
    const shown = CLASSES.map(([low, high], place) => [place + 1, low === high ? `${low}` : high === Infinity ? `${low}~` : `${low}–${high}`]);
    find("shades").replaceChildren(
      ...shown.filter(([place]) => used.has(place)).map(([place, text]) => {
        const item = document.createElement("span");
        item.className = "shade";
        item.append(make("svg", { "aria-hidden": "true" }, make("rect", { width: 18, height: 12, class: `shade${place}` })), text);
        return item;
      }),
    );
  };

  return { draw, look, zoom, move, home, whole, listMarks, redraw: () => look(frame) };
})();
