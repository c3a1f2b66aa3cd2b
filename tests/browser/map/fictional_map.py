"""A fictional town of some sixty organisations, for the tests of the map."""

from dataclasses import replace

from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import (
    Agreement,
    AgreementState,
    Basis,
    Broker,
    Document,
    EvidenceItem,
    Initiative,
    Meta,
    Organization,
    Place,
    Rung,
    Sector,
    Theme,
    Tie,
    TieKind,
    Unit,
)

SECTORS = (
    Sector("academia", "학계", "Academia"),
    Sector("industry", "산업계", "Industry"),
    Sector("research", "연구계", "Research"),
    Sector("government", "공공", "Government"),
    Sector("intermediary", "중개·지원", "Intermediary"),
)
DOCUMENTS = (
    Document("plan", "가람시 산학연 협력 기본계획", "Garam City collaboration plan"),
    Document("report", "드론산업 육성 보고서", "Report on the drone industry"),
)
THEMES = (Theme("ai", "인공지능", "Artificial intelligence"), Theme("drone", "드론", "Drones"))
PLACES = (Place("garam", "가람시", "Garam"), Place("naru", "나루동", "Naru"))
RUNGS = (
    Rung("meeting", "접촉", "Contact"),
    Rung("programme", "사업 참여", "Programme participation"),
    Rung("agreement", "협약", "Agreement"),
)
BASES = (Basis("stated", "명시", "stated"), Basis("inferred", "추론", "inferred"))
INITIATIVES = (
    Initiative(
        "drone-trial",
        "드론 실증 지원",
        "Drone trials",
        themes=("drone",),
        places=("garam", "naru"),
        hosts=("government-0",),
        since="2021",
        until="2023-06",
        money_ko="집행 120백만원 (2022)",
        money_en="Executed 120 million won (2022)",
    ),
    Initiative(
        "ai-school",
        "인공지능 학교",
        "AI school",
        themes=("ai",),
        places=("garam",),
        hosts=("academia-0",),
        since="2022-03",
    ),
    Initiative(
        "firms-meeting",
        "기업 간담회",
        "Meeting with firms",
        event=True,
        hosts=("government-0",),
        since="2020-05-01",
    ),
)
TOWN = {
    "academia": [
        ("가람대학교", "Garam University"),
        ("동국대학교 바이오메디캠퍼스", "Dongguk University Biomedi Campus"),
        ("한빛항공대학교", "Hanbit Aerospace University"),
        ("가람대학교 산학협력단", "Garam University Industry–Academia Foundation"),
        ("한빛항공대학교 산학협력단", "Hanbit Aerospace University Industry Foundation"),
        ("새솔과학기술대학교", "Saesol University of Science and Technology"),
        ("나루직업전문학교", "Naru Vocational School"),
    ],
    "research": [
        ("미리내드론연구원", "Mirinae Drone Institute"),
        ("가람바이오연구소", "Garam Bio Laboratory"),
        ("한강하구생태연구소", "Estuary Ecology Institute"),
        ("로봇융합기술연구센터", "Robot Convergence Research Center"),
        ("스마트시티연구원", "Smart City Institute"),
    ],
    "government": [
        ("가람시", "Garam City"),
        ("가람시 기업지원과", "Garam City Business Support Division"),
        ("별내도 경제실", "Byeollae Province Economy Office"),
        ("가람시 교육지원청", "Garam Office of Education"),
        ("별내고용노동지청", "Byeollae Labour Office"),
        ("가람도시관리공사", "Garam Urban Corporation"),
    ],
    "intermediary": [
        ("가람산업진흥원", "Garam Industry Promotion Agency"),
        ("가람창업지원센터", "Garam Startup Center"),
        ("별내테크노파크", "Byeollae Technopark"),
        ("가람상공회의소", "Garam Chamber of Commerce"),
        ("드론·모빌리티 협의회", "Drone and Mobility Council"),
        ("가람청년일자리카페", "Garam Youth Job Cafe"),
    ],
}
FIRMS = (
    "하늘 누리 다온 라온 마루 바다 사랑 아람 자람 차오름"
    " 큰솔 타래 파란 해솔 온새 윤슬 달빛 별빛 이든 모아"
)
TRADES = (("드론", "Drone"), ("바이오", "Bio"), ("로보틱스", "Robotics"), ("콘텐츠", "Contents"))


