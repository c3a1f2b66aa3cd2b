// A question of the library as a text to start from: its conditions stand as VALUES to be changed.
const Example = (() => {
  const { payload, of } = Page;
  const asked = location.hash.slice(1); // YASGUI empties the address when it has read it

  const quote = (text) => `"${text.replace(/[\\"]/g, "\\$&")}"`;
  const term = ({ type, default: value }) => {
    if (value === null) return null;
    if (type === "integer") return value;
    if (["organization", "theme", "place", "initiative", "document"].includes(type)) return `<${payload.namespace}${encodeURIComponent(value)}>`;
    return type === "iri" ? `<${value}>` : quote(value);
  };
  const sparql = (question) => {
    const notes = question.parameters.map((parameter) => `# ?${parameter.name}: ${of(parameter.description)}`);
    const lines = question.parameters.map((parameter) => {
      const value = term(parameter);
      return value ? `\n  VALUES ?${parameter.name} { ${value} }` : `\n  # VALUES ?${parameter.name} { … }`;
    });
    const first = question.parts.slice(0, 1).join("") + lines.join("");
    return [...notes, first + question.parts.slice(1).join(lines.filter((line) => !line.includes("#")).join(""))].join("\n");
  };
  return { sparql, asked };
})();
