"use strict";

// While a large picture is panned, what was drawn last is moved as it is; where it comes to rest, and
// before a bare edge becomes broad, everything is drawn anew.
const Glide = (() => {
  const FAR = 160; // pixels
  const REST = 90; // milliseconds
  const copy = document.createElement("canvas");

  const start = (network) => {
    const { renderer, body } = network;
    const paint = renderer._redraw.bind(renderer);
    let from = null; // where the picture stood when it was copied
    let timer = 0;

    const take = () => {
      const { canvas } = network.canvas.getContext();
      Object.assign(copy, { width: canvas.width, height: canvas.height }).getContext("2d").drawImage(canvas, 0, 0);
      from = { ...body.view.translation, scale: body.view.scale };
    };
    const end = () => { clearTimeout(timer); from = null; };

    const shift = (right, down) => {
      const context = network.canvas.getContext();
      const ratio = copy.width / context.canvas.clientWidth;
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, copy.width, copy.height);
      context.drawImage(copy, right * ratio, down * ratio);
      context.restore();
    };

    renderer._redraw = (hidden = false) => {
      if (!from) return paint(hidden);
      const { translation, scale } = body.view;
      const [right, down] = [translation.x - from.x, translation.y - from.y];
      if (hidden || scale !== from.scale) end();
      else if (Math.max(Math.abs(right), Math.abs(down)) <= FAR) return shift(right, down);
      paint(hidden);
      if (from) take();
      return undefined;
    };

    // Call before the view moves.
    const move = () => {
      if (!from) take();
      clearTimeout(timer);
      timer = setTimeout(() => { end(); network.redraw(); }, REST);
    };
    return { move, end };
  };

  return { start };
})();
