"use strict";

// Names on the picture, which keep their size on the screen and give way to one another.
const Labels = (() => {
  const FONT = getComputedStyle(document.body).fontFamily;
  const LABEL = { size: 12.5, line: 15, width: 132, halo: 3.5 };
  const HALO = "rgb(255 255 255 / 90%)";
  const lines = new Map();
  const widths = new Map();

  // Break a name into at most two lines; a third would hide what lies below.
  const wrap = (context, text) => {
    if (lines.has(text)) return lines.get(text);
    const fits = (part) => context.measureText(part).width <= LABEL.width;
    const result = [""];
    for (const word of text.split(/(?<=\s)/)) {
      const line = result[result.length - 1];
      if (line && !fits(line + word.trimEnd()) && result.length < 2) result.push(word);
      else result[result.length - 1] = line + word;
    }
    const cut = result.map((line) => {
      let end = line.trimEnd();
      if (fits(end)) return end;
      while (end && !fits(`${end}…`)) end = end.slice(0, -1);
      return `${end}…`;
    });
    lines.set(text, cut);
    return cut;
  };

  // To measure a text takes longer than to draw it, so each is measured once.
  const widthOf = (context, text) => {
    const key = context.font + text.join();
    if (!widths.has(key)) widths.set(key, Math.max(...text.map((line) => context.measureText(line).width)));
    return widths.get(key);
  };

  // Rectangles on the screen that labels must not cover.
  class Boxes {
    #cells = new Map();

    #under(left, top, right, bottom) {
      const cells = [];
      for (let x = Math.floor(left / 80); x <= right / 80; x += 1)
        for (let y = Math.floor(top / 40); y <= bottom / 40; y += 1) cells.push(x * 65536 + y);
      return cells;
    }

    free(left, top, right, bottom, owner) {
      for (const cell of this.#under(left, top, right, bottom))
        for (const other of this.#cells.get(cell) ?? [])
          if (other.owner !== owner && left < other.right && right > other.left && top < other.bottom && bottom > other.top) return false;
      return true;
    }

    add(left, top, right, bottom, owner) {
      const made = { left, top, right, bottom, owner };
      for (const cell of this.#under(left, top, right, bottom)) {
        if (this.#cells.has(cell)) this.#cells.get(cell).push(made);
        else this.#cells.set(cell, [made]);
      }
    }
  }

  const write = (context, text, x, y, color) => {
    context.lineWidth = LABEL.halo;
    context.strokeStyle = HALO;
    context.strokeText(text, x, y);
    context.fillStyle = color;
    context.fillText(text, x, y);
  };

  // An empty sheet over the picture. What is put on it stands in `drawn`.
  const start = (context) => {
    const taken = new Boxes();
    const drawn = [];
    const { clientWidth: width, clientHeight: height } = context.canvas;

    // Room that is taken by what is drawn there.
    const block = ({ x, y, radius }, owner) => taken.add(x - radius, y - radius, x + radius, y + radius, owner);

    // A name below, above or beside its shape, where there is room, or below at any cost.
    const put = (unit, name, { x, y, radius }, { bold = false, faint = false, force = false }) => {
      context.font = `${bold ? "700 " : ""}${LABEL.size}px ${FONT}`;
      const text = wrap(context, name);
      const wide = widthOf(context, text) / 2 + 2;
      const tall = text.length * LABEL.line;
      const spots = [[x, y + radius + 3], [x, y - radius - tall - 3], [x + radius + wide + 3, y - tall / 2], [x - radius - wide - 3, y - tall / 2]];
      const onPage = ([middle, top]) => middle > wide && middle < width - wide && top > 0 && top + tall < height;
      const free = spots.find((spot) => onPage(spot) && taken.free(spot[0] - wide, spot[1], spot[0] + wide, spot[1] + tall, unit));
      if (!free && !force) return;
      const [middle, top] = free ?? spots[0];
      taken.add(middle - wide, top, middle + wide, top + tall, null);
      drawn.push({ id: unit.id, lines: text, x: middle, y: top + LABEL.line * 0.8, line: LABEL.line, bold, kind: unit.isFold ? "fold" : "organization" });
      text.forEach((line, at) => write(context, line, middle, top + LABEL.line * (at + 0.8), faint ? "#8b949e" : "#1b1f24"));
    };

    // The name of a hull, above it or below.
    const head = (id, text, middle, over, under) => {
      context.font = `italic ${LABEL.size - 1}px ${FONT}`;
      const wide = widthOf(context, [text]) / 2 + 4;
      const top = [over - LABEL.line - 2, under + 2].find((spot) => taken.free(middle - wide, spot, middle + wide, spot + LABEL.line, id));
      if (top === undefined) return;
      taken.add(middle - wide, top, middle + wide, top + LABEL.line, null);
      drawn.push({ id, lines: [text], x: middle, y: top + LABEL.line * 0.8, line: LABEL.line, bold: false, kind: "hull" });
      write(context, text, middle, top + LABEL.line * 0.8, "#57606a");
    };

    return { drawn, block, put, head };
  };

  return { FONT, start };
})();
