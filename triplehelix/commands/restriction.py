"""The options that restrict networks, the same for all commands that measure, and what they mean.

A command takes them as one argument: ``@restricted`` puts the options in its place.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache, wraps
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from triplehelix.commands.options import Level
from triplehelix.terminal.refusal import Refusal
from triplehelix.terminal.wording import chosen_language, say

if TYPE_CHECKING:
    from rdflib import Dataset

    from graph.restriction import Labels, Restriction
    from triplehelix.measures.scope import Scope


class Modality(StrEnum):
    """Actual ties, planned ones, or both."""

    ACTUAL = "actual"
    PLANNED = "planned"
    ALL = "all"


class Basis(StrEnum):
    """Ties with a stated source, those without one, or both."""

    STATED = "stated"
    INFERRED = "inferred"
    ALL = "all"


_MODALITIES: dict[Modality, Literal["actual", "planned", "both"]] = {
    Modality.ACTUAL: "actual",
    Modality.PLANNED: "planned",
    Modality.ALL: "both",
}
_BASES: dict[Basis, Literal["stated", "inferred", "both"]] = {
    Basis.STATED: "stated",
    Basis.INFERRED: "inferred",
    Basis.ALL: "both",
}


def _read_partial(text: str) -> str:
    from graph.dates import DateError, parse_date

    try:
        return parse_date(text).lexical
    except DateError as error:
        raise typer.BadParameter(say("errors.bad_date", value=text)) from error


def _option(name: str, metavar: str | None, help_: str, **more: Any) -> Any:
    return typer.Option(name, metavar=metavar, help=help_, **more)


Words = str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A restriction as the command line gives it; what is not given is nothing."""

    host: Annotated[Words, _option("--host", "organization", "host")] = None
    theme: Annotated[Words, _option("--theme", "theme", "theme")] = None
    place: Annotated[Words, _option("--place", "place", "in_place")] = None
    since: Annotated[Words, _option("--from", "date", "since", parser=_read_partial)] = None
    until: Annotated[Words, _option("--until", "date", "until", parser=_read_partial)] = None
    sector: Annotated[list[str] | None, _option("--sector", "sector", "sector")] = None
    rung: Annotated[Words, _option("--rung", "rung", "rung")] = None
    modality: Annotated[
        Modality | None, _option("--modality", "actual|planned|all", "modality")
    ] = None
    basis: Annotated[Basis | None, _option("--basis", "stated|inferred|all", "basis")] = None
    level: Annotated[Level | None, _option("--level", "unit|parent", "level")] = None
    events: Annotated[bool | None, _option("--events/--no-events", None, "events")] = None

    @property
    def given(self) -> list[str]:
        """The names of what is restricted."""
        return [each.name for each in fields(self) if getattr(self, each.name) is not None]

    @staticmethod
    def option(name: str) -> str:
        """Return the option that gives a field.

        >>> Wanted.option("since"), Wanted.option("events")
        ('--from', '--events')
        """
        return "--from" if name == "since" else f"--{name}"

    def resolve(
        self, dataset: Dataset, on: date | None, modality: Modality = Modality.ACTUAL
    ) -> Restriction:
        """Return the restriction; records go by identifier, name or alias, as elsewhere.

        Raises:
            InputError: no record has a name, or several have it.
            Refusal: there is no such sector or rung, or the period ends before it begins.
        """
        from graph.references import find_reference
        from graph.restriction import Restriction

        if self.since and self.until:
            _check_period(self.since, self.until)
        named = {
            field: find_reference(dataset, kind, name)
            for field, kind, name in (
                ("host", "organization", self.host),
                ("theme", "theme", self.theme),
                ("place", "place", self.place),
            )
            if name is not None
        }
        return Restriction(
            **named,
            on=on,
            since=self.since or "",
            until=self.until or "",
            sectors=tuple(dict.fromkeys(find_concept("sector", n) for n in self.sector or ())),
            least_rung=find_concept("rung", self.rung) if self.rung is not None else "",
            modality=_MODALITIES[self.modality or modality],
            basis=_BASES[self.basis or Basis.ALL],
            level=(self.level or Level.UNIT).value,
            events=self.events is not False,
        )


def _check_period(since: str, until: str) -> None:
    from graph.dates import parse_lexical

    if parse_lexical(since).earliest > parse_lexical(until).latest:
        raise Refusal(say("errors.no_period", since=since, until=until))


def find_concept(scheme: str, name: str) -> str:
    """Return the concept of a scheme that a code or a label in either language names.

    Raises:
        Refusal: there is no such concept; those that there are are told.
    """
    from graph.restriction import find_concept, vocabulary
    from triplehelix.terminal.listings import concept

    if found := find_concept(scheme, name):
        return found
    spoken = {code: concept(code, chosen_language()) for code in sorted(vocabulary(scheme))}
    known = ", ".join(c if c == label else f"{c} ({label})" for c, label in spoken.items())
    raise Refusal(say(f"errors.unknown_{scheme}", name=name, known=known))


def _name_records(dataset: Dataset, restriction: Restriction) -> Labels:
    """Return the names of the records that a restriction names."""
    from graph.references import read_labels

    records = filter(None, (restriction.host, restriction.theme, restriction.place))
    return {record: read_labels(dataset, record) for record in records}


def open_scope(
    store: str,
    as_of: date | None,
    wanted: Wanted,
    modality: Modality = Modality.ACTUAL,
    *,
    is_dated: bool = True,
) -> Scope:
    """Return a store opened for reading, with the restriction as of its date or another.

    One that is not dated restricts to no date.

    Raises:
        InputError: there is no store, or no record of a name.
        Refusal: the restriction is none; see :meth:`Wanted.resolve`.
    """
    from triplehelix.measures.scope import Scope
    from triplehelix.reading import open_reading

    reading = open_reading(store, as_of)
    on = reading.on if is_dated else None
    restriction = wanted.resolve(reading.dataset, on, modality)
    return Scope(reading, restriction, _name_records(reading.dataset, restriction))


@cache
def _list_options() -> list[inspect.Parameter]:
    keyword = inspect.Parameter.KEYWORD_ONLY
    return [
        inspect.Parameter(name, keyword, default=None, annotation=annotation)
        for name, annotation in inspect.get_annotations(Wanted, eval_str=True).items()
    ]


def restricted(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with the options of a restriction in the place of ``wanted``."""
    options = _list_options()
    own = inspect.signature(command, eval_str=True).parameters.values()
    parameters = [
        option
        for parameter in own
        for option in (options if parameter.name == "wanted" else [parameter])
    ]

    @wraps(command)
    def run(**given: Any) -> None:
        wanted = Wanted(**{option.name: given.pop(option.name) for option in options})
        command(**given, wanted=wanted)

    keyword = inspect.Parameter.KEYWORD_ONLY
    kept = [parameter.replace(kind=keyword) for parameter in parameters]
    run.__signature__ = inspect.Signature(kept)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in kept}
    return run
