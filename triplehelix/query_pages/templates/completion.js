// What the editor completes: our prefixes, and the classes and properties that the store uses.
const Completion = (() => {
  const { payload, of } = Page;
  const { prefixes } = payload;
  const LIMIT = 60;
  const read = (rows) => rows.map(([iri, ko, en]) => ({ iri, ko, en, folded: [iri.split(/[/#]/).pop(), ko, en].filter(Boolean).map(Search.fold) }));
  const classes = read(payload.terms.classes);
  const properties = read(payload.terms.properties);
  const byIri = new Map([...classes, ...properties].map((term) => [term.iri, term]));

  const short = (iri, known) => {
    const found = Object.entries(known).find(([, namespace]) => namespace && iri.startsWith(namespace) && /^[\w-]*$/.test(iri.slice(namespace.length)));
    return found ? `${found[0]}:${iri.slice(found[1].length)}` : `<${iri}>`;
  };
  /** Terms whose IRI begins as typed, or whose name in either language holds what is typed. */
  const look = (terms) => (yasqe, token) => {
    const typed = token?.autocompletionString ?? "";
    const word = Search.fold((token?.string ?? "").replace(/^[^:]*:/, "").replace(/[<>]/g, ""));
    const begins = terms.filter((term) => typed && term.iri.startsWith(typed));
    const named = terms.filter((term) => !begins.includes(term) && (!word || Search.rank(word, term.folded) >= 0));
    return [...begins, ...named].slice(0, LIMIT).map((term) => term.iri);
  };
  const insert = (yasqe, token, iri) => short(iri, yasqe.getPrefixesFromQuery());
  const explain = (yasqe, hints) => hints.map((hint) => {
    const known = { ...prefixes, ...yasqe.getPrefixesFromQuery() };
    const iri = hint.text.startsWith("<") ? hint.text.slice(1, -1) : hint.text.replace(/^([^:]*):/, (whole, prefix) => known[prefix] ?? whole);
    const term = byIri.get(iri);
    const name = term && of({ ko: [term.ko, term.en].filter(Boolean).join(" · "), en: [term.en, term.ko].filter(Boolean).join(" · ") });
    return { ...hint, displayText: name ? `${short(iri, known)}   ${name}` : hint.text };
  });

  /** Put our completers in the place of those that would ask other hosts. */
  const register = (Yasqe) => {
    const common = { bulk: false, autoShow: true, postProcessSuggestion: insert, postprocessHints: explain };
    Yasqe.forkAutocompleter("class", { ...common, name: "our-classes", get: look(classes) }, false);
    Yasqe.forkAutocompleter("property", { ...common, name: "our-properties", get: look(properties) }, false);
    const lines = Object.entries(prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`).sort();
    Yasqe.forkAutocompleter("prefixes", { name: "our-prefixes", get: () => lines, persistenceId: null }, false);
    Yasqe.defaults.autocompleters = ["variables", "our-prefixes", "our-classes", "our-properties"];
    for (const remote of ["class", "property", "prefixes"]) delete Yasqe.Autocompleters[remote];
  };

  const header = (query) => Object.entries(prefixes).filter(([prefix]) => query.includes(`${prefix}:`)).map(([prefix, namespace]) => `PREFIX ${prefix}: <${namespace}>`).join("\n");
  return { register, header, counts: { classes: classes.length, properties: properties.length } };
})();
