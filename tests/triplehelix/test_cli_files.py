"""What the command line writes: builds that are whole or not at all, the map, the template."""

from pathlib import Path

import pytest

from triplehelix.commands.options import read_day


def _read_folder(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def broken(town_copy: Path) -> Path:
    """The town with two faults in different tables."""
    for name, old, new in (
        ("participations.csv", "gaon-univ,drone-test", "gaon-univ,no-such-project"),
        ("companies.csv", "nuri-drone,Company", "nuri drone,Company"),
    ):
        path = town_copy / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return town_copy


def test_a_failing_build_leaves_the_last_one_byte_for_byte(run, town_folder, broken, tmp_path):
    out = tmp_path / "build"
    assert run("build", town_folder, "--out", out).code == 0
    before = _read_folder(out)
    failed = run("build", broken, "--out", out)
    assert failed.code == 1
    assert failed.out == ""
    assert "no-such-project" in failed.err
    assert "nuri drone" in failed.err
    assert _read_folder(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build", "town"]


def test_every_fault_is_told_on_a_line_with_file_row_column_value_and_remedy(run, broken):
    for language, words in (("en", ("row", "column", "value")), ("ko", ("행", "열", "값"))):
        result = run("validate", broken, "--lang", language)
        assert result.code == 1
        told = [d["message"] for d in result.json["diagnostics"]]
        assert any(message.startswith("companies.csv, ") for message in told)
        assert any(message.startswith("participations.csv, ") for message in told)
        assert all(word in told[0] for word in words)


def test_nothing_is_written_by_validate(run, town_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("validate", town_folder).code == 0
    assert list(tmp_path.iterdir()) == []


def test_a_foreign_folder_is_not_replaced(run, town_folder, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    result = run("build", town_folder, "--out", tmp_path / "mine", "--lang", "ko")
    assert result.code == 1
    assert "triplehelix build가 만든 것이 아니어서" in result.err
    assert _read_folder(tmp_path) == {"mine/letter.txt": b"dear"}


def test_the_root_is_not_replaced(run, town_folder):
    assert run("build", town_folder, "--out", Path("/").absolute()).code == 1


def test_the_date_of_the_build_is_the_date_that_is_told_for(run, town_folder, tmp_path):
    out = tmp_path / "build"
    assert run("build", town_folder, "--out", out, "--as-of", "2024-03-01").code == 0
    agreements = run("agreements", "--store", out / "store").json
    assert {a["id"]: a["status"] for a in agreements}["agr-entrust"] == "expired"
    table = run("gaps", "--store", out / "store", "--format", "table").out
    assert "as of 2024-03-01" in table


def test_progress_is_told_on_standard_error(run, town_folder, tmp_path):
    result = run("build", town_folder, "--out", tmp_path / "build", "--lang", "ko")
    steps = result.err.splitlines()
    assert steps[0] == "[1/11] 표를 읽습니다"
    assert steps[-1].startswith("[11/11]")
    assert len(steps) == 11


def test_the_summary_names_counts_findings_and_what_to_look_at(run, town_folder, tmp_path):
    result = run("build", town_folder, "--out", tmp_path / "build", "--format", "table")
    for words in (
        "universities 4",
        "triples",
        "Findings",
        "index.html",
        "triplehelix gaps --store",
    ):
        assert words in result.out


def test_the_map_alone(run, store, tmp_path):
    target = tmp_path / "map.html"
    result = run("map", "--store", store, "--out", target)
    assert result.code == 0
    assert result.json == {"file": str(target)}
    page = target.read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "districts.html" not in page, "there is no other page beside it"


def test_the_map_in_a_site_is_the_map_of_the_build(run, town_build, tmp_path):
    target = tmp_path / "map.html"
    (tmp_path / "index.html").touch()
    run("map", "--store", town_build / "store", "--out", target)
    assert target.read_bytes() == (town_build / "site" / "map.html").read_bytes()


def test_a_template_overwrites_only_when_forced(run, tmp_path):
    target = tmp_path / "ecosystem.xlsx"
    assert run("template", target).code == 0
    first = target.read_bytes()
    refused = run("template", target, "--lang", "ko")
    assert refused.code == 1
    assert "--force" in refused.err
    assert target.read_bytes() == first
    assert run("template", target, "--force", "--lang", "ko").code == 0


def test_a_template_is_a_workbook_that_can_be_read(run, tmp_path):
    target = tmp_path / "ecosystem.xlsx"
    run("template", target)
    result = run("validate", target)
    assert result.code == 0
    assert result.json["records"] == 0


def test_a_date_is_the_last_day_it_can_mean():
    assert [read_day(text).isoformat() for text in ("2019", "2024년 2월", "2023. 8. 29.")] == [
        "2019-12-31",
        "2024-02-29",
        "2023-08-29",
    ]
