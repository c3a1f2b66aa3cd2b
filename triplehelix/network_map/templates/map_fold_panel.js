"use strict";

// Long lists: the first of many, and a button for the next.
const More = (() => {
  const fill = (box, rows, make, step) => {
    let at = 0;
    const button = Build.button("", () => add(true), "more");
    const add = (again) => {
      const made = rows.slice(at, at + step).map(make);
      at += made.length;
      box.append(...made);
      button.hidden = at >= rows.length;
      button.textContent = `${Words.word("more")} (${(rows.length - at).toLocaleString(Words.language())})`;
      if (again && button.hidden) made[0].querySelector("button")?.focus();
    };
    add(false);
    return [box, button];
  };

  return { fill };
})();

// What the panel tells of communities that are folded or open, and of all ties between two of them.
const FoldPanel = (() => {
  const { element, button } = Build;
  const LISTED = 30;
  const HUBS = 10;

  const nameOf = (unit) => (unit.isFold ? unit.name() : Words.of(unit));
  const count = (value) => element("span", { className: "number" }, value.toLocaleString(Words.language()));
  const ring = (members) => Build.symbol(20, (context) => Folds.paint(context, members, 10, 9, 8));
  const gapsOf = (ties) => ties.filter((tie) => tie.kind.id === "gap").length;
  const kinds = (ties) => [...Model.kinds, Model.otherKind]
    .map((kind) => [kind, ties.filter((tie) => tie.kind === kind).length])
    .filter(([, some]) => some)
    .map(([kind, some]) => element("li", {}, Build.tieSymbol(kind), Words.word(kind.id), count(some)));

  // All communities, the largest first: for those who do not use the picture.
  const list = (state, act) => {
    if (!state.picture.folded) return [];
    const folds = [...state.picture.folds].sort((one, two) => Boolean(two.community) - Boolean(one.community) || two.members.length - one.members.length);
    const item = (fold) => element("li", {}, ring(fold.members), button(fold.name(), () => act.open(fold)), count(fold.members.length));
    return [
      element("h2", {}, Words.word("communityList"), " ", count(folds.length)), element("p", { className: "note" }, Words.word("foldMeaning")),
      ...More.fill(element("ul", { className: "ranking folds" }), folds, item, LISTED),
    ];
  };

  const outward = (state, fold, act) => {
    const sums = new Map();
    for (const tie of state.shownTies) {
      const ends = tie.ends.map(Folds.homeOf);
      if (ends[0] === ends[1] || !ends.includes(fold)) continue;
      const other = ends[ends[0] === fold ? 1 : 0];
      if (!sums.has(other)) sums.set(other, []);
      sums.get(other).push(tie);
    }
    const ranked = [...sums].sort(([, one], [, two]) => two.length - one.length);
    if (!ranked.length) return [];
    const item = ([other, ties]) => {
      const gaps = gapsOf(ties);
      const told = element("span", { className: "number" }, `${ties.length}${gaps ? ` · ${Words.word("gap")} ${gaps}` : ""}`);
      return element("li", {}, button(other.name(), () => act.open(other)), told);
    };
    return [element("h3", {}, Words.word("tiesOut")), ...More.fill(element("ul", { className: "ranking" }), ranked, item, HUBS)];
  };

  // The open community: who is in it, what ties it inside, and to which others.
  const opened = (state, act) => {
    const fold = state.open;
    const members = Sizes.ranked().filter((row) => state.shownOrganizations.has(row) && Folds.homeOf(row) === fold);
    const left = state.picture.folds.find((one) => one.id === fold.id)?.members.length ?? 0;
    const inside = [...state.shownTies].filter((tie) => tie.ends.every((row) => Folds.homeOf(row) === fold));
    const mix = Folds.sectors(members).map(([sector, some]) => element("li", {}, Build.sectorSymbol(sector.look), Legend.sectorName(sector), count(some)));
    const hub = (row) => element("li", {}, Build.sectorSymbol(row.sector.look, row.group), button(Words.of(row), () => act.choose(row, null)), count(row.degree));
    return [
      back(act), element("h2", {}, fold.name()),
      element("p", { className: "about" }, `${Words.word("organizations")} ${members.length.toLocaleString(Words.language())}`),
      left ? element("p", { className: "note" }, `${Words.word("notDrawn")}: ${left.toLocaleString(Words.language())}`) : "",
      element("ul", { className: "ranking" }, ...mix),
      element("h3", {}, Words.word("tiesIn"), " ", count(inside.length)), element("ul", { className: "ranking" }, ...kinds(inside)),
      ...outward(state, fold, act),
      element("h3", {}, Words.word("hubs")), ...More.fill(element("ul", { className: "ranking" }), members, hub, HUBS),
    ];
  };

  const back = (act) => {
    const made = button("×", () => act.open(null), "close");
    made.setAttribute("aria-label", Words.word("allCommunities"));
    made.title = Words.word("allCommunities");
    return made;
  };

  // Everything that ties two communities, or an organisation and one.
  const between = (state, act) => {
    const { ends, ties } = state.bundle;
    const go = (unit) => button(nameOf(unit), () => (unit.isFold ? act.open(unit) : act.choose(unit, null)));
    const close = button("×", () => act.choose(null, null), "close");
    close.setAttribute("aria-label", Words.word("close"));
    const item = (tie) => element("li", {}, Build.tieSymbol(tie.kind), button(tie.ends.map((row) => Words.of(row)).join(" – "), () => act.choose(null, tie)));
    return [
      close, element("h2", {}, go(ends[0]), " – ", go(ends[1])),
      element("h3", {}, Words.word("ties"), " ", count(ties.length)), element("ul", { className: "ranking" }, ...kinds(ties)),
      element("h3", {}, Words.word("tieList")), ...More.fill(element("ul", { className: "ranking" }), ties, item, LISTED),
    ];
  };

  const render = (state, act) => {
    if (state.bundle) return between(state, act);
    return state.picture.folded && state.picture.open ? opened(state, act) : null;
  };

  return { list, render };
})();
