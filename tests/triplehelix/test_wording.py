"""The words of the command line: both languages, the same blanks to fill in."""

import string
from collections.abc import Iterator
from typing import Any

import yaml
from typer.main import get_command

from triplehelix.cli import COMMANDS, app
from triplehelix.terminal import wording
from triplehelix.terminal.progress import STEPS


def _walk(words: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    for key, value in words.items():
        if isinstance(next(iter(value.values())), dict):
            yield from _walk(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _words() -> dict[str, dict[str, str]]:
    folder = wording.files("triplehelix.terminal")
    texts = [folder.joinpath(file).read_text(encoding="utf-8") for file in wording.FILES]
    sections = [section for text in texts for section in yaml.safe_load(text).items()]
    # Of a section that two files have only one would ever be found.
    assert len(dict(sections)) == len(sections)
    return dict(_walk(dict(sections)))


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_everything_is_said_in_both_languages_with_the_same_blanks():
    for key, words in _words().items():
        assert list(words) == ["ko", "en"], key
        assert all(isinstance(text, str) and text for text in words.values()), key
        assert _blanks(words["ko"]) == _blanks(words["en"]), key


def test_every_command_and_step_has_words():
    assert {f"commands.{name}" for name in COMMANDS} <= _words().keys()
    assert {f"steps.{name}" for name in STEPS} <= _words().keys()


def test_every_command_of_the_desk_has_words():
    desk = get_command(app).commands["desk"]
    assert {f"commands.desk_{name}" for name in desk.commands} <= _words().keys()


def test_every_option_metavar_and_argument_has_words():
    words = _words()
    commands = get_command(app).commands
    for name, command in (*commands.items(), *commands["desk"].commands.items()):
        for parameter in command.params:
            section = "options" if parameter.opts[0].startswith("-") else "arguments"
            assert f"{section}.{parameter.help}" in words, name


def test_what_is_defined_is_defined_in_both_languages():
    path = wording.files("triplehelix.terminal").joinpath("definitions.yml")
    for name, texts in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for text in ("label", "definition"):
            assert list(texts[text]) == ["ko", "en"], name
        assert {"formula", "reference", "doi"} <= texts.keys(), name
        assert texts["formula"], name
        # Whom a host lacks an agreement with is our own question; all else has been written about.
        assert texts["reference"] or name == "without-agreement", name


def test_an_unknown_language_is_not_chosen(monkeypatch):
    assert wording.default_language({"TRIPLEHELIX_LANG": "fr", "LANG": "ko_KR"}) == "ko"
    assert wording.default_language({"TRIPLEHELIX_LANG": "EN", "LANG": "ko_KR"}) == "en"
    monkeypatch.setenv("TRIPLEHELIX_LANG", "ko")
    assert wording.asked_language(["gaps", "--lang", "fr"]) == "ko"
    assert wording.asked_language(["gaps", "--lang"]) == "ko"
