"""What users read in other languages: strings from the code into resources/i18n/*.ts, from there into .qm.

A string counts where it stands as text in one of these, with Qt's context for it:

    self.tr("...")                          the class around it
    QCoreApplication.translate("Exitwise", "..."), or a function tr or _tr of the file that calls it so
    QT_TRANSLATE_NOOP("Exitwise", "...")    translated elsewhere, when it is shown
    message = "..." of an engine error      EngineError
    ValueChoice("...", "label")             Exitwise: the engine knows no Qt

Qt's own tools are not everywhere, and their bytes differ from version to version; .qm is a simple format, and
the zip has to be the same from the same files. Standard library only.
"""

from __future__ import annotations

import ast
import difflib
import re
import struct
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Iterator, NamedTuple, Optional
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = ("de", "fr")
SHARED = "Exitwise"  # the context of what belongs to no class
ERRORS = "EngineError"  # that of every class of the engine's errors


class Message(NamedTuple):
    """What is to be translated, and where it stands: Qt finds it by context and source."""

    context: str
    source: str


# From the code ----------------------------------------------------------------------------------------


def messages(root: Path = ROOT) -> dict[Message, str]:
    """Every string of the plugin with the file it stands in, sorted by context and text."""
    found = {}
    for file in sorted((root / "plugin").rglob("*.py")):
        visitor = _Visitor(ast.parse(file.read_text(encoding="utf-8")))
        for message in visitor.found:
            found.setdefault(message, file.relative_to(root).as_posix())
    return dict(sorted(found.items()))


def subclasses(root: Path = ROOT) -> dict[str, set[str]]:
    """All classes of the plugin below each one: an object's `tr` asks for its own class, not for the one in
    whose code it stands."""
    bases = {}
    for file in sorted((root / "plugin").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {base.id for base in node.bases if isinstance(base, ast.Name)}

    def above(name: str) -> set[str]:
        return {name}.union(*(above(base) for base in bases.get(name, ())))

    below: dict[str, set[str]] = {}
    for name in bases:
        for base in above(name) - {name}:
            below.setdefault(base, set()).add(name)
    return below


class _Visitor(ast.NodeVisitor):
    """Collects the messages of one file."""

    def __init__(self, tree: ast.Module):
        self.found: list[Message] = []
        self._classes: list[str] = []
        self._helpers = dict(_helpers(tree))
        self.visit(tree)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        # The tree of the engine's errors; `sentences.error_in_words` translates them.
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if names == ["message"] and self._classes:
            self._add(ERRORS, _text(node.value))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        texts = [_text(argument) for argument in node.args]
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in ("translate", "tr", "QT_TRANSLATE_NOOP") and len(texts) > 1 and None not in texts[:2]:
            self._add(texts[0], texts[1])
        elif name in ("tr", "_tr") and len(texts) == 1:
            own = self._classes[-1] if self._classes else SHARED
            is_method = isinstance(node.func, ast.Attribute)
            self._add(self._helpers.get(name, own) if name == "_tr" or not is_method else own, texts[0])
        elif name == "ValueChoice" and len(texts) > 1:
            self._add(SHARED, texts[1])
        self.generic_visit(node)

    def _add(self, context: Optional[str], source: Optional[str]) -> None:
        # "{reason}" alone holds nothing to translate.
        if context and source and re.search(r"[^\W\d_]", re.sub(r"\{\w*\}", "", source)):
            self.found.append(Message(context, source))


def _helpers(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Functions named tr or _tr that translate what they are given, with the context they name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in ("tr", "_tr"):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call) and getattr(inner.func, "attr", "") == "translate":
                    yield node.name, _text(inner.args[0]) or SHARED


def _text(node: ast.AST) -> Optional[str]:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


# .ts, as Qt Linguist reads and writes it --------------------------------------------------------------

_ALIKE = 0.8  # of two texts, from which on the translation of one helps with the other


def read(file: Path, state: Optional[str] = None) -> dict[Message, str]:
    """The translations of a .ts file that are finished, or "unfinished"; {} if there is no file yet."""
    if not file.exists():
        return {}
    found = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation.text and translation.get("type") == state:
                name, source = context.findtext("name", ""), message.findtext("source", "")
                found[Message(name, source)] = translation.text
    return found


def update(file: Path, language: str, known: dict[Message, str]) -> list[Message]:
    """Write a .ts file anew from the messages in the code; returns what is to be translated.

    What was translated stays, also where a string has moved to another class; where it was reworded, the old
    translation is proposed as unfinished.
    """
    finished, proposals = read(file), read(file, "unfinished")
    elsewhere = {message.source: text for message, text in finished.items()}
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append(f'<TS version="2.1" language="{language}" sourcelanguage="en">')
    missing, last = [], None
    for message, place in known.items():
        text = finished.get(message) or elsewhere.get(message.source)
        if message.context != last:
            lines += ["</context>"] if last else []
            lines += ["<context>", f"    <name>{escape(message.context)}</name>"]
            last = message.context
        lines += ["    <message>", f'        <location filename="../../{place}"/>']
        lines.append(f"        <source>{escape(message.source)}</source>")
        if text:
            lines.append(f"        <translation>{escape(text)}</translation>")
        else:
            missing.append(message)
            like = difflib.get_close_matches(message.source, elsewhere, 1, _ALIKE)
            proposed = proposals.get(message) or (elsewhere[like[0]] if like else "")
            lines.append(f'        <translation type="unfinished">{escape(proposed)}</translation>')
        lines.append("    </message>")
    lines += ["</context>", "</TS>", ""]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes("\n".join(lines).encode())  # bytes: the same line ends on every system
    return missing


# .qm, as QTranslator loads it -------------------------------------------------------------------------

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = 0x42, 0x69  # sections
_END, _TRANSLATION, _SOURCE, _CONTEXT, _COMMENT = 1, 3, 6, 7, 8  # parts of a message


def release(file: Path, root: Path = ROOT) -> bytes:
    """The .qm file for a .ts file, the same bytes each time. A message serves the classes below its own."""
    below = subclasses(root)
    everything = {}
    for message, text in read(file).items():
        for context in () if message.context == ERRORS else sorted(below.get(message.context, ())):
            everything.setdefault(Message(context, message.source), text)
    everything.update(read(file))
    body, places = b"", []
    for message, text in sorted(everything.items()):
        source, context = message.source.encode(), message.context.encode()
        places.append((_elf_hash(source), len(body)))
        body += _part(_TRANSLATION, text.encode("utf-16-be")) + _part(_COMMENT, b"")
        body += _part(_SOURCE, source) + _part(_CONTEXT, context) + bytes([_END])
    hashes = b"".join(struct.pack(">II", *place) for place in sorted(places))
    return _MAGIC + _part(_HASHES, hashes) + _part(_MESSAGES, body)


def _part(tag: int, content: bytes) -> bytes:
    return struct.pack(">BI", tag, len(content)) + content


def _elf_hash(text: bytes) -> int:
    """Qt's way to look a source text up."""
    value = 0
    for byte in text:
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high & 0xFFFFFFFF
    return value or 1


# The command ------------------------------------------------------------------------------------------


def update_all() -> bool:
    """Bring every .ts file up to the code and print what is untranslated; returns whether nothing is."""
    known, complete = messages(), True
    for language in LANGUAGES:
        missing = update(FOLDER / f"exitwise_{language}.ts", language, known)
        complete = complete and not missing
        print(f"{language}: {len(known)} strings, {len(missing)} to be translated")
        for message in missing:
            print(f"    {message.context} ({known[message]}): {message.source[:70]!r}")
    return complete
