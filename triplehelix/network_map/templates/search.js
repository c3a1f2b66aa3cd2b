"use strict";

// Search that forgives spaces, middle dots and ㈜, and reads initial consonants (ㄷㄱㄷ finds 동국대).
const Search = (() => {
  const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
  // A keyboard joins two consonants typed in a row where they could end a syllable.
  const JOINED = { ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ", ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ" };
  const FIRST = 0xac00;
  const LAST = 0xd7a3;
  const PER_INITIAL = 588;
  const FINALS = 28;

  const fold = (text) =>
    text
      .normalize("NFC")
      .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
      .replace(/[\u1100-\u1112]/g, (sign) => INITIALS[sign.charCodeAt(0) - 0x1100])
      .replace(/[ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ]/g, (sign) => JOINED[sign])
      .toLowerCase()
      .replace(/㈜|\(주\)|주식회사|\(유\)|유한회사/g, "")
      .replace(/[\s·‧․∙ㆍ・•.,()'"「」-]/g, "");

  const code = (sign) => sign.charCodeAt(0) - FIRST;
  const isSyllable = (sign) => sign >= String.fromCharCode(FIRST) && sign <= String.fromCharCode(LAST);

  // Does one typed sign stand for this sign of the name? `open` when it may still get a final.
  const stands = (typed, sign, open) => {
    if (typed === sign) return true;
    if (!isSyllable(sign)) return false;
    if (INITIALS.includes(typed)) return INITIALS[Math.floor(code(sign) / PER_INITIAL)] === typed;
    const unfinished = open && isSyllable(typed) && code(typed) % FINALS === 0;
    return unfinished && Math.floor(code(typed) / FINALS) === Math.floor(code(sign) / FINALS);
  };

  const find = (query, name) => {
    const last = query.length - 1;
    for (let start = 0; start + last < name.length; start += 1) {
      let at = 0;
      while (at <= last && stands(query[at], name[start + at], at === last)) at += 1;
      if (at > last) return start;
    }
    return -1;
  };

  // Lower is better; -1 is no match. The start of a name comes before its middle.
  const rank = (query, names) => {
    const found = names.map((name) => find(query, name)).map((at) => (at > 0 ? 1 : at));
    return found.includes(0) ? 0 : Math.max(...found, -1);
  };

  return { fold, rank };
})();
