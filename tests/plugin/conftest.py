"""Fixtures of the plugin's tests: a real QGIS without a screen, a tiny model in place of the bundled ones,
a dock with a small raster, and a network that can be held up.
"""

from __future__ import annotations

import gc
import shutil
import sys
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsApplication, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, QEvent

from plugin import paths
from plugin.engine import run as engine_run
from plugin.engine.import_model import imported_folders
from plugin.engine.manifest import read_manifest
from plugin.engine.runtime import StagedModel
from plugin.gui.dock import ExitwiseDock
from plugin.gui.threshold import ThresholdControl
from plugin.outputs import OUTPUTS
from plugin.processing.provider import ExitwiseProvider
from tests.engine import scenes, tiny_onnx
from tests.engine.conftest import stage_calls  # noqa: F401

SECONDS = 20_000  # how long a run of a few tiny tiles may take on a busy machine, milliseconds


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_qgis_left(qgis_app):
    """What Python still holds of QGIS goes before QGIS does: collected later, it would end the process."""
    yield
    gc.collect()


@pytest.fixture
def models(tmp_path, monkeypatch) -> Path:
    """Two models in place of the bundled ones: `tiny` for three display bands, `sky` for reflectance."""
    folder = tmp_path / "models"
    tiny_onnx.write_model(folder / "tiny")
    bands = [tiny_onnx.band("red"), tiny_onnx.band("nir", optional=True)]
    tiny_onnx.write_model(
        folder / "sky",
        names=("red", "nir"),
        presence=True,
        kind="reflectance",
        name="sky",
        title="Sky",
        bands=bands,
        accepts_grey=False,
        gsd_m={"min": 10, "nominal": 30, "max": 60},
    )
    bundled = [folder / "sky", folder / "tiny"]
    monkeypatch.setattr(paths, "run_history", lambda: tmp_path / "profile" / "runs.json")
    monkeypatch.setattr(paths, "imported_models", lambda: tmp_path / "imported")
    monkeypatch.setattr(
        paths, "model_folders", lambda: [*bundled, *imported_folders(paths.imported_models())]
    )
    return folder


@pytest.fixture
def raster(tmp_path, models) -> Path:
    """300 x 200 pixels for `tiny`: 5 x 4 tiles, with a corner of nodata, in a folder of its own."""
    (tmp_path / "data").mkdir()
    return scenes.scene_for(read_manifest(models / "tiny"), tmp_path / "data" / "scene.tif", 300, 200)


def add_layer(path: Path) -> QgsRasterLayer:
    """A raster in the project, as a user adds it."""
    layer = QgsRasterLayer(str(path), path.stem)
    assert layer.isValid(), path
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def layer(raster, qgis_new_project) -> QgsRasterLayer:
    """`raster` in an otherwise empty project."""
    return add_layer(raster)


@pytest.fixture
def empty_dock(qgis_iface, qgis_new_project, models, qtbot):
    """The dock beside an empty project."""
    dock = ExitwiseDock(qgis_iface)
    yield dock
    dock.close_down()
    dock.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QgsProject.instance().clear()


@pytest.fixture
def dock(empty_dock, raster):
    """The dock beside a project with `raster`."""
    add_layer(raster)
    return empty_dock


@pytest.fixture
def said(qgis_iface):
    """A function that returns everything the message bar was given, a line each: "Warning Exitwise:text"."""
    bar = qgis_iface.messageBar()
    bar.clear_messages()

    def lines() -> str:
        levels = [(name, getattr(Qgis.MessageLevel, name)) for name in ("Warning", "Critical", "Success")]
        return "\n".join(f"{name} {text}" for name, level in levels for text in bar.get_messages(level))

    return lines


class Gate:
    """Holds every stage of a network until it is opened; lets `first` stages through before."""

    def __init__(self):
        self.first = 0
        self._open = threading.Event()
        self._reached = threading.Event()

    def open(self) -> None:
        """Let everything through from now on."""
        self._open.set()

    def close(self) -> None:
        """Hold every stage again."""
        self._open.clear()

    def is_reached(self) -> bool:
        """Whether a stage waits, so that a run is certainly in the middle."""
        return self._reached.is_set()

    def wait(self) -> None:
        """Called in the worker thread before every stage."""
        if self.first > 0:
            self.first -= 1
            return
        self._reached.set()
        self._open.wait(10)


