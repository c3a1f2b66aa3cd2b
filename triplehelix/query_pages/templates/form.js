// The conditions of a question as a form, and as SPARQL terms.
const Form = (() => {
  const { make, word, of } = Page;

  const plain = (parameter, id, attributes, start) => {
    const number = parameter.type === "integer";
    const digits = number || ["year", "date"].includes(parameter.type);
    const input = make("input", { id, type: "text", autocomplete: "off", spellcheck: "false", inputmode: digits ? "numeric" : null, ...attributes });
    input.value = start ?? "";
    return { input, value: () => input.value.trim() };
  };
  const select = (parameter, id, attributes, start) => {
    const input = make("select", { id, ...attributes }, Object.entries(parameter.values).map(([value, label]) => make("option", { value }, of(label))));
    input.value = start in parameter.values ? start : Object.keys(parameter.values)[0];
    const rename = () => [...input.options].forEach((option) => { option.textContent = of(parameter.values[option.value]); });
    return { input, value: () => input.value, rename };
  };

  const field = (parameter, start) => {
    const id = `parameter-${parameter.name}`;
    const attributes = { "aria-describedby": `${id}-about`, "aria-required": parameter.default === null ? "true" : null };
    if (parameter.type === "choice") return select(parameter, id, attributes, start);
    if (Choice.kinds.has(parameter.type)) return Choice.field(parameter.type, id, attributes, start);
    return plain(parameter, id, attributes, start);
  };

  /** Show the fields of a question; `given` are the values of an address. */
  const build = (question, given, box) => {
    const fields = question.parameters.map((parameter) => {
      // A question as of a date is asked for the date of the whole page, until another is written.
      const start = parameter.default ?? (parameter.type === "date" && parameter.name === "date" ? Page.payload.on : null);
      const made = field(parameter, given[parameter.name] ?? start);
      const name = make("label", { for: made.input.id });
      const about = make("small", { id: `${made.input.id}-about` });
      box.append(make("div", { class: "field" }, name, make("div", { class: "entry" }, made.input, made.extra), about));
      const rename = () => {
        name.textContent = of(parameter.description);
        const hint = parameter.type === "choice" ? "" : word(`hint_${parameter.type}`);
        about.textContent = [hint, parameter.default === null ? word("required") : ""].filter(Boolean).join(" · ");
        made.rename?.();
      };
      rename();
      return { parameter, ...made, rename };
    });
    return {
      fields,
      values: () => Object.fromEntries(fields.map(({ parameter, value }) => [parameter.name, value()]).filter(([, value]) => value !== "")),
      /** The first field that must be filled and is not. */
      missing: () => fields.find(({ parameter, value }) => value() === "" && parameter.default === null) ?? null,
      rename: () => fields.forEach((each) => each.rename()),
    };
  };

  const quote = (text) => `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t")}"`;
  const term = (parameter, value) => {
    if (Choice.byId.has(value) && Choice.kinds.has(parameter.type)) return `<${Page.payload.namespace}${value}>`;
    if (Choice.kinds.has(parameter.type)) return null; // a name the server has to look up
    if (parameter.type === "iri") return /^[^\s<>"{}|\\^`]+$/.test(value) ? `<${value}>` : null;
    if (parameter.type === "integer") return /^-?\d+$/.test(value) ? value : null;
    return quote(value);
  };

  /** The terms of the conditions, by name, as far as they are known here. */
  const terms = ({ parameters }, values) => {
    const given = parameters.map((parameter) => [parameter, values[parameter.name] ?? parameter.default]).filter(([, value]) => value !== null);
    return new Map(given.map(([parameter, value]) => [parameter.name, term(parameter, value)]).filter(([, text]) => text));
  };
  const block = ([name, text]) => `\n  VALUES ?${name} { ${text} }`;

  /** The question as a text of its own, with its conditions in VALUES blocks; one that is not known stands open in a comment. */
  const sparql = (question, values) => {
    const known = terms(question, values);
    const open = question.parameters.filter(({ name }) => !known.has(name)).map(({ name }) => `\n  # VALUES ?${name} { … }\n`);
    const [first, ...rest] = question.parts;
    return [first + open.join(""), ...rest].join([...known].map(block).join(""));
  };
  /** What finds out why a question has no answer, or nothing where a condition is not known. */
  const reason = ({ because, ...question }, values) => {
    const known = terms(question, values);
    if (!because?.parameters.every((name) => known.has(name))) return null;
    return because.parts.join(because.parameters.map((name) => block([name, known.get(name)])).join(""));
  };

  return { build, sparql, reason };
})();
