"use strict";

// Words of the page in both languages. Data never passes through here.
const Words = (() => {
  const WORDS = {
    ko: {
      tools: "도구", filters: "찾기·거르기", table: "표", a4: "A4 가로", a3: "A3 가로", save: "내려받기", savePng: "그림 (PNG)", saveSvg: "벡터 그림 (SVG)", saveCsv: "관계 표 (CSV)", saveGexf: "Gephi (GEXF)", saveGraphml: "관계망 (GraphML)", print: "인쇄",
      otherLanguage: "English", otherLanguageCode: "en",
      search: "기관 찾기", searchHint: "이름, 별칭, 초성 ( / )", hits: "찾은 기관", noHits: "찾은 기관이 없습니다",
      sector: "부문", noSector: "부문 없음", tie: "관계", gapsOnly: "협약 공백만 보기", marks: "표시", reset: "처음으로",
      communities: "공동체 (서로 더 많이 이어진 기관)", groupMark: "이름이 밝혀지지 않은 묶음", sizeBy: "크기",
      keyboard: "키보드", mapLabel: "협력 관계망 지도. 화살표로 움직이고 n과 p로 기관을 차례로 고릅니다. 같은 내용이 표에도 있습니다.",
      zoomIn: "크게", zoomOut: "작게", fit: "전체 보기", panel: "자세히", close: "닫기",
      agreement: "협약", joint_work: "공동사업", meeting: "회의·접촉", gap: "협약 공백", planned: "협약 예정", other: "기타",
      gapMeaning: "함께 일하지만 유효한 협약이 없음",
      organizations: "기관", ties: "관계", gaps: "협약 공백", organization: "기관", type: "유형",
      degree: "연결 기관", strength: "연결 강도", betweenness: "매개 중심성",
      measuresNote: "연결 기관: 관계를 맺은 기관 수 · 연결 강도: 주관하거나 참여하는 사업 수 · 매개 중심성: 다른 기관 사이의 최단 경로에 놓이는 비율(0~1)",
      group: "묶음", alias: "별칭", evidence: "근거", lines: "줄", times: "회", since: "부터", until: "까지",
      noEvidence: "근거 없음", noTies: "보이는 관계가 없습니다.", showTie: "자세히",
      hubs: "연결이 많은 기관", gapList: "협약 공백", noGaps: "보이는 협약 공백이 없습니다.",
      asOf: "기준일", source: "자료", chosen: "선택",
      initiatives: "사업·행사", around1: "이웃만", around2: "두 걸음까지", pick: "다른 기관까지의 길", pickOther: "지도, 찾기, 표에서 다른 기관을 고르십시오.", noWay: "보이는 관계로는 이어지지 않습니다.", steps: "걸음", ways: "가장 짧은 길",
      subjects: "분야·사업·기간", theme: "분야", programme: "사업", place: "지역", host: "주관기관", rung: "관계 단계 (이상)",
      year: "연도", all: "전체", allYears: "모든 해", against: "이 해와 비교", none: "비교하지 않음", came: "새로 생김", gone: "없어짐", stayed: "그대로", file_kind: "관계", file_rung: "단계", file_count: "횟수", file_about: "내용", file_since: "시작", file_until: "종료", file_initiatives: "사업·행사", file_themes: "협약 분야", file_money: "예산", file_evidence: "근거", play: "재생", pause: "멈춤",
      more: "더 보기", communityList: "공동체", allCommunities: "모든 공동체", foldHint: "공동체마다 한 점으로 접었습니다. 점을 고르면 펼칩니다.", foldMeaning: "서로 더 많이 이어진 기관의 모임입니다. 고르면 펼칩니다.", smallerCommunities: "작은 공동체들", noCommunity: "공동체 없음", notDrawn: "그리지 않은 기관", tiesOut: "다른 공동체와의 관계", tiesIn: "안쪽 관계", tieList: "관계 목록", ringMark: "접은 공동체: 크기는 기관 수, 고리는 부문",
      level: "단위", levelUnit: "기관별로", levelParent: "상위기관으로 묶어서", levelNote: "상위기관으로 묶은 값입니다.", unitsOf: "묶인 단위 기관", unitIn: "상위기관",
      basis: "근거 방식", modality: "실제·예정", actualOnly: "실제만", plannedOnly: "예정만", pages: "다른 페이지", pageIndex: "첫 페이지", pageDistricts: "시군구 지도", pageMatrix: "부문 행렬", recordPage: "기록 페이지",
      roles: "중개 역할", rolesNote: "함께 일하는 관계망에서 서로 이어지지 않은 두 기관 사이에 선 횟수를 부문에 따라 나눈 것 (순서를 둔 쌍, Gould–Fernandez 1989)",
      coordinator: "조정자", coordinatorMeans: "자기 부문의 두 기관 사이", itinerant: "순회 중개자", itinerantMeans: "다른 한 부문의 두 기관 사이", gatekeeper: "문지기·대표자", gatekeeperMeans: "자기 부문과 다른 부문 사이 (문지기와 대표자 각각)", liaison: "연락자", liaisonMeans: "서로 다른 두 부문 사이, 자신은 셋째 부문",
      cutOff: "빠지면 끊기는 기관", cutOffNote: "이 기관이 빠지면 함께 일하는 관계망의 가장 큰 조각에서 떨어져 나갑니다.", agreements: "협약과 상태", signed: "체결", notice: "통보 기한", beside: "두 기관 사이의 다른 관계",
      file_basis: "근거 방식", file_planned: "예정",
      keys: [["/", "기관 찾기"], ["n p", "다음, 앞 기관"], ["← ↑ → ↓", "지도 이동"], ["+ − 0", "크게, 작게, 전체"], ["t", "표"], ["Esc", "선택 해제, 닫기"]],
    },
    en: {
      tools: "Tools", filters: "Search and filters", table: "Table", a4: "A4 landscape", a3: "A3 landscape", save: "Download", savePng: "Picture (PNG)", saveSvg: "Drawing (SVG)", saveCsv: "Ties as a table (CSV)", saveGexf: "Gephi (GEXF)", saveGraphml: "Network (GraphML)", print: "Print",
      otherLanguage: "한국어", otherLanguageCode: "ko",
      search: "Find an organisation", searchHint: "Name, alias or initials ( / )", hits: "Organisations found", noHits: "No organisation found",
      sector: "Sector", noSector: "No sector", tie: "Tie", gapsOnly: "Gaps only", marks: "Marks", reset: "Reset",
      communities: "Communities (more tied to one another)", groupMark: "Group whose members are not named", sizeBy: "Size",
      keyboard: "Keyboard", mapLabel: "Map of the collaboration network. Arrows pan; n and p choose one organisation after another. The table holds the same.",
      zoomIn: "Zoom in", zoomOut: "Zoom out", fit: "Show all", panel: "Details", close: "Close",
      agreement: "Agreement", joint_work: "Joint work", meeting: "Meeting or contact", gap: "Agreement gap", planned: "Agreement planned", other: "Other",
      gapMeaning: "Work together without an agreement in force",
      organizations: "Organisations", ties: "Ties", gaps: "Agreement gaps", organization: "Organisation", type: "Type",
      degree: "Partners", strength: "Strength", betweenness: "Betweenness",
      measuresNote: "Partners: organisations tied to · Strength: programmes hosted or taken part in · Betweenness: share of shortest paths between others that pass here (0–1)",
      group: "group", alias: "Also", evidence: "Evidence", lines: "lines", times: "times", since: "from", until: "until",
      noEvidence: "No evidence", noTies: "No tie is shown.", showTie: "Details",
      hubs: "Best connected", gapList: "Agreement gaps", noGaps: "No gap is shown.",
      asOf: "As of", source: "Source", chosen: "Selected",
      initiatives: "Programmes and events", around1: "Neighbours only", around2: "Two steps", pick: "Ways to another", pickOther: "Choose the other organisation on the map, by search or in the table.", noWay: "No way leads there over the ties shown.", steps: "Steps", ways: "Shortest ways",
      subjects: "Subject and time", theme: "Theme", programme: "Programme", place: "Place", host: "Host", rung: "At least as firm as",
      year: "Year", all: "All", allYears: "All years", against: "Compared with", none: "No comparison", came: "Came", gone: "Gone", stayed: "Stayed", file_kind: "Tie", file_rung: "Rung", file_count: "Count", file_about: "About", file_since: "From", file_until: "Until", file_initiatives: "Programmes and events", file_themes: "Themes of the agreement", file_money: "Money", file_evidence: "Evidence", play: "Play", pause: "Pause",
      more: "More", communityList: "Communities", allCommunities: "All communities", foldHint: "Each community is folded into one dot. Choose one to open it.", foldMeaning: "Organisations tied to one another more than to others. Choose one to open it.", smallerCommunities: "Smaller communities", noCommunity: "No community", notDrawn: "Organisations not drawn", tiesOut: "Ties to other communities", tiesIn: "Ties inside", tieList: "List of ties", ringMark: "Folded community: size by members, ring by sector",
      level: "Level", levelUnit: "Each for itself", levelParent: "Units in their parents", levelNote: "Measured with units in their parents.", unitsOf: "With its units", unitIn: "Unit of",
      basis: "Basis of evidence", modality: "Actual or planned", actualOnly: "Actual only", plannedOnly: "Planned only", pages: "Pages", pageIndex: "First page", pageDistricts: "District map", pageMatrix: "Matrices", recordPage: "Page of the record",
      roles: "Roles as a broker", rolesNote: "How often it stands between two that have no tie in joint work, by sector (ordered pairs; Gould and Fernandez 1989)",
      coordinator: "Coordinator", coordinatorMeans: "between two of its own sector", itinerant: "Itinerant", itinerantMeans: "between two of one other sector", gatekeeper: "Gatekeeper, representative", gatekeeperMeans: "between its own sector and another (each of the two)", liaison: "Liaison", liaisonMeans: "between two sectors, itself of a third",
      cutOff: "Cut off if it leaves", cutOffNote: "Without this organisation they lose the way to the largest part of the network of joint work.", agreements: "Agreements and states", signed: "signed", notice: "notice by", beside: "What else ties the two",
      file_basis: "Basis of evidence", file_planned: "Planned",
      keys: [["/", "find an organisation"], ["n p", "next, previous organisation"], ["← ↑ → ↓", "pan the map"], ["+ − 0", "zoom in, out, show all"], ["t", "table"], ["Esc", "deselect, close"]],
    },
  };
  let language = "ko";

  return {
    has: (code) => Object.hasOwn(WORDS, code),
    use(code) { language = code; },
    language: () => language,
    word: (key) => WORDS[language][key],
    // The text of a row in this language, or in the other where it is missing.
    of: (row, stem = "") => {
      const [first, second] = language === "ko" ? ["ko", "en"] : ["en", "ko"];
      return row[stem + first] || row[stem + second] || "";
    },
    other: (row) => row[language === "ko" ? "en" : "ko"] || "",
  };
})();

