"use strict";

// Large networks: each community is folded into one node, and one at a time is opened. Works out what
// is drawn of what is shown; counts, table and files are always of everything shown.
const Folds = (() => {
  const DRAWN = 1500; // so many organisations are drawn as they are
  const OPENED = 1200; // and so many of an open community
  const OWN = 250; // so many communities have a node of their own, the smaller ones share one
  const SPREAD = 30; // the radius of a community of one, in units of the layout
  const isLarge = Model.organizations.length > DRAWN;

  const situated = (row) => Number.isFinite(row.node.x) && Number.isFinite(row.node.y);
  const mean = (rows, axis) => rows.reduce((sum, row) => sum + row.node[axis], 0) / (rows.length || 1);
  const make = (id, name, members, community = null) => {
    const known = members.filter(situated);
    return { id, name, members, community, isFold: true, key: `\u0001${id}`, x: mean(known, "x"), y: mean(known, "y"), radius: SPREAD * Math.sqrt(members.length) };
  };

  const makeAll = () => {
    const ranked = [...Model.communities].sort((one, two) => two.members.length - one.members.length).filter((one) => one.members.length);
    const small = ranked.slice(OWN).flatMap((one) => one.members);
    const made = ranked.slice(0, OWN).map((one) => make(String(one.id), () => Words.of(one), one.members, one));
    const alone = Model.organizations.filter((row) => !Model.communities[row.community]);
    if (small.length) made.push(make("smaller", () => Words.word("smallerCommunities"), small));
    if (alone.length) made.push(make("none", () => Words.word("noCommunity"), alone));
    return settle(made);
  };

  // The middles of communities may be nearer than their discs allow: push those apart.
  const settle = (made) => {
    const clear = (one, two) => {
      const [x, y] = [two.x - one.x, two.y - one.y];
      const far = Math.hypot(x, y) || 1;
      const lack = (one.radius + two.radius) * 1.08 - far;
      if (lack <= 0) return false;
      const [wide, down] = x || y ? [x / far, y / far] : [0, 1];
      for (const [fold, way] of [[one, -0.5], [two, 0.5]]) {
        fold.x += wide * lack * way;
        fold.y += down * lack * way;
      }
      return true;
    };
    for (let round = 0, moved = true; moved && round < 80; round += 1) {
      moved = false;
      made.forEach((one, at) => made.slice(at + 1).forEach((two) => { moved = clear(one, two) || moved; }));
    }
    return made;
  };

  const folds = isLarge ? makeAll() : [];
  const homes = new Map(folds.flatMap((fold) => fold.members.map((row) => [row, fold])));
  const byId = new Map(folds.map((fold) => [fold.id, fold]));
  const reach = folds.length ? Math.max(...["x", "y"].map((axis) => Math.max(...folds.map((fold) => fold[axis])) - Math.min(...folds.map((fold) => fold[axis])))) : 0;

  const plain = (organizations, ties, places = null) => ({ folded: false, organizations, ties, places, folds: [], bundles: [], open: null, unitOf: (row) => row });

  // Those few that are drawn alone, as they are: on the ways between two, at the ends of a tie that
  // leaves the open community, or all that is shown. Null when they are too many.
  const few = (state) => {
    const { way, tie, shownOrganizations: shown } = state;
    if (shown.size <= DRAWN) return shown;
    const away = tie && !tie.ends.every((row) => homes.get(row) === state.open);
    const partners = (row) => row.ties.filter((one) => state.shownTies.has(one)).flatMap((one) => one.ends);
    const alone = way ? way.organizations : away ? new Set([...tie.ends, ...tie.ends.flatMap(partners)]) : null;
    return alone && alone.size <= DRAWN ? alone : null;
  };

  // What is drawn of a state: organisations and ties as they are, folds, and bundles of ties.
  const draw = (state) => {
    if (!isLarge) return plain(Model.organizations, Model.ties);
    const { shownOrganizations: shown, shownTies, open } = state;
    const alone = few(state);
    if (alone) {
      const rows = [...alone];
      return plain(rows, [...shownTies].filter((tie) => tie.ends.every((row) => alone.has(row))), rows.length ? Condensing.place(rows) : null);
    }
    const opened = open ? Sizes.ranked().filter((row) => homes.get(row) === open && shown.has(row)).slice(0, OPENED) : [];
    const organizations = new Set([state.organization, ...(state.tie?.ends ?? []), ...opened].filter(Boolean));
    const units = fill(shown, organizations);
    if (units.has(open)) stand(units.get(open), opened);
    const unitOf = (row) => (organizations.has(row) ? row : units.get(homes.get(row)));
    const [ties, bundles] = bundle(shownTies, unitOf);
    return { folded: true, organizations: [...organizations], ties, places: null, folds: [...units.values()], bundles, open, unitOf };
  };

  // The folds with those of their members that are shown, but not drawn.
  const fill = (shown, drawn) => {
    const units = new Map();
    for (const row of shown) {
      if (drawn.has(row)) continue;
      const fold = homes.get(row);
      if (!units.has(fold)) units.set(fold, { ...fold, members: [] });
      units.get(fold).members.push(row);
    }
    for (const unit of units.values()) unit.radius = SPREAD * Math.sqrt(unit.members.length);
    return units;
  };

  // Those of an open community who are too many to be drawn stand together below it.
  const stand = (unit, opened) => {
    unit.radius *= 0.3;
    unit.y = Math.max(...opened.filter(situated).map((row) => row.node.y)) + unit.radius + SPREAD;
  };

  const bundle = (shownTies, unitOf) => {
    const single = [];
    const bundles = new Map();
    for (const tie of shownTies) {
      const ends = tie.ends.map(unitOf);
      if (!ends.some((end) => end?.isFold)) { single.push(tie); continue; }
      if (ends[0] === ends[1]) continue;
      const [from, to] = ends.map((end) => end.key ?? end.id);
      const inside = [from, to].map(String).sort().join("~");
      const key = ends.map((end) => String(end.id)).sort().join("~");
      if (!bundles.has(inside)) bundles.set(inside, { key, ends, ties: [], edge: { id: `\u0001${inside}`, from, to } });
      bundles.get(inside).ties.push(tie);
    }
    return [single, [...bundles.values()]];
  };

  // How many members a fold has of each sector, in the order of the legend.
  const sectors = (members) => {
    const counts = new Map([...Model.sectors, Model.noSector].map((sector) => [sector, 0]));
    for (const row of members) counts.set(row.sector, counts.get(row.sector) + 1);
    return [...counts].filter(([, count]) => count);
  };

  const SPLIT = 0.05; // the white between two parts of a ring, as an angle

  // Each sector's part of the ring, from the top and round.
  const arcs = (members) => {
    let from = -Math.PI / 2;
    const parts = sectors(members);
    return parts.map(([sector, count]) => {
      const wide = (2 * Math.PI * count) / members.length;
      const part = { color: sector.look.color, from, to: from + wide - (parts.length > 1 ? Math.min(SPLIT, wide / 2) : 0) };
      from += wide;
      return part;
    });
  };

  const paint = (context, members, x, y, radius) => {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = "#fff";
    context.fill();
    for (const { color, from, to } of arcs(members)) {
      context.beginPath();
      context.arc(x, y, radius * 0.86, from, to);
      context.lineWidth = radius * 0.28;
      context.strokeStyle = color;
      context.stroke();
    }
  };

  return { isLarge, draw, arcs, sectors, paint, all: folds, reach, homeOf: (row) => homes.get(row) ?? null, byId: (id) => byId.get(id) ?? null };
})();
