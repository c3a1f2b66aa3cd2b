"""The command line as a whole: help, languages, forms, faults and exit codes."""

import csv
import io
import json
import os
import signal
import sys
from pathlib import Path

import pytest

from triplehelix.cli import COMMANDS

READING = [
    ("gaps",),
    ("hubs",),
    ("brokers",),
    ("communities",),
    ("compare", "2022", "2023"),
    ("measures", "degree"),
    ("series", "degree", "2022", "2023"),
    ("agreements",),
    ("findings",),
    ("explain", "gaon", "gaon-univ"),
    ("query", "agreements"),
]
REASONS = "심사만 맡아 협약이 필요하지 않음 실증 결과를 보고 맺기로 함"
NO_STORE = [("describe",), ("describe", "Agreement"), ("query",), ("measures",)]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
@pytest.mark.parametrize("command", READING, ids=lambda c: c[0])
def test_every_command_in_every_form_and_language(run, store, command, form, language):
    result = run(*command, "--store", store, "--format", form, "--lang", language)
    assert result.code == 0
    assert result.err == ""
    _check_form(result.out, form)
    if form != "json" and command[0] not in ("query", "findings"):
        # All names of the town are Korean and English; quotes and printed words stay Korean, and
        # so do the reasons that an office gives.
        said = result.out
        for word in REASONS.split():
            said = said.replace(word, "")
        assert _has_hangul(said) == (language == "ko")


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
@pytest.mark.parametrize("command", NO_STORE, ids=lambda c: " ".join(c))
def test_the_model_and_the_questions_need_no_store(run, command, form):
    result = run(*command, "--format", form)
    assert result.code == 0
    _check_form(result.out, form)


def _has_hangul(text: str) -> bool:
    return any("가" <= sign <= "힣" for sign in text)


def _check_form(out: str, form: str) -> None:
    if form == "json":
        assert json.loads(out)
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(out)))
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}
    elif form == "md":
        assert out.startswith("## ")
        assert "| --- |" in out or "| --: |" in out
    else:
        assert "───" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_both_languages(run, command):
    korean, english = (run(command, "--help", "--lang", lang) for lang in ("ko", "en"))
    assert korean.code == english.code == 0
    assert korean.out.startswith(f"쓰는 법: triplehelix {command}")
    assert english.out.startswith(f"Usage: triplehelix {command}")
    assert "Usage" not in korean.out
    assert not _has_hangul(english.out)


def test_help_of_the_whole_names_every_command(run):
    for result in (run("--help"), run()):
        assert result.code == 0
        for command in COMMANDS:
            assert f"  {command} " in result.out


def test_the_language_is_that_of_the_variable_or_the_locale(run, store, monkeypatch):
    monkeypatch.setenv("TRIPLEHELIX_LANG", "ko")
    assert run("--help").out.startswith("쓰는 법")
    monkeypatch.delenv("TRIPLEHELIX_LANG")
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert run("--help").out.startswith("쓰는 법")
    assert run("hubs", "--store", store).json[0]["label"] == "가온시"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert run("--help").out.startswith("Usage")


