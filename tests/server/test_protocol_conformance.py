"""The W3C's suite for the SPARQL 1.1 Protocol, against a running server."""

import hashlib
import http.client
import json
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from rdflib import Graph, Namespace
from rdflib.collection import Collection

from graph.store import close, create_store, decode_ntriples, flush, load_graphs

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
NAMES = "http://kasei.us/2009/09/sparql/data/{}.rdf"
NO_UPDATE = "an update that should succeed; this server has none"
EXCLUDED = {
    "update_dataset_default_graph": NO_UPDATE,
    "update_dataset_default_graphs": NO_UPDATE,
    "update_dataset_named_graphs": NO_UPDATE,
    "update_dataset_full": NO_UPDATE,
    "update_post_form": NO_UPDATE,
    "update_post_direct": NO_UPDATE,
    "update_base_uri": NO_UPDATE,
}
ENTRIES = (
    "query_post_form",
    "query_dataset_default_graphs_get",
    "query_dataset_default_graphs_post",
    "query_dataset_named_graphs_post",
    "query_dataset_named_graphs_get",
    "query_dataset_full",
    "query_multiple_dataset",
    "query_get",
    "query_content_type_select",
    "query_content_type_ask",
    "query_content_type_describe",
    "query_content_type_construct",
    "query_post_direct",
    "bad_query_method",
    "bad_multiple_queries",
    "bad_query_wrong_media_type",
    "bad_query_missing_form_type",
    "bad_query_missing_direct_type",
    "bad_query_non_utf8",
    "bad_query_syntax",
    "bad_update_get",
    "bad_multiple_updates",
    "bad_update_wrong_media_type",
    "bad_update_missing_form_type",
    "bad_update_non_utf8",
    "bad_update_syntax",
    "bad_update_dataset_conflict",
)


@pytest.fixture(scope="session")
def suite(shared: Path) -> Path:
    return shared / "conformance" / "sparql11-protocol"


@pytest.fixture(scope="session")
def manifest(suite):
    graph = Graph()
    graph.parse(suite / "manifest.ttl", format="turtle", publicID="http://m/manifest.ttl")
    return graph


@pytest.fixture(scope="session")
def endpoint(serve, suite, tmp_path_factory):
    """A server over the three graphs of the suite."""
    folder = tmp_path_factory.mktemp("suite") / "build"
    folder.mkdir()
    dataset = create_store(folder / "store")
    names = ("data1", "data2", "data3")
    files = {NAMES.format(name): (suite / f"{name}.nt").read_bytes() for name in names}
    load_graphs(dataset, {name: decode_ntriples(data) for name, data in files.items()})
    flush(dataset)
    close(dataset)
    digest = hashlib.sha256(b"suite").hexdigest()
    (folder / "graph.trig.sha256").write_text(f"{digest}  graph.trig\n")
    return serve(folder)


def _send(server, manifest, request):
    path = str(manifest.value(request, HT.absolutePath))
    headers = [
        (str(manifest.value(h, HT.fieldName)), str(manifest.value(h, HT.fieldValue)))
        for h in Collection(manifest, manifest.value(request, HT.headers))
    ]
    body = manifest.value(request, HT.body)
    data = None
    if body is not None:
        encoding = str(manifest.value(body, CNT.characterEncoding) or "utf-8")
        data = str(manifest.value(body, CNT.chars)).encode(encoding)
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    connection.putrequest(str(manifest.value(request, HT.methodName)), path)
    for name, value in headers:
        connection.putheader(name, value)
    connection.putheader("Content-Length", str(len(data or b"")))
    connection.endheaders(data)
    response = connection.getresponse()
    answer = response.status, response.getheader("content-type") or "", response.read()
    connection.close()
    return answer


def _truth(media_type, content):
    if "json" in media_type:
        return json.loads(content)["boolean"]
    found = ElementTree.fromstring(content).find("{http://www.w3.org/2005/sparql-results#}boolean")
    return found.text == "true"


FORMATS = {
    "boolean": ("sparql-results+json", "sparql-results+xml"),
    "tabular": ("sparql-results+json", "sparql-results+xml", "csv", "tab-separated-values"),
    "RDF": ("turtle", "n-triples", "rdf+xml", "ld+json", "trig", "n-quads"),
}


def test_every_test_of_the_suite_is_run_or_excluded_by_name(manifest):
    entries = Collection(manifest, next(manifest.objects(None, MF.entries)))
    names = {str(entry).rsplit("#", 1)[1] for entry in entries}
    assert names == set(ENTRIES) | set(EXCLUDED)
    assert not set(ENTRIES) & set(EXCLUDED)


@pytest.mark.parametrize("name", ENTRIES)
def test_protocol(endpoint, manifest, name):
    entries = Collection(manifest, next(manifest.objects(None, MF.entries)))
    entry = next(entry for entry in entries if str(entry).endswith(f"#{name}"))
    action = manifest.value(entry, MF.action)
    requests = list(Collection(manifest, manifest.value(action, HT.requests)))
    assert requests
    for request in requests:
        status, media_type, content = _send(endpoint, manifest, request)
        response = manifest.value(request, HT.resp)
        wanted = [str(s)[-3] for s in manifest.objects(response, MF.expectedStatus)]
        assert str(status)[0] in wanted, content
        form = manifest.value(response, MF.expectedFormat)
        if form is not None:
            assert any(kind in media_type for kind in FORMATS[str(form)])
        truth = manifest.value(response, MF.expectedBoolean)
        if truth is not None:
            assert _truth(media_type, content) is truth.toPython()
