"use strict";

// What the page was sent, as Python had it: inflated if it is large, nodes and edges unpacked.
const Payload = (() => {
  // ---- RFC 1951. The browser's own way would let the page wait, and older ones have none.

  const EXTRA = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const steps = (count, first, every) => {
    const bits = Array.from({ length: count }, (_, at) => Math.max(0, Math.floor(at / every) - 1));
    const bases = [];
    bits.reduce((base, bit) => { bases.push(base); return base + 2 ** bit; }, first);
    return { bits, bases };
  };
  const LENGTHS = steps(29, 3, 4);
  [LENGTHS.bits[28], LENGTHS.bases[28]] = [0, 258];
  const DISTANCES = steps(30, 1, 2);
  const fixed = [[144, 8], [112, 9], [24, 7], [8, 8]].flatMap(([count, length]) => Array(count).fill(length));

  // A table from the next fifteen bits to a sign and the length of its code.
  const tableOf = (lengths) => {
    const table = new Uint16Array(1 << 15);
    let code = 0;
    for (let length = 1; length <= 15; length += 1) {
      lengths.forEach((one, sign) => {
        if (one !== length) return;
        let turned = 0;
        for (let bit = 0; bit < length; bit += 1) turned |= ((code >> bit) & 1) << (length - 1 - bit);
        for (let at = turned; at < table.length; at += 1 << length) table[at] = (sign << 4) | length;
        code += 1;
      });
      code <<= 1;
    }
    return table;
  };

  const inflate = (bytes) => {
    let [at, held, count] = [0, 0, 0];
    let [out, size] = [new Uint8Array(bytes.length * 5), 0];
    const need = (bits) => { while (count < bits) { held |= bytes[at] << count; at += 1; count += 8; } };
    const take = (bits) => {
      need(bits);
      const value = held & ((1 << bits) - 1);
      held >>>= bits;
      count -= bits;
      return value;
    };
    const sign = (table) => {
      need(15);
      const found = table[held & 0x7fff];
      held >>>= found & 15;
      count -= found & 15;
      return found >> 4;
    };
    const grow = (more) => {
      if (size + more <= out.length) return;
      const wider = new Uint8Array((size + more) * 2);
      wider.set(out.subarray(0, size));
      out = wider;
    };
    const tables = () => {
      const [signs, far, some] = [take(5) + 257, take(5) + 1, take(4) + 4];
      const short = Array(19).fill(0);
      for (let one = 0; one < some; one += 1) short[EXTRA[one]] = take(3);
      const table = tableOf(short);
      const lengths = [];
      while (lengths.length < signs + far) {
        const next = sign(table);
        if (next < 16) lengths.push(next);
        else if (next === 16) lengths.push(...Array(3 + take(2)).fill(lengths.at(-1)));
        else lengths.push(...Array(next === 17 ? 3 + take(3) : 11 + take(7)).fill(0));
      }
      return [tableOf(lengths.slice(0, signs)), tableOf(lengths.slice(signs))];
    };
    const stored = () => {
      at -= count >> 3; // back to the whole bytes that were read ahead
      [held, count] = [0, 0];
      const length = bytes[at] | (bytes[at + 1] << 8);
      grow(length);
      out.set(bytes.subarray(at + 4, at + 4 + length), size);
      at += 4 + length;
      size += length;
    };
    const block = ([signs, far]) => {
      for (let next = sign(signs); next !== 256; next = sign(signs)) {
        grow(258);
        if (next < 256) { out[size] = next; size += 1; continue; }
        const length = LENGTHS.bases[next - 257] + take(LENGTHS.bits[next - 257]);
        const way = sign(far);
        const from = size - DISTANCES.bases[way] - take(DISTANCES.bits[way]);
        for (let one = 0; one < length; one += 1) out[size + one] = out[from + one];
        size += length;
      }
    };
    for (let last = 0; !last;) {
      last = take(1);
      const form = take(2);
      if (form === 0) stored();
      else block(form === 1 ? [tableOf(fixed), tableOf(Array(30).fill(5))] : tables());
    }
    return out.subarray(0, size);
  };

  // ---- rows of the data and options that many share, back to one object each (see packing.py)

  const unpack = ({ styles, style, row, own }, said) =>
    style.map((number, at) => {
      const { options, row: keys } = styles[number];
      const item = { ...options };
      const told = keys.length ? said(row ? row[at] : at) : null;
      for (const key of keys) item[key] = told[key];
      return Object.assign(item, own[at]);
    });

  const read = () => {
    const box = document.getElementById("payload");
    const whole = () => {
      const signs = atob(box.textContent);
      const bytes = new Uint8Array(signs.length);
      for (let one = 0; one < signs.length; one += 1) bytes[one] = signs.charCodeAt(one);
      return new TextDecoder().decode(inflate(bytes));
    };
    const payload = JSON.parse(box.dataset.form === "deflate" ? whole() : box.textContent);
    const { organizations, ties } = payload.data;
    const node = (at) => ({ id: organizations.id[at], label: organizations.ko[at], x: organizations.x[at], y: organizations.y[at] });
    const edge = (at) => ({ tie: at, from: organizations.id[ties.source[at]], to: organizations.id[ties.target[at]] });
    return { ...payload, nodes: unpack(payload.nodes, node), edges: unpack(payload.edges, edge) };
  };

  return { read };
})();
