"""Invented names in Korean and English: native words, two or three to a name."""

from random import Random


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Return the Korean and English words of a text, in which ``_`` stands for a space."""
    pairs = (word.replace("_", " ").partition(":") for word in text.split())
    return tuple((korean, english) for korean, _, english in pairs)


STEMS = _pairs(
    "가람:Garam 누리:Nuri 다솜:Dasom 라온:Raon 마루:Maru 바론:Baron 새솔:Saesol 아라:Ara "
    "한별:Hanbyeol 도담:Dodam 미르:Mir 온새:Onsae 하늘:Haneul 큰솔:Keunsol 별빛:Byeolbit "
    "달내:Dallae 은솔:Eunsol 나래:Narae 보람:Boram 해찬:Haechan 슬기:Seulgi 단비:Danbi "
    "고운:Goun 이든:Ideun 푸름:Pureum 물결:Mulgyeol 소담:Sodam 여울:Yeoul 참빛:Chambit "
    "벼리:Byeori 샛별:Saetbyeol 가온:Gaon 예솔:Yesol 윤슬:Yunseul 들찬:Deulchan 솔찬:Solchan"
)
INDUSTRIES = _pairs(
    "테크:Tech 바이오:Bio 로보틱스:Robotics 시스템:Systems 소프트:Soft 솔루션:Solutions "
    "에너지:Energy 소재:Materials 모빌리티:Mobility 디자인:Design"
)
WORKS = _pairs(
    "육성:growth 지원:support 실증:testing 기반_조성:foundations 협력체계_구축:cooperation "
    "교육:training 컨설팅:advice 네트워크_운영:network 공간_조성:space 활성화:promotion"
)
THEMES = {
    "startup": ("창업", "start-up"),
    "human-resources": ("인재양성", "talent"),
    "ai": ("인공지능", "AI"),
    "bio": ("바이오", "bio"),
    "drone": ("드론", "drone"),
    "smart-city": ("스마트시티", "smart city"),
    "tech-transfer": ("기술이전", "technology transfer"),
    "maker": ("메이커", "maker"),
    "employment": ("일자리", "employment"),
    "design": ("디자인", "design"),
}


class Names:
    """Draws names; those of organisations are not drawn twice."""

    def __init__(self, random: Random) -> None:
        """Start with no name given out."""
        self._random, self._used = random, set[str]()

    def draw(self, suffix: str, suffix_en: str, prefix: str = "") -> tuple[str, str]:
        """Return a new name in Korean and English."""
        words = 2
        while True:
            stems = [self._random.choice(STEMS) for _ in range(words)]
            korean = prefix + "".join(stem[0] for stem in stems) + suffix
            if korean not in self._used:
                self._used.add(korean)
                return korean, f"{''.join(stem[1] for stem in stems).capitalize()} {suffix_en}"
            words = 3

    def work(self, theme: str, kind: str, kind_en: str) -> tuple[str, str]:
        """Return what an initiative of a theme is called; such names may come again."""
        work, work_en = self._random.choice(WORKS)
        korean, english = THEMES[theme]
        return f"{korean} {work} {kind}", f"{english[0].upper()}{english[1:]} {work_en} {kind_en}"
