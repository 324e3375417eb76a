"""What is chosen in the dock: why it cannot be run, what a run of it would take, and the job it makes."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from .. import paths, settings
from ..choice import crs_wkt, describe_layer, gdal_source
from ..engine.errors import EngineError
from ..engine.files import why_no_files
from ..engine.job import Extent, Job
from ..engine.manifest import Manifest
from ..engine.raster_info import RasterInfo
from ..sentences import error_in_words
from ..web_fetch import Fetch
from ..web_map import Plan, Service, is_service, plan_in_words
from .layout import DockWidgets
from .preflight import preflight_in_words


class Chosen:
    """Reads the dock's widgets; keeps what the file of the chosen raster says of itself."""

    def __init__(self, ui: DockWidgets):
        self._ui = ui
        self.info: Optional[RasterInfo] = None
        self._raster_problem = ""
        self._writable = ""  # the last folder for results where files could be made
        self._services: dict[str, str] = {}  # which layer's source a fetched raster has, by its path

    def look_at_raster(self) -> None:
        """Read the header of the layer that is chosen now."""
        self.info, self._raster_problem = describe_layer(self._ui.layer.currentLayer())

    @property
    def manifest(self) -> Optional[Manifest]:
        """The model, or None without any."""
        return self._ui.models.manifest

    def problem(self) -> str:
        """Why it cannot be run; empty if it can."""
        if self._raster_problem:
            return self._raster_problem
        if self.manifest is None:
            return _tr("No model is installed. Install Exitwise again.")
        ui = self._ui
        asked = ui.bands.problem() or ui.extent.problem() or self.folder_problem() or ui.clouds.problem()
        asked = asked or self._clouds_problem()
        return asked or self.preflight()[1]

    def _clouds_problem(self) -> str:
        """Why the tiles that a recipe names cannot be skipped: others have these numbers now."""
        ui = self._ui
        if not ui.clouds.is_taken or (
            ui.extent.is_as_taken and ui.tile.currentData() == ui.clouds.taken_tile
        ):
            return ""
        return _tr(
            "The recipe names cloudy tiles of another extent or tile size. Choose under Clouds what to skip."
        )

    def folder_problem(self) -> str:
        """Why the results cannot go where the dock says; empty if they can."""
        folder = self._ui.folder.filePath()
        if folder and not Path(folder).is_absolute():
            return _tr("Give the folder for the results with its full path, not {}.").format(folder)
        reason = why_no_files(Path(folder)) if folder and folder != self._writable else ""
        if reason:
            sentence = _tr("No files can be made in {}: {}. Choose another folder for the results.")
            return sentence.format(folder, reason)
        self._writable = folder  # not tried again whenever something else is chosen
        if folder:
            return ""
        if paths.default_output_folder(self.info):
            return _tr("Choose a folder for the results.")
        return _tr("Choose a folder for the results: none can be made beside this raster.")

    def preflight(self) -> tuple[str, str]:
        """What a run would take, and why there cannot be one; one of them is empty."""
        ui = self._ui
        if self.info is None or self.manifest is None:
            return "", ""
        try:
            layer, info, first, fetched = ui.layer.currentLayer(), self.info, "", 0
            extent, _ = ui.extent.collect(layer)
            if is_service(layer):
                plan = self._plan(layer, extent)
                info, first = plan.info, f" {plan_in_words(plan)}"
                fetched = plan.bytes_at_most
            choice = extent, ui.tile.currentData(), ui.folder.filePath(), ui.device.provider
            return preflight_in_words(info, self.manifest, *choice, fetched) + first, ""
        except EngineError as error:
            return "", error_in_words(error)
        except ValueError as error:
            return "", str(error)

    def is_in(self, job: Job, same_folder: bool) -> bool:
        """Whether a job is of the raster and the model that are chosen now, and where asked, the folder."""
        layer, manifest = self._ui.layer.currentLayer(), self.manifest
        if layer is None or manifest is None:
            return False
        source = layer.source() if is_service(layer) else gdal_source(layer)
        if same_folder and job.output_folder != Path(self._ui.folder.filePath()):
            return False
        return (self._services.get(job.path, job.path), job.model_folder) == (source, manifest.folder)

    def _plan(self, layer: QgsRasterLayer, extent: Optional[Extent]) -> Plan:
        return Service.of(layer).plan(self.manifest, extent, Path(self._ui.folder.filePath()))

    def job(self) -> tuple[Job, Optional[Fetch]]:
        """What Run begins, and what gets the raster before that if a map service has it; only without a
        `problem`.

        Raises:
            ValueError: the extent cannot be brought to the raster, or is too large to fetch; a sentence for
                the user.
            EngineError: the service has nothing there that the model could use.
        """
        ui, layer, manifest = self._ui, self._ui.layer.currentLayer(), self.manifest
        extent, area_wkt = ui.extent.collect(layer)
        path, fetch = gdal_source(layer), None
        if is_service(layer):
            fetch = Fetch(self._plan(layer, extent), layer.dataProvider().clone())
            path = str(fetch.plan.path)
            self._services[path] = layer.source()
        # Another model brings another scale; that of the one before would give the wrong number.
        ui.threshold.set_model(manifest)
        job = Job(
            path=path,
            name=layer.name(),
            model_folder=manifest.folder,
            output_folder=Path(ui.folder.filePath()),
            bands=ui.bands.bands(),
            values=ui.bands.values(),
            threshold=ui.threshold.value,
            crs_wkt=crs_wkt(layer),
            extent=extent,
            area_wkt=area_wkt,
            tile=ui.tile.currentData(),
            threads=settings.THREADS.get(),
            provider=ui.device.provider,
            gate=ui.gate.isChecked(),
            clouds=ui.clouds.collect(),
        )
        return job, fetch


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExitwiseDock", text)
