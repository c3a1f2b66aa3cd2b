// A chart of an answer: bars and bullets as rows with a small drawing each, lines as one drawing.
const Chart = (() => {
  const { make, draw, word, of } = Page;
  const FIRST = 25;
  const WIDTH = 720;
  const HEIGHT = 260;
  const LEFT = 74;
  const BOTTOM = 30;

  const legend = (measures) => (measures.length < 2 ? null : make("p", { class: "legend" }, measures.map((column, at) => make("span", {}, draw("svg", { class: "key", viewBox: "0 0 20 12", "aria-hidden": "true" }, draw("rect", { class: `series-${at % 4}`, width: 20, height: 12 })), " ", of(column.label), " "))));
  const largest = (rows, measures) => Math.max(...rows.flatMap((row) => measures.map((column) => Answer.number(column, row) ?? 0)), 0) || 1;
  const length = (value, most) => (100 * Math.max(value ?? 0, 0) / most).toFixed(1);

  const bars = (rows, axis, measures, bullet) => {
    const most = largest(rows, measures);
    const high = bullet ? 14 : 12 * measures.length;
    return make("ol", { class: "bars-chart" }, rows.map((row) => {
      const drawn = measures.map((column, at) => {
        const inset = bullet ? [0, 3, 5, 6][at % 4] : 0;
        return draw("rect", { class: `series-${at % 4}`, y: bullet ? inset : 12 * at + 1, height: bullet ? 14 - 2 * inset : 10, width: length(Answer.number(column, row), most) });
      });
      const values = measures.map((column) => Answer.text(column, row) || "–").join(" / ");
      return make("li", {}, make("span", { class: "what" }, Answer.text(axis, row) || "–"),
        draw("svg", { viewBox: `0 0 100 ${high}`, preserveAspectRatio: "none", "aria-hidden": "true", class: bullet ? null : `bars-${measures.length}` }, drawn),
        make("span", { class: "value" }, values));
    }));
  };

  const step = (most) => {
    const power = 10 ** Math.floor(Math.log10(most / 4 || 1));
    return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => most / size <= 5) ?? power * 10;
  };
  const line = (rows, axis, measures, title) => {
    const most = largest(rows, measures);
    const size = step(most);
    const top = Math.ceil(most / size) * size;
    const x = (at) => LEFT + ((WIDTH - LEFT - 20) * (at + 0.5)) / rows.length;
    const y = (value) => 12 + (HEIGHT - BOTTOM - 12) * (1 - value / top);
    const ticks = Array.from({ length: Math.round(top / size) + 1 }, (_, at) => at * size);
    const every = Math.ceil(rows.length / 12);
    const path = (column) => {
      let pen = false;
      return rows.map((row, at) => {
        const value = Answer.number(column, row);
        const piece = value === null ? "" : `${pen ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
        pen = value !== null; // a blank breaks the line: it is not zero
        return piece;
      }).join("");
    };
    return draw("svg", { class: "line-chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${title}. ${word("chartSame")}` },
      ticks.map((value) => [draw("line", { class: "grid", x1: LEFT, x2: WIDTH - 10, y1: y(value), y2: y(value) }), draw("text", { x: LEFT - 8, y: y(value) + 4, "text-anchor": "end" }, Answer.group(String(value)))]),
      rows.map((row, at) => (at % every ? null : draw("text", { x: x(at), y: HEIGHT - 8, "text-anchor": "middle" }, Answer.text(axis, row)))),
      measures.map((column, number) => [
        draw("path", { class: `line-${number % 4}`, d: path(column) }),
        rows.map((row, at) => (Answer.number(column, row) === null ? null : draw("circle", { class: `series-${number % 4}`, cx: x(at), cy: y(Answer.number(column, row)), r: 3.5 }, draw("title", {}, `${Answer.text(axis, row)}: ${Answer.text(column, row)}`)))),
      ]));
  };

  /** The chart that the header of a question asks for, or nothing where the rows do not give one. */
  const build = (question, table) => {
    const asked = question.chart;
    const column = (name) => table.columns.find((each) => each.name === name || each.record === name) ?? (question.parameters.some((parameter) => parameter.name === name) ? { name, type: "text", label: { ko: name, en: name }, record: name } : null);
    if (!asked || !table.rows().length) return null;
    const axis = column(asked.x);
    const measures = asked.y.map(column).filter(Boolean).map((each) => ({ ...each, numeric: true }));
    const drawn = table.rows().filter((row) => measures.some((each) => Answer.number(each, row) !== null));
    if (!axis || !measures.length || !drawn.length) return null;
    const rows = drawn.slice(0, asked.kind === "line" ? 200 : FIRST);
    const title = of(question.summary);
    const figure = asked.kind === "line" ? line(rows, axis, measures, title) : bars(rows, axis, measures, asked.kind === "bullet");
    return make("figure", { class: asked.kind === "bullet" ? "chart bullets" : "chart", "aria-label": word("chart") }, legend(measures), figure,
      make("figcaption", { class: "note" }, measures.length === 1 ? of(measures[0].label) : "", rows.length < drawn.length ? ` ${word("chartMore", { count: rows.length })}` : ""));
  };

  return { build };
})();
