"""Strings go from the code into .ts files, and from there into the zip, where Qt finds each of them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QTranslator

import build
from tests.release import translations
from tests.release.translations import Message

HOW = "Run `python3 build.py translate`, then translate these in resources/i18n/exitwise_{}.ts:\n{}"


@pytest.fixture
def code(tmp_path) -> Path:
    """A function that makes a checkout whose plugin is this code."""

    def write(text: str) -> Path:
        (tmp_path / "plugin").mkdir(exist_ok=True)
        (tmp_path / "plugin" / "one.py").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    "text, message",
    [
        pytest.param("class A:\n def f(self):\n  self.tr('Run' ' now')", ("A", "Run now"), id="of a class"),
        pytest.param("QCoreApplication.translate('X', 'Run')", ("X", "Run"), id="with its context"),
        pytest.param("tr('X', 'Run')", ("X", "Run"), id="another name for translate"),
        pytest.param("A = QT_TRANSLATE_NOOP('X', 'Run')", ("X", "Run"), id="translated elsewhere"),
        pytest.param(
            "def _tr(text):\n return Q.translate('X', text)\n_tr('Run')",
            ("X", "Run"),
            id="function of a file",
        ),
        pytest.param(
            "class A:\n def f(self):\n  self._tr('Run')\n def _tr(self, a):\n  return Q.translate('X', a)",
            ("X", "Run"),
            id="method that names a context",
        ),
        pytest.param("class A(EngineError):\n message = 'Bad: {x}'", ("EngineError", "Bad: {x}"), id="error"),
        pytest.param("ValueChoice('key', 'Run')", ("Exitwise", "Run"), id="label of a value"),
    ],
)
def test_a_string_is_found_with_its_context(text, message, code):
    assert list(translations.messages(code(text))) == [Message(*message)]


@pytest.mark.parametrize("text", ["self.tr(name)", "message = 'x'", "class A:\n message = '{reason}'"])
def test_what_holds_no_text_is_no_string(text, code):
    assert not translations.messages(code(text))


def test_an_update_keeps_what_is_translated_and_names_what_is_not(code, tmp_path):
    file = tmp_path / "exitwise_de.ts"
    known = translations.messages(code("class A:\n def f(self):\n  self.tr('Run <b>')"))
    assert translations.update(file, "de", known) == [Message("A", "Run <b>")]
    text = file.read_text(encoding="utf-8")
    empty = '<translation type="unfinished"></translation>'
    file.write_text(text.replace(empty, "<translation>Los &lt;b&gt;</translation>"), encoding="utf-8")
    moved = translations.messages(code("class B:\n def f(self):\n  self.tr('Run <b>')\n  self.tr('New')"))
    assert translations.update(file, "de", moved) == [Message("B", "New")]
    assert translations.read(file) == {Message("B", "Run <b>"): "Los <b>"}


def test_the_translation_of_a_text_that_was_reworded_is_proposed_but_does_not_count(code, tmp_path):
    file, text = tmp_path / "exitwise_de.ts", "Runs on the CPU, with {} threads"
    known = translations.messages(code(f"class A:\n def f(self):\n  self.tr({text!r})"))
    translations.update(file, "de", known)
    content = (
        file.read_text().replace(' type="unfinished">', ">").replace("<translation>", "<translation>Los")
    )
    file.write_text(content)
    assert translations.read(file) == {Message("A", text): "Los"}
    reworded = translations.messages(
        code("class A:\n def f(self):\n  self.tr('Runs on a CPU, with {} threads')")
    )
    for _ in range(2):
        assert translations.update(file, "de", reworded) == list(reworded)
    assert '<translation type="unfinished">Los</translation>' in file.read_text()
    assert translations.read(file) == {}


def test_the_command_says_what_is_untranslated(code, tmp_path, monkeypatch, capsys):
    known = translations.messages(code("class A:\n def f(self):\n  self.tr('Run')"))
    monkeypatch.setattr(translations, "FOLDER", tmp_path / "i18n")
    monkeypatch.setattr(translations, "messages", lambda: known)
    assert build.main(["translate"]) == 1
    printed = capsys.readouterr().out
    assert "de: 1 strings, 1 to be translated\n    A (plugin/one.py): 'Run'\n" in printed


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_string_is_translated(language):
    finished = translations.read(translations.FOLDER / f"exitwise_{language}.ts")
    missing = [f"{one.context}: {one.source!r}" for one in translations.messages() if one not in finished]
    assert not missing, HOW.format(language, "\n".join(missing))


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_translation_takes_the_same_values_and_marks(language):
    for message, text in translations.read(translations.FOLDER / f"exitwise_{language}.ts").items():
        for marks in (r"\{[^}]*\}", r"<\w+>"):
            assert sorted(re.findall(marks, message.source)) == sorted(re.findall(marks, text)), message
        unnamed = r"\{(?::[^}]*)?\}"  # these are filled in their order
        assert re.findall(unnamed, message.source) == re.findall(unnamed, text), message


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_qt_finds_every_translation_in_the_zip(language, tmp_path):
    name = f"exitwise_{language}"
    with zipfile.ZipFile(build.build_zip(tmp_path)) as archive:
        (tmp_path / f"{name}.qm").write_bytes(archive.read(f"exitwise/resources/i18n/{name}.qm"))
        assert not [entry for entry in archive.namelist() if entry.endswith(".ts")]
    translator = QTranslator()
    assert translator.load(name, str(tmp_path))
    finished = translations.read(translations.FOLDER / f"{name}.ts")
    assert {one: translator.translate(*(part.encode() for part in one)) for one in finished} == finished
    assert not translator.translate(
        "Elsewhere", "Run"
    )  # the same word of QGIS or another plugin is left alone


def test_what_a_class_inherits_is_translated_for_it_too(code, tmp_path):
    root = code("class A:\n def f(self):\n  self.tr('Run')\nclass B(A):\n pass\nclass C(B):\n pass")
    file = tmp_path / "exitwise_de.ts"
    translations.update(file, "de", translations.messages(root))
    empty = '<translation type="unfinished"></translation>'
    file.write_text(file.read_text().replace(empty, "<translation>Los</translation>"))
    (tmp_path / "one.qm").write_bytes(translations.release(file, root))
    translator = QTranslator()
    assert translator.load("one", str(tmp_path))
    assert [translator.translate(name, "Run") for name in "ABC"] == ["Los", "Los", "Los"]
