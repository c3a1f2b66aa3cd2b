"""Each limit by name, with what a client is told."""

import socket
import threading
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import httpx
import pytest

from triplehelix.server.limits import Limits

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
DOUBLED = (
    'SELECT (STRLEN(?x34) AS ?n) WHERE { BIND("aaaaaaaaaaaaaaaa" AS ?x0) '
    + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(34))
    + " }"
)
PRODUCT = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
GOOD = "SELECT ?s WHERE { ?s a ?type } LIMIT 1"


def _problem(response):
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["title"]
    return problem["type"].rsplit("/", 1)[-1]


def test_the_defaults_are_those_of_the_manual():
    limits = Limits()
    assert (limits.seconds, limits.memory, limits.result) == (5, 512_000_000, 50_000_000)
    assert (limits.query, limits.waiting, limits.nesting) == (64_000, 64, 100)
    assert limits.kept == 64_000_000


def test_seconds(serve, build):
    server = serve(build, "--seconds", 1)
    response = server.ask_anew(ENDLESS)
    assert (response.status_code, _problem(response)) == (503, "timeout")
    assert response.headers["retry-after"] == "5"
    assert server.ask_anew(GOOD).status_code == 200


def test_memory(serve, build):
    # With time enough, so that a busy machine does not reach the other limit first.
    server = serve(build, "--memory", 64, "--seconds", 120)
    response = server.ask_anew(DOUBLED)
    assert (response.status_code, _problem(response)) == (507, "memory")
    assert server.ask_anew(GOOD).status_code == 200


def test_result(serve, build):
    server = serve(build, "--result", 1)
    response = server.ask_anew(PRODUCT)
    assert (response.status_code, _problem(response)) == (507, "result-too-large")
    assert server.ask_anew(GOOD).status_code == 200


@pytest.mark.parametrize("how", ["form", "direct"])
def test_query(server, how):
    query = "ASK { } #" + "가" * 22_000
    if how == "form":
        response = server.send("POST", "/sparql", data={"query": query})
    else:
        kind = {"Content-Type": "application/sparql-query"}
        response = server.send("POST", "/sparql", content=query.encode(), headers=kind)
    assert (response.status_code, _problem(response)) == (413, "query-too-large")
    fits = "ASK { } #" + "가" * 21_000
    assert server.send("POST", "/sparql", data={"query": fits}).json()["boolean"] is True


def test_query_in_the_address(server):
    # httpx itself takes no address of that length.
    connection = HTTPConnection(urlsplit(server.url).netloc)
    for length, status in ((63_000, 200), (64_100, 413)):
        connection.request("GET", "/sparql?query=ASK%7B%7D%23" + "a" * length)
        response = connection.getresponse()
        response.read()
        assert response.status == status
    connection.close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 101 + "}" * 101,
        "ASK { FILTER(" + "!" * 100 + "true) }",
        "ASK { FILTER(1 <" + "(" * 120 + "1" + ")" * 120 + ">2) }",
    ],
)
def test_nesting(server, query):
    response = server.ask_anew(query)
    assert (response.status_code, _problem(response)) == (400, "nesting")
    shallow = "ASK { FILTER(" + "(" * 90 + "true" + ")" * 90 + ") }"
    assert server.ask_anew(shallow).json()["boolean"] is True


def test_waiting(serve, build):
    server = serve(build, "--workers", 1, "--waiting", 1, "--seconds", 3)
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(server.ask_anew(ENDLESS))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = sorted(_problem(response) for response in answers)
    assert told == ["busy", "busy", "timeout", "timeout"]
    assert all(r.headers["retry-after"] for r in answers)
    assert server.ask_anew(GOOD).status_code == 200


def test_a_client_that_goes_away_frees_its_worker(serve, build):
    server = serve(build, "--workers", 1, "--seconds", 60)
    for _ in range(3):
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(server.sparql, data={"query": ENDLESS}, timeout=0.5)
    assert server.ask_anew(GOOD).status_code == 200


def test_what_is_cut_short_is_the_beginning_of_the_answer_and_nothing_else(server):
    query = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
    whole = server.ask(query, "text/csv").content
    place = urlsplit(server.url)
    with socket.create_connection((place.hostname, place.port)) as connection:
        body = f"query={httpx.QueryParams({'q': query})['q']}".replace(" ", "+").encode()
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\nContent-Length: {len(body)}"
        )
        kind = "Content-Type: application/x-www-form-urlencoded"
        connection.sendall(f"{head}\r\n{kind}\r\n\r\n".encode() + body)
        received = connection.recv(1000)
        head, _, start = received.partition(b"\r\n\r\n")
    assert b"200 OK" in head
    assert f"content-length: {len(whole)}".encode() in head.lower()
    assert whole.startswith(start)
    time.sleep(0.1)
    assert server.ask_anew(GOOD).status_code == 200
