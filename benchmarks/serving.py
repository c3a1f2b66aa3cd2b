"""The server under load, beside Oxigraph's own, and sixty seconds of chaos.

Three queries on the same store: the cheapest that there is, a question of the library about the
organisation with the most undertakings, and the hubs of the whole graph. Answers are compared.
Every query is asked anew, with another comment at its end; since our server keeps results, it is
also asked again word for word.
"""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import httpx
from rdflib import Dataset

from benchmarks.chaos import Chaos, report_chaos, used_memory
from benchmarks.compare import check, machine
from benchmarks.costs import ROOT, launch
from benchmarks.generator import Generator, write
from benchmarks.load import load
from graph.questions import find_question
from graph.sparql import bind
from graph.store import open_store, select
from graph.substitution import substitute

SCOPED, HEAVY = "agreements_in_force", "hubs_by_programmes"
_BUSIEST = """
SELECT ?host (COUNT(*) AS ?n) WHERE { ?host a th:Organization ; th:isHostOf|th:takesPartIn ?x }
GROUP BY ?host ORDER BY DESC(?n) ?host LIMIT 1
"""
_ASK = "ASK { ?s ?p ?o }"
_DATE = "2023-12-31"


def prepare(folder: Path, triples: int, seed: int) -> Path:
    """Return the build of an ecosystem, which is made unless it is there."""
    build = folder / f"{triples}-{seed}"
    mark = build / "graph.trig.sha256"
    if not mark.is_file():
        write(Generator(seed, triples).tables, build)
        launch("benchmarks.ours", "build", build, build)
        mark.write_text("0" * 64 + "  graph.trig\n", encoding="ascii")
    return build


def list_queries(dataset: Dataset) -> dict[str, str]:
    """Return the texts of the queries by name, with their arguments written into them."""
    host = str(next(select(dataset, _BUSIEST))[0])
    scoped, heavy = find_question(SCOPED), find_question(HEAVY)
    terms = bind(dataset, scoped, {"host": host, "date": _DATE})
    return {
        "ASK": _ASK,
        SCOPED: substitute(scoped.text, terms),
        HEAVY: substitute(heavy.text, bind(dataset, heavy, {})),
    }


@contextmanager
def serve(command: list[str], port: int) -> Iterator[int]:
    """Run a server until the end of the block; gives its process number when it answers."""
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                if process.poll() is not None or _answers(port):
                    break
                time.sleep(0.1)
            check(process.poll() is None, f"the server has ended: {command}")
            yield process.pid
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        return httpx.get(_address(port, _ASK)).is_success
    except httpx.TransportError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _address(port: int, query: str) -> str:
    return f"http://127.0.0.1:{port}/sparql?{urlencode({'query': query})}"


def _command(build: Path, port: int) -> list[str]:
    """Return how our server is started, with the limits that it has by itself."""
    command = [sys.executable, "-c", "from triplehelix.cli import main; main()", "serve"]
    return [*command, "--build", str(build), "--port", str(port)]


def _oxigraph_command(program: str, build: Path, port: int) -> list[str]:
    """Return how Oxigraph's server is started, which by itself has no limits.

    With ``--timeout-s`` it keeps a thread for each query until its time is over, also of those that
    were answered at once, and ends within seconds for want of threads.
    """
    command = [program, "serve-read-only", "--location", str(build / "store")]
    return [*command, "--union-default-graph", "--bind", f"127.0.0.1:{port}"]


def compare(build: Path, oxigraph: str, clients: list[int], seconds: int) -> None:
    """Print what clients see on each side in turn, and how much memory it took."""
    queries = list_queries(open_store(str(build / "store")))
    ports = {"ours": _free_port()} | ({"oxigraph": _free_port()} if oxigraph else {})
    with ExitStack() as stack:
        processes = {}
        for side, port in ports.items():
            ours = side == "ours"
            command = _command(build, port) if ours else _oxigraph_command(oxigraph, build, port)
            processes[side] = stack.enter_context(serve(command, port))
        for name, text in queries.items():
            answers = [_ask(port, text) for port in ports.values()]
            check(answers.count(answers[0]) == len(answers), f"the answers to {name} differ")
            for number in clients:
                _compare_loads(ports, name, text, number, seconds)
        for side, process in processes.items():
            print(f"{side}: {used_memory(process)}")


def _compare_loads(
    ports: Mapping[str, int], name: str, text: str, clients: int, seconds: int
) -> None:
    """Print what so many clients see on each side, and ours also where nothing is new."""
    seen = {"ours": load(_address(ports["ours"], text), clients, seconds)}
    seen["ours, again"] = load(_address(ports["ours"], text), clients, seconds, anew=False)
    if "oxigraph" in ports:  # last, as it goes on with queries whose clients have gone
        seen["oxigraph"] = load(_address(ports["oxigraph"], text), clients, seconds)
    for side, figures in seen.items():
        print(f"| {name} | {clients} | {side} | {figures} |")
    if "oxigraph" in seen and (theirs := seen["oxigraph"].per_second):
        ratio = seen["ours"].per_second / theirs
        print(f"| {name} | {clients} | ours / oxigraph | {ratio:.2f} |", flush=True)


def _ask(port: int, query: str) -> list[str]:
    content = httpx.get(_address(port, query), timeout=60).raise_for_status().json()
    rows = content["results"]["bindings"] if "results" in content else [content["boolean"]]
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def disturb(build: Path, seconds: int) -> None:
    """Print how the server stands hostile clients, and stop unless it still answers."""
    queries = list_queries(open_store(str(build / "store")))
    port = _free_port()
    with serve(_command(build, port), port) as process:
        good = [queries["ASK"], queries[SCOPED]]
        report_chaos(Chaos(f"http://127.0.0.1:{port}/sparql", process, good), seconds)
        answer = _ask(port, f"{_ASK} # after all that")
        check(answer == ["true"], "the server does not answer any more")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--seconds", type=int, default=10, help="for each figure")
    parser.add_argument("--oxigraph", default=shutil.which("oxigraph") or "", metavar="PROGRAM")
    parser.add_argument("--chaos", type=int, default=0, metavar="SECONDS", help="this instead")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="of ecosystems to use again")
    chosen = parser.parse_args()
    print(machine())
    with TemporaryDirectory(prefix="benchmark-") as name:
        for triples in chosen.sizes:
            build = prepare(chosen.keep or Path(name), triples, chosen.seed)
            print(f"\n{triples:,} triples")
            if chosen.chaos:
                disturb(build, chosen.chaos)
            else:
                compare(build, chosen.oxigraph, chosen.clients, chosen.seconds)


if __name__ == "__main__":
    main()
