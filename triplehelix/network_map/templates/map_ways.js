"use strict";

// How organisations are reached from one another over the ties that are shown.
const Ways = (() => {
  const LISTED = 12;

  const partners = (row, ties) => new Set(row.ties.filter((tie) => ties.has(tie)).map((tie) => Model.opposite(tie, row)));

  // Steps from a start to everything that can be reached, at most so many steps away.
  const measure = (start, ties, most = Infinity) => {
    const steps = new Map([[start, 0]]);
    for (const row of steps.keys()) {
      if (steps.get(row) === most) continue;
      for (const other of partners(row, ties)) if (!steps.has(other)) steps.set(other, steps.get(row) + 1);
    }
    return steps;
  };

  // All organisations and ties on shortest ways between two, how many ways there are, and the first of them.
  const between = (start, end, ties) => {
    const steps = measure(start, ties);
    if (!steps.has(end)) return null;
    const byRank = (one, two) => two.degree - one.degree || one.at - two.at;
    const before = (row) => [...partners(row, ties)].filter((other) => steps.get(other) === steps.get(row) - 1).sort(byRank);
    const counts = new Map([[start, 1]]);
    const earlier = new Map();
    const onWay = new Set([end]);
    for (const row of onWay) {
      earlier.set(row, row === start ? [] : before(row));
      earlier.get(row).forEach((other) => onWay.add(other));
    }
    const count = (row) => {
      if (!counts.has(row)) counts.set(row, earlier.get(row).reduce((sum, other) => sum + count(other), 0));
      return counts.get(row);
    };
    const walk = function* (row) {
      if (row === start) yield [start];
      else for (const other of earlier.get(row)) for (const way of walk(other)) yield [...way, row];
    };
    const listed = [];
    for (const way of walk(end)) {
      listed.push(way);
      if (listed.length === LISTED) break;
    }
    const isStep = (tie) => tie.ends.every((row) => onWay.has(row)) && Math.abs(steps.get(tie.ends[0]) - steps.get(tie.ends[1])) === 1;
    return { length: steps.get(end), count: count(end), listed, organizations: onWay, ties: new Set([...ties].filter(isStep)) };
  };

  const around = (start, ties, most) => new Set(measure(start, ties, most).keys());

  return { between, around };
})();
