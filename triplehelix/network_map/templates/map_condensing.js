"use strict";

// Of a large network a few organisations stand far apart: drawn alone they come closer, each still on
// its side of the others.
const Condensing = (() => {
  const ROOM = 10000; // square units of the layout for each organisation
  const MARGIN = 16;
  const ROUNDS = 60;

  const span = (points, axis) => {
    const values = points.map((point) => point[axis]);
    return [Math.min(...values), Math.max(...values)];
  };

  // Push points apart that touch, looking only at those of neighbouring cells; tells whether any did.
  const spread = (points, reach) => {
    const cells = new Map();
    const cellOf = ({ x, y }) => [Math.floor(x / reach), Math.floor(y / reach)];
    for (const point of points) {
      const key = cellOf(point).join();
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(point);
    }
    let touched = false;
    for (const one of points) {
      const [column, line] = cellOf(one);
      for (let right = -1; right <= 1; right += 1)
        for (let down = -1; down <= 1; down += 1)
          for (const two of cells.get(`${column + right},${line + down}`) ?? []) if (one.at < two.at) touched = part(one, two) || touched;
    }
    return touched;
  };
  const part = (one, two) => {
    const [x, y] = [two.x - one.x, two.y - one.y];
    const far = Math.hypot(x, y);
    const lack = one.radius + two.radius - far;
    if (lack <= 0) return false;
    const [wide, high] = far ? [x / far, y / far] : [Math.cos(one.at), Math.sin(one.at)];
    for (const [point, way] of [[one, -0.52], [two, 0.52]]) {
      point.x += wide * lack * way;
      point.y += high * lack * way;
    }
    return true;
  };

  // The place of each organisation, when only these are drawn.
  const place = (rows) => {
    const points = rows.map((row, at) => ({ at, row, x: row.node.x ?? 0, y: row.node.y ?? 0, radius: Sizes.of(row) + MARGIN }));
    const [[left, right], [top, bottom]] = [span(points, "x"), span(points, "y")];
    const [width, height] = [right - left, bottom - top];
    const area = Math.max(width * height, Math.max(width, height) ** 2 / 3, 1);
    const factor = Math.min(1, Math.sqrt((rows.length * ROOM) / area));
    for (const point of points) Object.assign(point, { x: point.x * factor, y: point.y * factor });
    const reach = 2 * Math.max(...points.map((point) => point.radius));
    for (let round = 0; round < ROUNDS && spread(points, reach); round += 1);
    return new Map(points.map(({ row, x, y }) => [row, { x, y }]));
  };

  return { place };
})();
