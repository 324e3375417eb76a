"""The engine's messages in the user's language."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QTranslator

from plugin.engine.device import Device
from plugin.engine.errors import AcceleratorFailed, GsdOutOfRange, SourceUnreadable
from plugin.engine.run import FindingClouds, Recorded
from plugin.gui.status import clouds_in_words, progress_in_words
from plugin.sentences import device_in_words, error_in_words, traffic_in_words

from .conftest import add_layer, run


class German(QTranslator):
    """Knows one sentence."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context, text, _disambiguation=None, _count=-1) -> str:
        known = {("EngineError", SourceUnreadable.message): "{name} ist nicht lesbar: {reason}."}
        return known.get((context, text), "")


@pytest.fixture
def german(qgis_app):
    translator = German()
    qgis_app.installTranslator(translator)
    yield translator
    qgis_app.removeTranslator(translator)


def test_without_a_translation_an_error_is_in_the_engines_words():
    error = GsdOutOfRange(name="scene", gsd=7.123456, coarsest=2.0)
    assert error_in_words(error) == str(error)


@pytest.mark.parametrize(
    "fetched, total, text",
    [
        (12_000_000, 480_000_000, ", read 12 of 480 MB"),
        (250_000, 8_400_000, ", read 0.25 of 8.4 MB"),
        (0, 0, ""),
    ],
)
def test_what_came_over_the_network_is_told_in_megabytes(fetched, total, text):
    assert traffic_in_words(Recorded(None, 1, 2, 1.0, 1.0, fetched, total)) == text


def test_a_single_tile_is_told_in_good_english():
    assert progress_in_words(Recorded(None, 1, 1, 0.4, 0.0)) == "Tiles done: 1 of 1, 0.4 per second, 0 s left"
    assert clouds_in_words(FindingClouds(1, 1)) == "Finding clouds, tiles done: 1 of 1"


def test_a_run_fails_in_the_users_language(dock, qtbot, said, raster, german):
    raster.unlink()
    assert run(dock, qtbot) == "failed"
    assert "scene ist nicht lesbar: " in said()
    assert "{reason}" not in said()


def test_a_layer_is_refused_in_the_users_language(empty_dock, raster, german):
    layer = add_layer(raster)
    raster.unlink()
    empty_dock._ui.layer.setLayer(None)
    empty_dock._ui.layer.setLayer(layer)
    assert empty_dock._ui.status.text().startswith("scene ist nicht lesbar: ")


@pytest.mark.parametrize(
    "device, text",
    [
        (Device("cpu", 1), "Runs on CPU, 1 thread"),
        (Device("cpu", 8), "Runs on CPU, 8 threads"),
        (Device("dml", 8), "Runs on DirectML"),
        (
            Device("cpu", 8, AcceleratorFailed(name="CUDA", reason="out of memory")),
            "Runs on CPU, 8 threads, because CUDA does not work: out of memory",
        ),
    ],
)
def test_what_computes_is_said_in_good_english(device, text):
    assert device_in_words(device) == text
