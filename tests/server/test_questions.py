"""The questions of the library at their own addresses: for programs, and for spreadsheets."""

import csv
import subprocess
from io import BytesIO, StringIO

import httpx
import pytest
from openpyxl import load_workbook

from graph.questions import find_question, read_questions
from graph.sparql import ask
from graph.store import open_store
from tests.server.running import COMMAND
from tests.server.waiting import wait_for
from triplehelix.server.application import create_application
from triplehelix.server.limits import Limits
from triplehelix.server.questions import RESERVED

FORCE = {"host": "가온시", "date": "2023-06-30", "format": "json"}
NAMES = "SELECT DISTINCT ?name WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?name }"


def test_a_question_gives_what_the_library_gives(server, build):
    name = "hubs_by_programmes"
    response = server.send("GET", f"/questions/{name}", params={"format": "json"})
    given = [{k: v["value"] for k, v in r.items()} for r in response.json()["results"]["bindings"]]
    result = ask(open_store(str(build / "store")), find_question(name))
    expected = [{str(k): str(v) for k, v in row.items()} for row in result.bindings]
    assert given == expected
    table = server.send("GET", f"/questions/{name}", headers={"Accept": "text/csv"})
    assert len(table.text.splitlines()) == len(expected) + 1


def test_a_name_is_resolved_and_bound(server):
    names = server.send("GET", "/questions/agreements_in_force", params=FORCE).json()
    by_id = {**FORCE, "host": "gaon"}
    assert server.send("GET", "/questions/agreements_in_force", params=by_id).json() == names
    injected = {**FORCE, "host": 'x" } SERVICE <http://127.0.0.1/> { ?s ?p ?o'}
    assert server.send("GET", "/questions/agreements_in_force", params=injected).status_code == 400


def test_a_question_is_given_as_people_keep_it(server):
    korean = {"Accept-Language": "ko"}
    path = "/questions/hubs_by_programmes"
    text = server.send("GET", path, params={"format": "md"}, headers=korean).text
    assert "가온시" in text
    assert text.count("\n") > 3
    workbook = server.send("GET", path, params={"format": "xlsx"}, headers=korean)
    assert "hubs_by_programmes.xlsx" in workbook.headers["content-disposition"]
    sheet = load_workbook(BytesIO(workbook.content)).worksheets[0]
    assert any("가온시" in map(str, row) for row in sheet.iter_rows(values_only=True))


def test_the_language_of_an_address_goes_before_that_of_the_browser(server):
    headers = {"Accept-Language": "en"}
    first = []
    for more in ({}, {"lang": "ko"}):
        asked = {"format": "csv", **more}
        table = server.send("GET", "/questions/universities", params=asked, headers=headers)
        first.append(table.text.splitlines()[0])
    assert "Name" in first[0]
    assert "이름" in first[1]


def test_no_parameter_has_a_name_that_addresses_need():
    for question in read_questions().values():
        assert RESERVED.isdisjoint(parameter.name for parameter in question.parameters)


def test_why_there_is_no_answer_is_told(server):
    parameters = {"host": "가온시", "date": "1900-01-01"}
    told = server.send("GET", "/questions/agreements_in_force/reason", params=parameters).json()
    assert set(told) == {"ko", "en"}
    assert all(told.values())


def test_faults_of_a_question_are_told(server):
    assert server.send("GET", "/questions/none").status_code == 404
    response = server.send("GET", "/questions/hubs_by_programmes", params={"bogus": "1"})
    assert response.status_code == 400
    assert "bogus" in response.json()["detail"]
    assert server.send("GET", "/questions/hubs_by_programmes?format=odt").status_code == 406


@pytest.mark.parametrize(("form", "language"), [("csv", "ko"), ("tsv", "en"), ("xlsx", "ko")])
def test_a_document_is_what_the_command_writes(server, build, tmp_path, form, language):
    path = tmp_path / f"out.{form}"
    store = ("--store", str(build / "store"), "--lang", language)
    command = [*COMMAND, "query", "hubs_by_programmes", *store, "--output", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    headers = {"Accept-Language": language}
    response = server.send(
        "GET", "/questions/hubs_by_programmes", params={"format": form}, headers=headers
    )
    assert response.content == path.read_bytes()
    assert response.headers["content-language"] == language


def test_no_document_is_written_of_a_very_large_answer(build, monkeypatch):
    monkeypatch.setattr("triplehelix.server.documents._LARGEST", 100)
    application = create_application(build, Limits(workers=1, spare=0))

    async def ask(form):
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://server") as client:
            return await client.get("/questions/hubs_by_programmes", params={"format": form})

    async def run():
        async with application.router.lifespan_context(application):
            return await ask("csv"), await ask("json")

    refused, given = wait_for(run())
    assert (refused.status_code, given.status_code) == (507, 200)
    assert refused.json()["type"].endswith("/result-too-large")
    assert len(given.content) > 100


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_no_cell_of_a_question_is_a_formula(strange, formula, form, delimiter):
    parameters = {"text": "=", "format": form}
    response = strange.send("GET", "/questions/search", params=parameters)
    rows = list(csv.DictReader(StringIO(response.text.lstrip("\ufeff")), delimiter=delimiter))
    assert [row["Name"] for row in rows] == ["'" + formula]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    accepted = {"Accept": response.headers["content-type"]}
    again = strange.send("GET", "/questions/search", params={"text": "="}, headers=accepted)
    assert again.content == response.content


def test_no_cell_of_a_workbook_is_a_formula(strange, formula):
    parameters = {"text": "=", "format": "xlsx"}
    response = strange.send("GET", "/questions/search", params=parameters)
    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    [cell] = [cell for row in sheet.iter_rows() for cell in row if cell.value == formula]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_endpoint_changes_no_letter(strange, formula):
    rows = csv.reader(StringIO(strange.ask(NAMES, "text/csv").text))
    assert list(rows) == [["name"], [formula]]
