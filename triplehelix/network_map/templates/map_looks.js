"use strict";

// How what is drawn looks in a state: what vis-network is given for each node and line.
const Looks = (() => {
  const INSIDE = new Set(["box", "circle", "ellipse", "text", "database"]); // shapes that hold their label
  const DIM = 0.13;
  const box = document.getElementById("map");
  const grown = box.clientWidth < 600 ? 1.4 : 1; // on a small screen, so that shapes can be told apart
  const upright = box.clientHeight > box.clientWidth * 1.2;

  const sizeOf = (unit) => (unit.isFold ? unit.radius : Sizes.of(unit) * grown);
  // On an upright screen the picture is laid on its other side.
  const turned = (node) => (upright ? { ...node, x: node.y, y: node.x } : node);
  const holdsLabel = (row) => INSIDE.has(row.node.shape);
  const plain = (row, places = null) => turned({ ...row.node, ...places?.get(row), size: sizeOf(row), label: holdsLabel(row) ? Words.of(row) : undefined });

  // Who belongs to what is chosen.
  const near = (state) => {
    if (state.way) return state.way.organizations;
    if (state.tie) return new Set(state.tie.ends);
    if (state.bundle) return new Set(state.bundle.ties.flatMap((tie) => tie.ends));
    if (!state.organization) return new Set();
    const ties = state.organization.ties.filter((tie) => state.shownTies.has(tie));
    return new Set([state.organization, ...ties.flatMap((tie) => tie.ends)]);
  };
  const isLit = (state, tie) => (state.way ? state.way.ties.has(tie) : state.tie ? tie === state.tie : tie.ends.includes(state.organization));

  const nodes = (state, close) => {
    const opacity = (row) => (close.size && !close.has(row) ? 0.18 : row.node.opacity ?? 1);
    const whole = (row) => ({ ...plain(row, state.picture.places), hidden: row.node.hidden || !state.shownOrganizations.has(row), opacity: opacity(row) });
    const folded = (fold) => turned({ id: fold.key, x: fold.x, y: fold.y, shape: "dot", size: fold.radius, borderWidth: 0, color: { background: "#fff", border: "#fff" } });
    return [...state.picture.organizations.map(whole), ...state.picture.folds.map(folded)];
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

  // A bundle looks like its ties where these are alike; the more they are, the broader and darker.
  const bundles = (picture) => {
    const heaviest = picture.bundles.reduce((most, bundle) => Math.max(most, bundle.ties.length), 1);
    const thin = picture.open ? 0.2 : 1; // beside an open community they would be beams
    const dense = Math.min(1, 12 / Math.sqrt(picture.bundles.length));
    const lookOf = ({ ends, ties }) => {
      const looks = new Set(ties.map((tie) => Subjects.change(tie) ?? tie.kind));
      const { color, dashes } = looks.size === 1 ? [...looks][0] : Model.otherKind;
      if (!ends.every((end) => end.isFold)) return { color, dashes: dashes.length ? dashes : false, width: Math.log2(1 + ties.length), opacity: 0.5 };
      const share = ties.length / heaviest;
      const width = (thin * (0.6 + 7 * share) * Folds.reach) / 900; // to be seen from afar
      return { color, dashes: false, width, opacity: 0.2 * dense + 0.6 * share * share * thin };
    };
    return new Map(picture.bundles.map((bundle) => [bundle, lookOf(bundle)]));
  };

  const edges = (state, close) => {
    const single = (tie) => {
      const lit = close.size && isLit(state, tie);
      const width = (Subjects.change(tie)?.width ?? tie.edge.width ?? 1) + (lit ? 1 : 0);
      return { ...tie.edge, hidden: tie.edge.hidden || !state.shownTies.has(tie), color: inkFor(tie, close.size && !lit), width, dashes: dashesOf(tie) };
    };
    const many = ([bundle, { color, opacity, ...look }]) => {
      const faint = close.size && !(state.bundle ? bundle === state.bundle : bundle.ties.some((tie) => isLit(state, tie)));
      return { ...bundle.edge, ...look, color: { color, highlight: color, hover: color, inherit: false, opacity: faint ? 0.06 : opacity } };
    };
    return [...state.picture.ties.map(single), ...[...bundles(state.picture)].map(many)];
  };

  // Tell a data set what came, what is gone and what looks different. `before` is what it was told
  // last, by identifier.
  const write = (set, before, items) => {
    const ids = new Set(items.map(({ id }) => id));
    const gone = [...before.keys()].filter((id) => !ids.has(id));
    const changed = items.filter((item) => {
      const text = JSON.stringify(item);
      const last = before.get(item.id);
      if (last?.text === text) return false;
      before.set(item.id, { text, x: item.x, y: item.y });
      // Who was drawn there may have been dragged away since.
      if (last && last.x === item.x && last.y === item.y) { delete item.x; delete item.y; }
      return true;
    });
    gone.forEach((id) => before.delete(id));
    if (gone.length) set.remove(gone);
    if (changed.length) set.update(changed);
  };

  return { sizeOf, turned, holdsLabel, plain, near, nodes, edges, bundles, write };
})();
