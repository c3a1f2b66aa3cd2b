"""``triplehelix network FILE``: a network as a file for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.commands.options import (
    STORE,
    DayOption,
    FormatOption,
    LanguageOption,
    NetworkName,
    NetworkOption,
    StoreOption,
    WeightingName,
    WeightingOption,
    read_level,
)
from triplehelix.commands.query import ForceOption
from triplehelix.commands.restriction import Wanted, open_scope, restricted
from triplehelix.terminal.help import UsageFault
from triplehelix.terminal.output import show
from triplehelix.terminal.progress import show_waiting
from triplehelix.terminal.refusal import Refusal
from triplehelix.terminal.wording import chosen_language, say

if TYPE_CHECKING:
    import networkx as nx

FileArgument = Annotated[str, typer.Argument(metavar="network_file", help="network_file")]
BackboneOption = Annotated[
    float | None,
    typer.Option("--backbone", metavar="number", help="backbone", parser=read_level),
]


@restricted
def network(
    file: FileArgument,
    *,
    kind: NetworkOption = None,
    weighting: WeightingOption = None,
    backbone: BackboneOption = None,
    force: ForceOption = False,
    wanted: Wanted,
    as_of: DayOption = None,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Write a network to a file for other programs."""
    from graph.backbone import extract_backbone
    from triplehelix.commands.written import find_target
    from triplehelix.replacement import write_aside
    from triplehelix.terminal.network_listing import list_written_network
    from triplehelix.terminal.scope_words import tell_scope

    targets = [find_target(name, overwrite=force) for name in _name_files(file)]
    name = kind or NetworkName.ORGANIZATIONS
    if backbone and name in (NetworkName.TWO_MODE, NetworkName.ALL):
        raise Refusal(say("errors.one_mode_only", name="--backbone"))
    scope = open_scope(store, as_of, wanted)
    language = chosen_language()
    with show_waiting():
        found = scope.network(name.kind, (weighting or WeightingName.COUNT).value)
        graph = extract_backbone(found.graph, backbone) if backbone else found.graph
        about = tell_scope(scope, language, found)
        encoded = encode_network(graph, targets, language, about)
    for target, data in encoded.items():
        write_aside(target, data)
    show(list_written_network(targets, found, graph, scope, language), form)


def _name_files(file: str) -> list[str]:
    """Return the files to write: for CSV one with the ties and one with the nodes."""
    path = Path(file)
    suffix = path.suffix.lower()
    if suffix not in (".graphml", ".gexf", ".csv"):
        raise UsageFault(say("errors.unknown_network_suffix", value=file))
    nodes = [str(path.with_name(f"{path.stem}-nodes{path.suffix}"))] if suffix == ".csv" else []
    return [file, *nodes]


def encode_network(
    graph: nx.Graph[str], targets: list[Path], language: str, about: str
) -> Mapping[Path, bytes]:
    """Return what is written to each file, by the suffix of the first; CSV runs no formulas."""
    from graph.network_files import (
        encode_edge_list,
        encode_gexf,
        encode_graphml,
        encode_node_list,
    )
    from loaders.formulas import guard

    first = targets[0]
    if first.suffix.lower() == ".graphml":
        return {first: encode_graphml(graph, language=language, about=about)}
    if first.suffix.lower() == ".gexf":
        return {first: encode_gexf(graph, language=language, about=about)}
    return {
        first: encode_edge_list(graph, guard, language=language),
        targets[1]: encode_node_list(graph, guard, language=language),
    }
