// An answer as a spreadsheet: numbers stay numbers, and text is never taken for a formula.
const Workbook = (() => {
  const encoder = new TextEncoder();
  const OPEN = "http://schemas.openxmlformats.org";
  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const escape = (text) => text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "").replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const cell = (value) => (typeof value === "number" ? `<c><v>${value}</v></c>` : value === "" ? "<c/>" : `<c t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`);
  const sheet = (rows) => `${HEAD}<worksheet xmlns="${OPEN}/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("")}</sheetData></worksheet>`;
  const parts = (rows, name) => ({
    "[Content_Types].xml": `${HEAD}<Types xmlns="${OPEN}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    "_rels/.rels": `${HEAD}<Relationships xmlns="${OPEN}/package/2006/relationships"><Relationship Id="r1" Type="${OPEN}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${OPEN}/spreadsheetml/2006/main" xmlns:r="${OPEN}/officeDocument/2006/relationships"><sheets><sheet name="${escape(name)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${HEAD}<Relationships xmlns="${OPEN}/package/2006/relationships"><Relationship Id="r1" Type="${OPEN}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": sheet(rows),
  });

  const TABLE = Uint32Array.from({ length: 256 }, (_, at) => {
    let value = at;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  const checksum = (bytes) => (bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
  const numbers = (...pairs) => Uint8Array.from(pairs.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 255)));

  // A ZIP archive of stored files (PKWARE APPNOTE 6.3), all dated 1980-01-01.
  const pack = (files) => {
    const pieces = [];
    const directory = [];
    let offset = 0;
    for (const [path, text] of Object.entries(files)) {
      const [name, data] = [encoder.encode(path), encoder.encode(text)];
      const about = [[20, 2], [0x800, 2], [0, 2], [0, 2], [33, 2], [checksum(data), 4], [data.length, 4], [data.length, 4], [name.length, 2], [0, 2]];
      const local = numbers([0x04034b50, 4], ...about);
      directory.push(numbers([0x02014b50, 4], [20, 2], ...about, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name);
      pieces.push(local, name, data);
      offset += local.length + name.length + data.length;
    }
    const size = directory.reduce((sum, piece) => sum + piece.length, 0);
    const count = directory.length / 2;
    return [...pieces, ...directory, numbers([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2])];
  };

  /** Hand the rows over as a file; the first row holds the names of the columns. */
  const save = (rows, name) => {
    const blob = new Blob(pack(parts(rows, name.replace(/[\\/?*[\]:']/g, " ").slice(0, 31))), { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });
    const link = Page.make("a", { href: URL.createObjectURL(blob), download: `${name}.xlsx` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 5000);
  };
  return { save };
})();
