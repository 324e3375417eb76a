"""The help page: opens from dock and toolbox without a network, and nothing that it names is missing."""

from __future__ import annotations

import re
import zipfile

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QKeySequence
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLineEdit, QMainWindow

import build
from plugin import paths
from plugin.compat import QAction

MOST_BYTES = 150_000


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> dict:
    """What lies in the zip's folder of help, by name."""
    folder = f"{build.PACKAGE}/resources/help/"
    with zipfile.ZipFile(build.build_zip(tmp_path_factory.mktemp("dist"))) as archive:
        return {
            name[len(folder) :]: archive.read(name) for name in archive.namelist() if name.startswith(folder)
        }


@pytest.fixture
def opened(monkeypatch) -> list:
    """Addresses that were to be opened in a browser."""
    found = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(url.toString()) or True)
    return found


def page(shipped) -> str:
    return shipped["help.html"].decode("utf-8")


def test_every_picture_that_the_page_names_is_in_the_zip_and_small(shipped):
    named = re.findall(r'src="([^"]+)"', page(shipped))
    assert len(named) > 10
    assert [name for name in named if name not in shipped] == []
    pictures = {name: len(content) for name, content in shipped.items() if name.endswith(".png")}
    assert {name: size for name, size in pictures.items() if size >= MOST_BYTES} == {}
    assert all(shipped[name].startswith(b"\x89PNG") for name in named)


def test_no_picture_is_shipped_that_nothing_shows(shipped):
    readme = (build.ROOT / "README.md").read_text(encoding="utf-8")
    shown = page(shipped) + readme
    assert [name for name in shipped if name.endswith(".png") and name not in shown] == []


def test_every_picture_says_what_it_shows(shipped):
    assert re.findall(r"<img (?![^>]*alt=\"[^\"]{10,}\")[^>]*>", page(shipped)) == []


def test_links_within_the_page_lead_somewhere_and_none_leads_out_of_it(shipped):
    links = re.findall(r'href="([^"]+)"', page(shipped))
    assert [link for link in links if f'id="{link[1:]}"' not in page(shipped)] == []


def test_every_tool_has_a_section_with_a_picture(shipped, toolbox):
    for algorithm in QgsApplication.processingRegistry().providerById("exitwise").algorithms():
        address = QUrl(algorithm.helpUrl())
        assert address.isLocalFile() and address.fragment() == algorithm.name()
        section = page(shipped).split(f'<h3 id="{algorithm.name()}">')[1].split("<h3")[0]
        assert section.startswith(f"{algorithm.displayName()}</h3>")
        assert f'src="help_{algorithm.name()}.png"' in section


def test_the_button_opens_the_page_that_lies_beside_the_plugin(dock, opened):
    dock._ui.help.click()
    assert opened == [paths.help_page()]
    assert QUrl(opened[0]).isLocalFile() and "help.html" in opened[0]


def test_f1_is_the_docks_while_the_keys_go_there_although_qgis_has_it_too(dock, qtbot, opened):
    window = QMainWindow()
    qtbot.addWidget(window)
    action = QAction(window)
    action.setShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents))
    action.triggered.connect(lambda: opened.append("help of QGIS"))
    window.addAction(action)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.setCentralWidget(QLineEdit())
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: dock._ui.area.isVisible() and window.isActiveWindow())
    try:
        for focused, answer in ((dock._ui.run, paths.help_page()), (window.centralWidget(), "help of QGIS")):
            opened.clear()
            focused.setFocus()
            qtbot.waitUntil(focused.hasFocus)
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_F1)
            assert opened == [answer]
    finally:
        window.removeDockWidget(dock)
        dock.setParent(None)


def test_where_no_browser_opens_the_place_of_the_page_is_said(dock, monkeypatch, said):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    dock._ui.help.click()
    assert "No browser could be opened" in said() and "help.html" in said()


def test_what_run_offers_is_explained(shipped, dock):
    ui = dock._ui
    section = page(shipped).split('<h2 id="run">')[1].split("<h2")[0]
    for name in (ui.runs.text(), ui.repeat.text(), ui.gate.text(), "Clouds"):
        assert f"<i>{name}</i>" in section
