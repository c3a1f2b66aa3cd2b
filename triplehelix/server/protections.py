"""What workers cannot do, told plainly: also what this system does not let us forbid."""

from __future__ import annotations

from collections.abc import Sequence

from triplehelix.server.jail import PROTECTIONS

_WORDS = {
    "memory": ("메모리", "memory beyond the limit"),
    "sockets": ("소켓", "sockets"),
    "programs": ("다른 프로그램", "other programs"),
    "files": ("파일 쓰기", "changes to files"),
    "orphans": ("서버 없이 남기", "to outlive the server"),
}


def tell_protections(protections: Sequence[str]) -> dict[str, str]:
    """Return in both languages what workers cannot do, and plainly what is not forbidden here.

    >>> tell_protections(["memory", "sockets", "programs", "files"])["en"]
    'Forbidden to workers: memory beyond the limit, sockets, other programs, changes to files. \
Not enforced on this system: to outlive the server.'
    """
    missing = [name for name in PROTECTIONS if name not in protections]
    told = {}
    words = (("ko", 0, "일꾼에게 막은 것", "이 시스템에서 막지 못한 것"),
             ("en", 1, "Forbidden to workers", "Not enforced on this system"))  # fmt: skip
    for language, number, done, lacking in words:
        parts = [
            f"{title}: {', '.join(_WORDS[name][number] for name in names)}."
            for title, names in ((done, protections), (lacking, missing))
            if names
        ]
        told[language] = " ".join(parts)
    return told