@pytest.mark.parametrize(
    ("arguments", "korean", "english"),
    [
        (("gapz",), "'gapz' 명령이 없습니다. 혹시 gaps", "There is no command 'gapz'. Did you"),
        (("gaps", "--hots", "x"), "'--hots' 선택 사항이 없습니다", "no option '--hots'"),
        (("gaps", "--host"), "--host 값이 빠졌습니다", "--host is missing"),
        (("explain", "gaon"), "기관2 값이 빠졌습니다", "B is missing"),
        (("gaps", "more"), "쓰지 않는 인자가 있습니다: more", "Too many arguments: more"),
        (("gaps", "--format", "xml"), "쓸 수 있는 값: table, json, csv, md", "Allowed: table"),
        (("gaps", "--level", "x"), "쓸 수 있는 값: unit, parent", "Allowed: unit, parent"),
        (("gaps", "--as-of", "2023-02-30"), "없는 날입니다", "the day does not exist"),
        (("hubs", "--top", "0"), "1보다 크거나 같은 수가 아닙니다", "no number from 1 up"),
        (("query", "connections", "--param", "a"), "이름=값", "Write 'a' as name=value"),
        (("template", "x.txt"), ".xlsx", "should end in .xlsx"),
    ],
)
def test_a_wrong_command_line_is_told_in_both_languages(run, arguments, korean, english):
    for language, words in (("ko", korean), ("en", english)):
        result = run(f"--lang={language}", *arguments)
        assert result.code == 2
        assert result.out == ""
        assert words in result.err
        assert "--help" in result.err
        assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("arguments", "korean", "english"),
    [
        (("gaps", "--host", "없는 곳"), "'없는 곳' 기관이 없습니다", "no organisation '없는 곳'"),
        (("explain", "gaon", "가온센터"), "여러 기관에 맞습니다", "fits several organisations"),
        (("describe", "Agreemint"), "모형에 없습니다", "no term 'Agreemint'"),
        (("query", "nosuch"), "'nosuch' 질의가 없습니다", "no query 'nosuch'"),
        (("query", "connections"), "매개변수 'a'", "parameter 'a' is needed"),
        (("query", "connections", "--param", "z=1"), "'z' 매개변수가 없습니다", "no parameter 'z'"),
        (("validate", "nowhere"), "경로를 살핍니다", "Check the path"),
        (("build", "nowhere"), "경로를 살핍니다", "Check the path"),
        (("map", "--out", "nowhere/map.html"), "경로를 살핍니다", "Check the path"),
    ],
)
def test_wrong_input_is_told_in_both_languages(
    run, store, tmp_path, monkeypatch, arguments, korean, english
):
    monkeypatch.chdir(tmp_path)
    needs_store = arguments[0] in ("gaps", "explain", "query", "map")
    more = ("--store", store) if needs_store else ()
    for language, words in (("ko", korean), ("en", english)):
        result = run(*arguments, *more, "--lang", language)
        assert result.code == 1
        assert result.out == ""
        assert words in result.err
        assert "Traceback" not in result.err
    assert list(tmp_path.iterdir()) == []


def test_an_ambiguous_name_lists_its_candidates(run, store):
    result = run("gaps", "--host", "가온센터", "--store", store)
    assert "[gaon-startup-centre]" in result.err
    assert "[gaon-univ-drone-centre]" in result.err


def test_a_missing_store_says_how_to_make_one(run, tmp_path):
    result = run("gaps", "--store", tmp_path / "store")
    assert (result.code, result.out) == (1, "")
    assert "Run triplehelix build first" in result.err


@pytest.mark.parametrize("name", ["gaon", "가온시", "가온 특례시", "Gaon City"])
def test_organisations_go_by_identifier_name_or_alias(run, store, name):
    gaps = run("gaps", "--host", name, "--store", store).json
    assert {gap["host"] for gap in gaps} == {"gaon"}


def test_the_version(run):
    result = run("--version")
    assert result.code == 0
    assert result.out.startswith("triplehelix ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_terminal_gets_a_table_and_a_pipe_json(start, store):
    import pty

    out, _ = start("hubs", "--store", store).communicate()
    assert json.loads(out)[0]["organization"] == "gaon"
    parent, child = pty.openpty()
    with start("hubs", "--store", store, stdout=child, COLUMNS="80") as process:
        os.close(child)
        shown = _read_all(parent)
        os.close(parent)
        assert process.stderr.read() == b""
    assert "Gaon City" in shown
    assert "───" in shown


def _read_all(descriptor: int) -> str:
    pieces = []
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # Linux says EIO when the other side of the terminal is closed
            break
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces).decode()


def test_a_pipe_is_utf_8_whatever_the_locale(start, store):
    process = start("hubs", "--store", store, "--lang", "ko", LC_ALL="C", PYTHONIOENCODING="cp949")
    out, _ = process.communicate()
    assert json.loads(out.decode("utf-8"))[0]["label"] == "가온시"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close differently on Windows")
def test_a_closed_pipe_is_quiet(start, store):
    with start("describe", "--format", "json") as process:
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are different on Windows")
def test_an_interruption_is_told_and_leaves_nothing(start, town_folder, tmp_path):
    process = start("build", town_folder, "--out", tmp_path / "build")
    first = process.stderr.readline()
    assert b"reading the tables" in first
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    assert b"Interrupted. The result of the last build is as it was." in err
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device to write to")
def test_a_full_disk_is_told(run, monkeypatch, store):
    with open("/dev/full", "w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        result = run("describe", "--format", "json")
        # What is left in the buffer cannot be written, either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())
    assert result.code == 1
    assert "The disk is full." in result.err


def test_a_folder_that_cannot_be_made_is_told_with_its_path(run, town_folder, tmp_path):
    (tmp_path / "file").touch()
    result = run("build", town_folder, "--out", tmp_path / "file" / "build", "--lang", "ko")
    assert result.code == 1
    assert str(tmp_path / "file") in result.err
    assert "같은 이름의 파일이 이미 있습니다" in result.err
