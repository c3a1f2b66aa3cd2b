"use strict";

// How large organisations are drawn and which are named first: by one of the measures of hubs.
const Sizes = (() => {
  const MEASURES = ["degree", "strength", "betweenness"];
  const [LEAST, MOST] = [6.5, 28];
  let by = MEASURES[0];
  const measured = MEASURES.filter((name) => Model.organizations.some((row) => row[name]));
  const findLargest = () => Object.fromEntries(measured.map((name) => [name, Levels.organizations().reduce((most, row) => Math.max(most, row[name] ?? 0), 0)]));
  let [level, largest] = [Levels.at(), findLargest()];

  // By degree it is the size that Python gave, or that a notebook user set, but for who has more with its units.
  const of = (row) => {
    if (by === MEASURES[0]) return Levels.isGrown(row) ? Math.min(LEAST + 3 * Math.sqrt(row.degree), MOST) * row.sector.look.scale : row.node.size ?? 25;
    if (level !== Levels.at()) [level, largest] = [Levels.at(), findLargest()];
    return (LEAST + (MOST - LEAST) * Math.sqrt((row[by] ?? 0) / largest[by])) * row.sector.look.scale;
  };

  const ranked = () => (by === MEASURES[0] ? Model.ranked : [...Model.organizations].sort((one, two) => (two[by] ?? 0) - (one[by] ?? 0) || one.at - two.at));

  const render = (onChange) => {
    if (measured.length < 2) return [];
    const onchange = (event) => { by = event.target.value; onChange(); };
    const options = measured.map((name) => Build.element("option", { value: name, selected: name === by }, Words.word(name)));
    return [Build.element("div", { className: "choice" }, Build.element("label", { htmlFor: "size-by" }, Words.word("sizeBy")), Build.element("select", { id: "size-by", onchange }, ...options))];
  };

  const isGiven = () => by !== MEASURES[0];
  const set = (name) => { by = measured.includes(name) ? name : MEASURES[0]; };

  return { of, ranked, render, isGiven, set, by: () => by };
})();
