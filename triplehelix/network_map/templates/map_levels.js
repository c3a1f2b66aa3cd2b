"use strict";

// At which level organisations stand: each for itself, or units by the bodies that they are a unit of.
const Levels = (() => {
  const CODES = ["both", "unit", "parent"];
  const HUB = ["degree", "strength", "betweenness"];
  let at = "unit";

  const parents = new Map();
  for (const unit of Model.table("units")) {
    const [row, parent] = [Model.present(unit.organization), Model.present(unit.parent)];
    if (row && parent) parents.set(row, [...(parents.get(row) ?? []), parent]);
  }
  const units = new Map();
  parents.forEach((above, row) => above.forEach((parent) => units.set(parent, [...(units.get(parent) ?? []), row])));

  const stands = (row) => at === "unit" || !parents.has(row);
  const isThere = (tie) => (!tie.level || CODES[tie.level] === at) && (!tie.ended || Subjects.isDated());
  // Who stands for an organisation: itself, or what it is a unit of.
  const bodies = (row) => (stands(row) ? [row] : parents.get(row));

  // ---- what organisations measure at each level

  const measured = new Map(Model.organizations.map((row) => [row, { unit: Object.fromEntries(HUB.map((name) => [name, row[name]])) }]));
  for (const row of Model.table("parent_measures")) {
    const { organization, ...values } = row;
    if (Model.present(organization)) measured.get(Model.present(organization)).parent = values;
  }
  const roles = { unit: new Map(), parent: new Map() };
  for (const { organization, level, cut_off: cut, ...counts } of Model.table("brokers")) {
    const told = { counts, cutOff: cut.map(Model.present).filter(Boolean) };
    for (const one of level ? [CODES[level]] : CODES.slice(1)) roles[one].set(Model.present(organization), told);
  }
  const broker = (row) => roles[at].get(row) ?? null;

  const set = (level) => {
    at = level === "parent" && parents.size ? level : "unit";
    measured.forEach((values, row) => Object.assign(row, values[at] ?? values.unit));
    Model.ranked.sort(Model.byDegree);
  };

  // What cannot be chosen at this level gives way to what stands for it.
  const settle = (choice) => {
    const body = (row) => row && bodies(row)[0];
    Object.assign(choice, { organization: body(choice.organization), to: body(choice.to) });
    if (choice.to === choice.organization) choice.to = null;
    if (choice.tie && !isThere(choice.tie)) choice.tie = null;
  };

  return {
    exists: parents.size > 0, at: () => at, set, settle, stands, isThere, bodies, broker,
    parentsOf: (row) => parents.get(row) ?? [], unitsOf: (row) => units.get(row) ?? [],
    isGrown: (row) => at === "parent" && Boolean(measured.get(row).parent),
    organizations: () => Model.organizations.filter(stands), ties: () => Model.ties.filter(isThere),
  };
})();
