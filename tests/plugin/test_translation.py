"""Exitwise speaks the language of QGIS where it knows it, and English elsewhere."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtWidgets import QGroupBox, QPushButton

from plugin import classFactory, paths
from plugin.engine.errors import ModelMissing
from plugin.sentences import error_in_words
from tests.release import translations

from .conftest import add_layer, run


@pytest.fixture
def speak(tmp_path, monkeypatch, qgis_iface, qgis_processing, qgis_new_project, models):
    """A function that loads the plugin in a QGIS of this language, with the translations of the zip."""
    folder = tmp_path / "i18n"
    folder.mkdir()
    for file in translations.FOLDER.glob("*.ts"):
        (folder / f"{file.stem}.qm").write_bytes(translations.release(file))
    monkeypatch.setattr(paths, "translations", lambda: str(folder))
    plugin = classFactory(qgis_iface)

    def load(locale: str):
        monkeypatch.setattr(QgsApplication, "locale", lambda: locale)
        plugin.initGui()
        return plugin.dock

    load.plugin = plugin
    yield load
    plugin.unload()
    QgsProject.instance().clear()


def words(dock) -> set:
    return {box.title() for box in dock._ui.area.findChildren(QGroupBox)} | {
        button.text() for button in dock._ui.area.findChildren(QPushButton)
    }


@pytest.mark.parametrize(
    "locale, expected",
    [
        pytest.param("de", {"Starten", "Abbrechen", "Raster und Modell", "Maske ..."}, id="German"),
        pytest.param("de_AT", {"Starten", "Abbrechen"}, id="German of Austria"),
        pytest.param("fr", {"Exécuter", "Annuler", "Raster et modèle", "Masque ..."}, id="French"),
        pytest.param(
            "it", {"Run", "Cancel", "Raster and model", "Mask ..."}, id="a language it does not know"
        ),
    ],
)
def test_the_dock_starts_in_the_language_of_qgis(speak, locale, expected):
    assert expected <= words(speak(locale))


def test_a_run_is_told_in_german(speak, raster, qtbot):
    dock = speak("de")
    add_layer(raster)
    assert run(dock, qtbot) == "finished"
    assert dock._ui.status.text().startswith("Fertig: ")
    assert "der vollen Rechnung gespart" in dock._ui.status.text()
    assert {layer.name().split()[0] for layer in QgsProject.instance().mapLayers().values()} >= {
        "Maske",
        "Entropie",
        "Ausgänge",
    }


def test_errors_of_the_engine_and_the_toolbox_are_german(speak):
    speak("de")
    assert error_in_words(ModelMissing(path="a.onnx")).startswith("Die Modelldatei a.onnx fehlt.")
    provider = QgsApplication.processingRegistry().providerById("exitwise")
    assert provider.algorithm("segmentraster").displayName() == "Raster segmentieren"


def test_after_unloading_nothing_is_german_any_more(speak):
    speak("de")
    speak.plugin.unload()
    assert error_in_words(ModelMissing(path="a")).startswith("The model file a is missing.")
