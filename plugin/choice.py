"""Raster and model as chosen in dock or toolbox: what is known of them, and why they cannot be used.

Reads headers and manifests only. No widget is in here.
"""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsProviderRegistry, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from . import paths
from .engine.errors import EngineError
from .engine.manifest import Manifest, read_manifest
from .engine.raster_info import RasterInfo, describe, require_place
from .sentences import error_in_words
from .web_map import Service, is_service


def gdal_source(layer: QgsRasterLayer) -> str:
    """What GDAL opens for a layer of files: the source without QGIS's own open options."""
    source = layer.source()
    # Taken away one by one: the path may hold "|" too, and QGIS does not put all sources together again.
    for option in QgsProviderRegistry.instance().decodeUri("gdal", source).get("openOptions", ()):
        source = source.replace(f"|option:{option}", "")
    return source


def crs_wkt(layer: QgsRasterLayer) -> str:
    """CRS that the layer has in QGIS, empty if none."""
    return layer.crs().toWkt() if layer.crs().isValid() else ""


def read_manifests() -> tuple[list[Manifest], list[str]]:
    """The models that can be used, and a sentence for each that cannot."""
    manifests, problems, tr = [], [], QCoreApplication.translate
    for folder in paths.model_folders():
        try:
            manifests.append(read_manifest(folder))
        except EngineError as error:
            sentence = error_in_words(error)
            if folder.parent == paths.imported_models():
                words = tr("Exitwise", "It was imported: import it once more, or delete the folder {}.")
                sentence = f"{sentence} {words.format(folder)}"
            problems.append(sentence)
    return manifests, problems


def is_imported(manifest: Manifest) -> bool:
    """Whether a model was imported, so that it may be removed or replaced."""
    return manifest.folder.parent == paths.imported_models()


def not_a_file(layer: QgsRasterLayer) -> str:
    """What to do with a layer of a service, as a sentence."""
    sentence = QCoreApplication.translate(
        "Exitwise",
        "{} is not a file but comes from a service ({}). Save it as GeoTIFF first: "
        "right-click the layer, Export, Save As.",
    )
    return sentence.format(layer.name(), layer.providerType())


def describe_layer(layer: Optional[QgsRasterLayer]) -> tuple[Optional[RasterInfo], str]:
    """Header of a layer, None if there is none, and a sentence if it cannot be segmented."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Exitwise", text)

    if layer is None:
        return None, tr("Add a raster layer to the project first.")
    if layer.providerType() != "gdal" and not is_service(layer):
        return None, not_a_file(layer)
    try:
        if is_service(layer):
            return Service.of(layer).describe(), ""
        info = describe(gdal_source(layer), crs_wkt(layer), layer.name())
    except EngineError as error:
        return None, error_in_words(error)
    try:
        require_place(info)  # before bands and values are asked for in vain
    except EngineError as error:
        return info, error_in_words(error)
    return info, ""


def largest_threshold(manifest: Manifest) -> float:
    """The largest threshold that a model can be given, nats: every block leaves at the first exit.

    A little above the largest entropy, as a number to type: a score equals that entropy at most, and has to
    be below the threshold.
    """
    return round(manifest.max_entropy + 1e-4, 4)
