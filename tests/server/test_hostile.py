"""Hostile queries are contained, each in its own way, while good ones are answered."""

import os
import signal
import threading
import time

import pytest

GOOD = "SELECT (COUNT(*) AS ?n) WHERE { ?s a ?type }"
HOSTILE = {
    "braces": ("SELECT * " + "{" * 3000 + "?s ?p ?o" + "}" * 3000, {400}),
    "signs": ("ASK { FILTER(" + "!" * 60_000 + "true) }", {400}),
    "lists": ("ASK { ?s ?p " + "(" * 90 + "1" + ")" * 90 + " }", {200, 503, 507}),
    "unions": ("SELECT * {" + "UNION".join(["{}"] * 7000) + "}", {200, 503, 507}),
    "optionals": ("SELECT * {" + "OPTIONAL{?s ?p ?o}" * 3000 + "}", {200, 503, 507}),
    "path": ("SELECT * { ?s (" + "/".join(["<a:p>*"] * 8000) + ") ?o }", {200, 503, 507}),
    "product": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", {503}
    ),
    "sort": ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?c ?f", {503, 507}),
    "doubling": (
        'SELECT (STRLEN(?x34) AS ?n) { BIND("aaaaaaaaaaaaaaaa" AS ?x0) '
        + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(34)) + " }", {503, 507}
    ),
    "regex": (
        'ASK { ?s ?p ?o . ?a ?b ?c . FILTER(REGEX(CONCAT(STR(?o), STR(?c)), "(x+x+)+y{1,500}")) }',
        {200, 400, 503, 507},
    ),
    "flood": ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", {503, 507}),
    "service": ("SELECT * { SERVICE <http://127.0.0.1:80/> { ?s ?p ?o } }", {400}),
    "update": ("DROP ALL", {400}),
    "load": ("LOAD <file:///etc/passwd>", {400}),
}  # fmt: skip


@pytest.fixture(scope="module")
def impatient(serve, build):
    """A server that gives up a query sooner: half of the hostile ones last until the deadline."""
    return serve(build, "--seconds", 2)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_is_contained(impatient, name):
    server = impatient
    query, allowed = HOSTILE[name]
    expected = server.ask_anew(GOOD).json()
    answers = []
    thread = threading.Thread(target=lambda: answers.append(server.ask_anew(query)))
    thread.start()
    while thread.is_alive():
        response = server.ask_anew(GOOD)
        assert response.status_code == 200
        assert response.json() == expected
        thread.join(0.2)
    assert answers[0].status_code in allowed, answers[0].text
    assert server.ask_anew(GOOD).json() == expected


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9999/"])
def test_a_graph_is_only_ever_one_of_the_store(server, address):
    query = f"SELECT * FROM <{address}> WHERE {{ ?s ?p ?o }}"
    assert server.ask_anew(query).json()["results"]["bindings"] == []
    parameters = {"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": address}
    response = server.send("GET", "/sparql", params=parameters)
    assert response.json()["results"]["bindings"] == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { S\\u0045RVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 5SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p true SERVICE?x { ?s ?p ?o } }",
    ],
)
def test_no_spelling_of_service_is_let_through(server, query):
    assert server.ask_anew(query).status_code == 400


def test_the_word_service_may_stand_elsewhere(server):
    query = "PREFIX service: <x:> SELECT ?service { ?service service:of 'SERVICE' } # SERVICE"
    assert server.ask_anew(query).status_code == 200


def test_killed_workers_are_replaced(server):
    before = server.wait_for_workers(6)
    for pid in before[:4]:
        os.kill(pid, signal.SIGKILL)
    assert server.ask_anew(GOOD).status_code == 200
    after = server.wait_for_workers(len(before), without=tuple(before[:4]))
    assert len(after) == len(before)


def test_good_queries_survive_five_seconds_of_chaos(server):
    """Workers are killed while hostile queries run: every good query is answered, none wrong."""
    expected = server.ask_anew(GOOD).json()
    number = len(server.wait_for_workers(6))
    end = time.monotonic() + 5
    answers = []

    def ask_well():
        # On a busy machine few are answered in the time.
        while time.monotonic() < end or len(answers) <= 20:
            response = server.ask_anew(GOOD)
            answers.append((response.status_code, response.json()))

    def ask_badly(queries):
        while time.monotonic() < end:
            for query in queries:
                server.ask_anew(query)

    def kill():
        while time.monotonic() < end:
            for pid in server.workers()[:1]:
                os.kill(pid, signal.SIGKILL)
            time.sleep(1)

    bad = [HOSTILE[name][0] for name in ("braces", "doubling", "update", "flood")]
    threads = [threading.Thread(target=ask_well) for _ in range(4)]
    threads += [threading.Thread(target=ask_badly, args=(bad,)), threading.Thread(target=kill)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) > 20
    assert all(answer == (200, expected) for answer in answers)
    server.wait_for_workers(number)


def test_workers_do_not_outlive_a_killed_server(serve, build):
    server = serve(build)
    workers = server.wait_for_workers(6)
    server.process.kill()
    server.process.wait()
    for _ in range(100):
        if not any(os.path.exists(f"/proc/{pid}") for pid in workers):
            return
        time.sleep(0.05)
    raise AssertionError("workers are left")