@pytest.fixture
def gate(monkeypatch):
    """Networks stop at a gate, and every tile is told of at once; opened at the end of the test."""
    monkeypatch.setattr(engine_run, "_COMMIT_SECONDS", 0)
    one = Gate()
    original = StagedModel.run_stage

    def held(self, number, tensors):
        one.wait()
        return original(self, number, tensors)

    monkeypatch.setattr(StagedModel, "run_stage", held)
    yield one
    one.open()


@pytest.fixture
def toolbox(qgis_processing, models):
    """A function that runs an algorithm of ours by its name and returns its results."""
    registry = QgsApplication.processingRegistry()
    registry.addProvider(ExitwiseProvider())

    def call(name: str, feedback=None, context=None, **parameters) -> dict:
        # Imported late: QGIS's own plugin folder is on the path only while its fixture lasts.
        import processing

        return processing.run(f"exitwise:{name}", parameters, feedback=feedback, context=context)

    yield call
    gc.collect()  # the trace of a refusal holds layers, and those must go before QGIS does
    registry.removeProvider("exitwise")


@pytest.fixture
def segment(toolbox):
    """A function that runs Segment raster and returns its results."""
    return partial(toolbox, "segmentraster")


@pytest.fixture
def control(models, qtbot) -> ThresholdControl:
    """The slider alone, set up for the tiny model."""
    one = ThresholdControl()
    qtbot.addWidget(one)
    one.set_model(read_manifest(models / "tiny"))
    return one


def run(dock, qtbot) -> str:
    """Press Run, as soon as it can be, and wait for the end; returns the outcome."""
    qtbot.waitUntil(dock._ui.run.isEnabled, timeout=SECONDS)
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS) as ended:
        dock._ui.run.click()
    return ended.args[0]


def copy_model(models: Path, name: str) -> Path:
    """A second model folder that a test may damage."""
    return Path(shutil.copytree(models / "tiny", models / name))


def cancel_in_the_middle(dock, qtbot, gate, stages: int = 6) -> None:
    """Press Run, and Cancel after that many stages; waits for the end."""
    gate.first = stages
    dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS) as ended:
        dock._ui.cancel.click()
        gate.open()
    assert ended.args == ["cancelled"]


@pytest.fixture
def held(monkeypatch):
    """Masks are written no further than to their beginning, until this event is set or 10 s have passed."""
    go_on, write = threading.Event(), OUTPUTS["mask"].write

    def slow(run_folder, table, threshold, path, progress):
        go_on.wait(10)
        write(run_folder, table, threshold, path, progress)

    monkeypatch.setitem(OUTPUTS, "mask", replace(OUTPUTS["mask"], write=slow))
    yield go_on
    go_on.set()


def export_in_the_middle(dock, path: Path, held: threading.Event):
    """Begin to write a mask; returns its thread, which is let go a moment later: whoever ends it waits."""
    dock.export_mask(str(path))
    threading.Timer(0.2, held.set).start()
    thread = dock._exporter._background._thread
    assert thread.isRunning()
    return thread


@pytest.fixture
def missing(tmp_path, monkeypatch):
    """No onnxruntime anywhere: the folder of the profile that would hold it, last on the path."""
    folder = tmp_path / "profile" / "exitwise_deps" / "cp311"
    monkeypatch.setattr(paths, "runtime_folder", lambda: folder)
    others = [place for place in sys.path if not (Path(place) / "onnxruntime").is_dir()]
    monkeypatch.setattr(sys, "path", [*others, str(folder)])
    for name in _onnxruntime_modules():
        monkeypatch.delitem(sys.modules, name)
    yield folder
    for name in _onnxruntime_modules():
        del sys.modules[name]  # a stand-in; the real one comes back


def _onnxruntime_modules() -> list:
    return [name for name in sys.modules if name.split(".")[0] == "onnxruntime"]