// The network as rows the page can walk through: what pyvis drew, joined with what is known of it.
const Model = (() => {
  const payload = Payload.read();
  const columns = payload.data;
  const rows = (table) => {
    const [names, columns] = [Object.keys(table), Object.values(table)];
    return columns[0].map((_, at) => {
      const row = {};
      for (let one = 0; one < names.length; one += 1) row[names[one]] = columns[one][at];
      return row;
    });
  };

  const documents = rows(columns.documents);
  const [themes, places, rungs, bases] = [columns.themes, columns.places, columns.rungs, columns.bases].map(rows);
  const evidence = rows(columns.evidence).map((item) => ({ ...item, document: documents[item.document], basis: bases[item.basis] }));
  const sectors = rows(columns.sectors).map((sector, at) => ({ ...sector, look: payload.sectorLooks[at] }));
  const noSector = { id: "none", look: payload.noSectorLook };
  const kinds = payload.kinds;
  const otherKind = { id: "other", ...payload.otherTie };

  const known = new Map(rows(columns.organizations).map((row) => [row.id, row]));
  const unknown = (node) => ({ id: node.id, ko: String(node.label ?? node.id), en: "", alias: [], sector: -1, type_ko: "", type_en: "", degree: null, strength: null, betweenness: null, places: [], group: false, community: -1 });
  const organizations = payload.nodes.map((node, at) => {
    const row = known.get(node.id) ?? unknown(node);
    const renamed = node.label !== row.ko; // by the hand of a notebook user: it holds in both languages
    const names = renamed ? { ko: String(node.label ?? ""), en: "" } : {};
    const situated = row.places.map((number) => places[number]);
    return { ...row, ...names, at, node, ties: [], sector: sectors[row.sector] ?? noSector, places: situated };
  });
  const byId = new Map(organizations.map((row) => [row.id, row]));
  // A notebook user may have taken a host off the map.
  const communities = rows(columns.communities).map((row) => ({ ...row, members: [] }));
  organizations.forEach((row) => communities[row.community]?.members.push(row));
  const present = (number) => byId.get(columns.organizations.id[number]) ?? [];
  const initiatives = rows(columns.initiatives).map((row) => ({
    ...row, themes: row.themes.map((number) => themes[number]), places: row.places.map((number) => places[number]), hosts: row.hosts.flatMap(present),
  }));

  const tieRows = rows(columns.ties);
  const seen = new Map();
  const ties = payload.edges.map((edge, at) => {
    const row = tieRows[edge.tie] ?? { kind: -1, count: 1, label_ko: edge.title ?? edge.label ?? "", label_en: "", rung: -1, from: "", until: "", initiatives: [], themes: [], evidence: [] };
    const kind = kinds[row.kind] ?? otherKind;
    const ends = [byId.get(edge.from), byId.get(edge.to)];
    const stem = [edge.from, edge.to, kind.id].join("~");
    const turn = seen.get(stem) ?? 0;
    seen.set(stem, turn + 1);
    const tie = { ...row, at, edge: { ...edge, id: `tie-${at}` }, kind, ends, key: `${stem}~${turn}`, evidence: row.evidence.map((number) => evidence[number]), initiatives: row.initiatives.map((number) => initiatives[number]), themes: row.themes.map((number) => themes[number]) };
    new Set(ends).forEach((end) => end.ties.push(tie));
    return tie;
  });
  organizations.forEach((row) => {
    row.degree ??= new Set(row.ties.map((tie) => tie.ends[tie.ends[0] === row ? 1 : 0])).size;
    row.folded = [row.ko, row.en, ...row.alias].map(Search.fold).filter(Boolean);
  });
  const byDegree = (one, two) => two.degree - one.degree || one.at - two.at;
  const ranked = [...organizations].sort(byDegree);

  return {
    payload, meta: columns.meta, organizations, ties, ranked, byDegree, initiatives, rungs, bases, evidence, communities, kinds, otherKind, sectors, noSector, byId,
    // The rows of a table as they were sent, and who on the map has a number there.
    table: (name) => rows(columns[name]), present: (number) => byId.get(columns.organizations.id[number]) ?? null,
    byKey: new Map(ties.map((tie) => [tie.key, tie])),
    opposite: (tie, row) => tie.ends[tie.ends[0] === row ? 1 : 0],
  };
})();