def town() -> MapData:
    """Return a fictional town: four clusters around hubs, a fifth apart, and loners."""
    rows = [
        Organization(
            f"{sector}-{number}",
            ko,
            en,
            (),
            sector,
            *_type(sector),
            strength=12.5 - number,
            betweenness=round(0.31 / (number + 1), 4),
        )
        for sector, names in TOWN.items()
        for number, (ko, en) in enumerate(names)
    ]
    for number, name in enumerate(FIRMS.split()):
        ko, en = TRADES[number % 4]
        rows.append(
            Organization(
                f"firm-{number}",
                f"㈜{name}{ko}",
                f"{en} Company {number + 1}",
                (f"{name} {ko}",) if number % 3 == 0 else (),
                "industry",
                "중소기업",
                "Small business",
            )
        )
    rows += [
        Organization("firms", "드론 기업 13개사", "13 drone firms", (), "industry", "묶음", "Group",
                     group=True),
        Organization("agencies", "유관기관 10곳", "10 related agencies", (), "government",
                     group=True),
        Organization("club", "나루터주민협의체", "Naru residents' council"),
    ]  # fmt: skip
    rows += [
        Organization(f"lone-{number}", f"홀로기업 {number + 1}호", f"Lone firm {number + 1}", (),
                     "industry")
        for number in range(6)
    ]  # fmt: skip
    rows += [
        Organization(f"far-{number}", f"먼섬{what}", f"Far island body {number + 1}", (), sector)
        for number, (what, sector) in enumerate(
            [
                ("대학", "academia"),
                ("군청", "government"),
                ("수산", "industry"),
                ("해양연구소", "research"),
            ]
        )
    ]
    meta = Meta(
        "가람시 산·학·연 협력 지도",
        "Garam City collaboration map",
        "2026-06-30",
        "가상의 도시 자료",
        "A fictional town",
    )
    subjects = (INITIATIVES, THEMES, PLACES, RUNGS)
    return MapData(meta, tuple(rows), tuple(_ties()), SECTORS, DOCUMENTS, *subjects, bases=BASES)


def _type(sector: str) -> tuple[str, str]:
    return {
        "academia": ("대학", "University"),
        "research": ("연구소", "Institute"),
        "government": ("행정기관", "Government body"),
        "intermediary": ("지원기관", "Support body"),
    }[sector]


def _ties() -> list[Tie]:
    ties = []
    hubs = ["intermediary-0", "academia-0", "academia-2", "intermediary-2"]
    kinds = [TieKind.AGREEMENT, TieKind.JOINT_WORK, TieKind.JOINT_WORK, TieKind.MEETING]
    for number in range(20):
        hub = hubs[number % 4]
        ties.append(_tie(f"firm-{number}", hub, kinds[number % 3], number))
        if number % 5 == 0:
            ties.append(_tie(hub, f"firm-{number}", TieKind.GAP, number))
        if number % 3 == 0:
            ties.append(_tie(f"firm-{number}", f"firm-{(number + 4) % 20}", TieKind.JOINT_WORK, 2))
    pairs = [
        ("intermediary-0", "government-0", 0), ("academia-0", "government-0", 0),
        ("academia-0", "academia-3", 0), ("academia-2", "academia-4", 0),
        ("academia-2", "research-0", 0), ("academia-2", "research-0", 1),
        ("academia-2", "research-0", 3), ("intermediary-4", "academia-2", 1),
        ("intermediary-4", "research-0", 1), ("intermediary-4", "government-0", 3),
        ("firms", "intermediary-4", 1), ("agencies", "intermediary-0", 3),
        ("research-1", "academia-1", 0), ("research-1", "academia-0", 1),
        ("academia-1", "intermediary-0", 1), ("academia-1", "intermediary-0", 3),
        ("research-2", "academia-0", 1), ("research-3", "academia-5", 1),
        ("research-3", "intermediary-2", 0), ("research-4", "government-0", 0),
        ("research-4", "government-5", 1), ("academia-5", "intermediary-2", 0),
        ("intermediary-1", "government-1", 0), ("intermediary-1", "academia-0", 1),
        ("government-1", "government-0", 1), ("government-2", "intermediary-2", 0),
        ("government-3", "academia-6", 1), ("academia-6", "intermediary-5", 1),
        ("government-4", "intermediary-5", 0), ("intermediary-3", "intermediary-0", 1),
        ("intermediary-3", "government-0", 3), ("government-5", "government-0", 1),
        ("club", "government-0", 3),
        ("far-0", "far-1", 0), ("far-0", "far-2", 1), ("far-1", "far-3", 3), ("far-0", "far-3", 1),
    ]  # fmt: skip
    ties += [_tie(one, two, kinds[kind], place) for place, (one, two, kind) in enumerate(pairs)]
    gaps = [
        ("academia-1", "intermediary-0"), ("intermediary-4", "research-0"),
        ("academia-6", "intermediary-5"), ("research-4", "government-5"),
        ("research-2", "academia-0"), ("firms", "intermediary-4"),
    ]  # fmt: skip
    ties += [_tie(one, two, TieKind.GAP, place) for place, (one, two) in enumerate(gaps)]
    return [*ties, _tie("academia-5", "academia-0", TieKind.PLANNED, 3)]


