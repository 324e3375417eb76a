"""A run from its recipe: what the dock has to show for it, and the job."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Callable, Optional

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from .. import settings
from ..choice import gdal_source
from ..engine.errors import RecipeInvalid
from ..engine.far_away import unsigned
from ..engine.job import Job
from ..engine.manifest import Manifest
from ..engine.recipe import Recipe, read_recipe
from ..engine.store import RUN_FILE
from ..layers import is_result
from .layout import DockWidgets


def take_over(
    path: Path, ui: DockWidgets, chosen: Callable[[], Optional[Manifest]]
) -> tuple[Job, tuple[int, ...]]:
    """Let the dock's widgets show what a recipe says.

    Results go into the folder that holds the run if the recipe lies in it, else where the dock says.

    Args:
        chosen: the model that is chosen in the dock.
    Returns:
        The job, and the numbers of the units that were sent deeper.
    Raises:
        RecipeInvalid: the file, its raster or its model cannot be used; says why.
    """
    recipe, tr = read_recipe(path), QCoreApplication.translate
    place = ui.model.findData(recipe.model["name"])
    if place < 0:
        reason = tr("Exitwise", "its model, {}, is not installed").format(recipe.model["name"])
        raise RecipeInvalid(path=path, reason=reason)
    layer = _layer_of(recipe, path)
    ui.extent.forget_taken()
    ui.layer.setLayer(layer)
    ui.model.setCurrentIndex(place)
    folder = results_folder(path, ui)
    # By the layer's own address: a recipe keeps none of its signature.
    job = replace(recipe.job(chosen(), folder), path=gdal_source(layer), threads=settings.THREADS.get())
    ui.bands.choose(job.bands, job.values)
    tile = ui.tile.findData(job.tile or chosen().tile.size)
    if tile >= 0:  # else it is none that the dock offers, and the job alone has it
        ui.tile.setCurrentIndex(tile)
    ui.gate.setChecked(job.gate)
    ui.device.choose(job.provider)
    if Path(ui.folder.filePath()) != folder:
        ui.folder.setFilePath(str(folder))
    ui.extent.take(job.extent, job.area_wkt)
    ui.clouds.take(job.clouds, job.tile or chosen().tile.size)
    ui.threshold.set_model(chosen())
    ui.threshold.spin.setValue(job.threshold)
    return job, recipe.sent_deeper


def results_folder(path: Path, ui: DockWidgets) -> Path:
    """Where a run of the recipe at `path` goes: where the run is that the recipe lies in, else as the dock
    says, which may be nowhere."""
    path = path.absolute()
    return path.parent.parent if (path.parent / RUN_FILE).exists() else Path(ui.folder.filePath())


def _layer_of(recipe: Recipe, path: Path) -> QgsRasterLayer:
    """The layer of a recipe's raster: one of the project, or else a new one.

    Args:
        path: of the recipe, for what is said if there is no such raster.
    Raises:
        RecipeInvalid: QGIS cannot open it.
    """
    source, name = recipe.settings["path"], recipe.settings["name"]
    layer = raster_layer(source)
    if layer is None:
        layer = QgsRasterLayer(source, name, "gdal")
        if not layer.isValid():
            reason = QCoreApplication.translate("Exitwise", "its raster {} cannot be opened").format(source)
            raise RecipeInvalid(path=path, reason=reason)
        QgsProject.instance().addMapLayer(layer)
    return layer


def raster_layer(source: str) -> Optional[QgsRasterLayer]:
    """The layer of what GDAL opens as `source`, as the user has styled it; None if the project has none.

    How an address is signed makes no difference.
    """
    for layer in QgsProject.instance().mapLayers().values():
        is_raster = isinstance(layer, QgsRasterLayer) and layer.providerType() == "gdal"
        if is_raster and not is_result(layer) and unsigned(gdal_source(layer)) == unsigned(source):
            return layer
    return None