def _tie(source: str, target: str, kind: TieKind, number: int) -> Tie:
    labels = {
        TieKind.AGREEMENT: ("업무협약(MOU)", "Memorandum of understanding"),
        TieKind.JOINT_WORK: ("드론 실증 지원사업", "Drone trial programme"),
        TieKind.MEETING: ("기업 간담회", "Meeting with firms"),
        TieKind.GAP: (
            "공동사업이 있으나 유효한 협약 없음",
            "Joint programme, no agreement in force",
        ),
        TieKind.PLANNED: ("업무협약 예정", "Agreement planned"),
    }
    item = EvidenceItem(
        ("plan", "report")[number % 2],
        f"{number * 7 + 12}–{number * 7 + 15}",
        "산업진흥원과 대학은 드론 실증 사업을 공동으로 추진한다.",
        "stated" if number % 4 else "inferred",
    )
    subjects = {
        TieKind.AGREEMENT: ("agreement", (), ("ai",)),
        TieKind.JOINT_WORK: ("programme", ("drone-trial",), ()),
        TieKind.MEETING: ("meeting", ("firms-meeting",), ()),
        TieKind.GAP: ("programme", ("drone-trial", "ai-school"), ()),
        TieKind.PLANNED: ("agreement", (), ("drone",)),
    }
    rung, initiatives, themes = subjects[kind]
    return Tie(
        source,
        target,
        kind,
        1 + number % 3,
        *labels[kind],
        rung,
        f"{2019 + number % 7}" if kind in (TieKind.AGREEMENT, TieKind.PLANNED) else "",
        f"{2024 + number % 4}-12" if kind is TieKind.AGREEMENT else "",
        initiatives,
        themes,
        (item,),
    )


HOSTILE = '<img src=x onerror="window.hurt=1">"\'</script><script>window.hurt=2</script>\u2028끝'


def hostile_town() -> MapData:
    """Return the town with markup in every text."""
    made = town()
    rows = list(made.organizations)
    rows[0] = replace(
        rows[0], ko="가람대 " + HOSTILE, en=HOSTILE, alias=(HOSTILE,), type_ko=HOSTILE
    )
    ties = [
        replace(
            tie,
            label_ko=HOSTILE,
            since=HOSTILE,
            evidence=tuple(replace(item, quote=HOSTILE, lines=HOSTILE) for item in tie.evidence),
        )
        for tie in made.ties
    ]
    return replace(
        made,
        organizations=tuple(rows),
        ties=tuple(ties),
        sectors=tuple(replace(sector, ko=HOSTILE) for sector in made.sectors),
        documents=tuple(replace(document, ko=HOSTILE) for document in made.documents),
        initiatives=tuple(replace(row, ko=HOSTILE) for row in made.initiatives),
        themes=tuple(replace(row, ko=HOSTILE) for row in made.themes),
        places=tuple(replace(row, ko=HOSTILE) for row in made.places),
        rungs=tuple(replace(row, ko=HOSTILE) for row in made.rungs),
        bases=tuple(replace(row, ko=HOSTILE) for row in made.bases),
        states=(AgreementState("expired", HOSTILE, HOSTILE),),
        agreements=(
            Agreement(HOSTILE, HOSTILE, HOSTILE, "expired", *[HOSTILE] * 4, ("academia-0", "club")),
        ),
        units=(Unit("academia-3", "academia-0"),),
        brokers=(Broker("academia-0", liaison=2, cut_off=("lone-0",)),),
        meta=replace(made.meta, title_ko=HOSTILE, source_ko=HOSTILE),
    )
