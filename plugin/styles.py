"""How results are drawn: the `.qml` files of `resources/styles`, adapted to a model's classes and exits.

The files hold what a designer would change (colours, opacity, outline, label); the code fills in what only
the model knows: class names and colours, the largest entropy, the number of exits.
"""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Union

import numpy as np
from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsColorRampShader,
    QgsContrastEnhancement,
    QgsExpressionContextUtils,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsSingleBandGrayRenderer,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

from . import paths
from .engine.class_raster import ClassRaster
from .engine.manifest import Manifest
from .engine.table import UnitState

THRESHOLD_VARIABLE, SENT_VARIABLE = "exitwise_threshold", "exitwise_sent_deeper"
_PIXEL_M = 0.0254 / 96  # of a screen, as QGIS counts
_LEAST_BLOCK_PX, _LEAST_LABELLED_PX = 5, 20
_CLOUDY_COLOR = "#00b4d8"
_WAITING = "pending"  # the state that the table gives to units without any result
_LEFT_OUT_SHARE = 0.35  # how strong the outline of what is left out is beside that of what waits


def style_mask(layer: QgsRasterLayer, manifest: Manifest) -> None:
    """Palette of the model's classes; a class that is not shown is transparent."""
    layer.loadNamedStyle(paths.style("mask"))
    classes = []
    for value, one in enumerate(manifest.classes):
        color = QColor(one.color)
        if not one.shown:
            color.setAlpha(0)
        classes.append(QgsPalettedRasterRenderer.Class(value, color, one.name))
    renderer = QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes)
    renderer.setOpacity(layer.renderer().opacity())
    layer.setRenderer(renderer)


def keep_look(layer: QgsMapLayer, earlier: QgsMapLayer) -> None:
    """Opacity, colours and blending as a user left them on an earlier result of the same kind and model."""
    layer.setBlendMode(earlier.blendMode())
    if isinstance(layer, QgsRasterLayer):
        layer.setRenderer(earlier.renderer().clone())
    else:
        layer.setOpacity(earlier.opacity())


def style_entropy(layer: QgsRasterLayer, manifest: Manifest) -> None:
    """Colours of the file stretched from 0 to the entropy of total ignorance; labels in nats.

    The file's colours lie at squares (0, 1/16, 1/4, 9/16, 1): on easy ground entropies are small, and a
    linear ramp would show it all in one colour.
    """
    layer.loadNamedStyle(paths.style("entropy"))
    renderer = layer.renderer()
    shader = renderer.shader().rasterShaderFunction()
    items = shader.colorRampItemList()
    stretch = manifest.max_entropy / items[-1].value
    unit = QCoreApplication.translate("Exitwise", "nats")
    shader.setColorRampItemList(
        [
            QgsColorRampShader.ColorRampItem(i.value * stretch, i.color, f"{i.value * stretch:.2f} {unit}")
            for i in items
        ]
    )
    shader.setMinimumValue(0)
    shader.setMaximumValue(manifest.max_entropy)
    renderer.setClassificationMin(0)
    renderer.setClassificationMax(manifest.max_entropy)


def entropy_colors() -> tuple[np.ndarray, np.ndarray]:
    """Colours of the heatmap: shares of the largest entropy, float (n,), and their RGB, float (n, 3)."""
    document = QDomDocument()
    document.setContent(Path(paths.style("entropy")).read_text(encoding="utf-8"))
    items = document.elementsByTagName("item")
    found = [items.at(place).toElement() for place in range(items.count())]
    shares = [float(item.attribute("value")) for item in found]
    colors = [QColor(item.attribute("color")).getRgb()[:3] for item in found]
    return np.array(shares) / shares[-1], np.array(colors, float)


def style_exits(layer: QgsVectorLayer, manifest: Manifest) -> None:
    """Blocks outlined and labelled by the exit they leave at, by the layer's own threshold variable."""
    layer.loadNamedStyle(paths.style("exits"))
    expression = exit_expression(len(manifest.stages))
    base = layer.renderer().categories()  # kept: a symbol dies with the category it was asked from
    first, deepest, waiting = (category.symbol() for category in base)
    categories = []
    for number in range(1, len(manifest.stages) + 1):
        symbol = first.clone()
        share = (number - 1) / max(len(manifest.stages) - 1, 1)
        near, far = symbol.symbolLayer(0), deepest.symbolLayer(0)
        near.setFillColor(_between(near.fillColor(), far.fillColor(), share))
        near.setStrokeColor(_between(near.strokeColor(), far.strokeColor(), share))
        label = QCoreApplication.translate("Exitwise", "Exit {}").format(number)
        categories.append(QgsRendererCategory(str(number), symbol, label))
    label = QCoreApplication.translate("Exitwise", "waiting")
    categories.append(QgsRendererCategory(_WAITING, waiting.clone(), label))
    layer.setRenderer(QgsCategorizedSymbolRenderer(expression, categories))
    labeling = layer.labeling().clone()
    settings = labeling.settings()
    settings.fieldName = f"CASE WHEN \"state\" = 'computed' THEN {expression} END"
    settings.isExpression = True
    labeling.setSettings(settings)
    layer.setLabeling(labeling)


def show_gated(layer: QgsVectorLayer) -> None:
    """Give the blocks of an exit map that a coarse look found empty a symbol, fainter than what waits."""
    renderer = layer.renderer().clone()
    base = renderer.categories()  # kept: a symbol dies with the category it was asked from
    symbol = base[-1].symbol().clone()
    symbol.setOpacity(_LEFT_OUT_SHARE)
    label = QCoreApplication.translate("Exitwise", "found empty by the coarse look")
    renderer.addCategory(QgsRendererCategory(UnitState.GATED.name.lower(), symbol, label))
    layer.setRenderer(renderer)


def show_cloudy(layer: QgsVectorLayer) -> None:
    """Give the blocks of an exit map that were skipped as cloudy a symbol, in the colour of clouds."""
    renderer = layer.renderer().clone()
    base = renderer.categories()  # kept: a symbol dies with the category it was asked from
    symbol = base[-1].symbol().clone()
    symbol.setOpacity(1)
    symbol.symbolLayer(0).setStrokeColor(QColor(_CLOUDY_COLOR))
    label = QCoreApplication.translate("Exitwise", "skipped: cloudy")
    renderer.addCategory(QgsRendererCategory(UnitState.CLOUDY.name.lower(), symbol, label))
    layer.setRenderer(renderer)


def hide_when_small(layer: QgsVectorLayer, side: float) -> None:
    """Draw an exit map only while its blocks can be told apart: thousands at once take seconds.

    Args:
        side: of a block, in units of the layer's CRS.
    """
    meters = side * QgsUnitTypes.fromUnitToUnitFactor(layer.crs().mapUnits(), QgsUnitTypes.DistanceMeters)
    layer.setMinimumScale(meters / (_LEAST_BLOCK_PX * _PIXEL_M))
    layer.setScaleBasedVisibility(True)
    labeling = layer.labeling().clone()
    settings = labeling.settings()
    settings.scaleVisibility = True
    settings.minimumScale = meters / (_LEAST_LABELLED_PX * _PIXEL_M)
    labeling.setSettings(settings)
    layer.setLabeling(labeling)


def style_polygons(layer: QgsVectorLayer, model: Union[Manifest, ClassRaster]) -> None:
    """Filled with the model's colours, half transparent, with a thin outline."""
    categories = []
    for value, one in enumerate(model.classes):
        if one.shown:
            color = QColor(one.color)
            color.setAlphaF(0.5)
            symbol = QgsFillSymbol.createSimple({"outline_color": one.color, "outline_width": "0.2"})
            symbol.setColor(color)
            categories.append(QgsRendererCategory(value, symbol, one.name))
    layer.setRenderer(QgsCategorizedSymbolRenderer("value", categories))


def style_centrelines(layer: QgsVectorLayer, model: Union[Manifest, ClassRaster]) -> None:
    """Lines in the model's colours."""
    categories = []
    for value, one in enumerate(model.classes):
        if one.shown:
            symbol = QgsLineSymbol.createSimple({"line_color": one.color, "line_width": "0.6"})
            categories.append(QgsRendererCategory(value, symbol, one.name))
    layer.setRenderer(QgsCategorizedSymbolRenderer("value", categories))


def style_probability(layer: QgsRasterLayer, _manifest: Manifest) -> None:
    """The first class that there is, from black at 0 to white at 1."""
    renderer = QgsSingleBandGrayRenderer(layer.dataProvider(), 1)
    ends = QgsContrastEnhancement(Qgis.DataType.Float32)
    ends.setContrastEnhancementAlgorithm(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
    )
    ends.setMinimumValue(0)
    ends.setMaximumValue(1)
    renderer.setContrastEnhancement(ends)
    layer.setRenderer(renderer)


def style_valid(layer: QgsRasterLayer, _manifest: Manifest) -> None:
    """Valid pixels white, the others grey."""
    tr, one = QCoreApplication.translate, QgsPalettedRasterRenderer.Class
    classes = [
        one(0, QColor("#808080"), tr("Exitwise", "no result")),
        one(1, QColor("#ffffff"), tr("Exitwise", "valid")),
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))


def style_blocks(layer: QgsVectorLayer, manifest: Manifest) -> None:
    """Coloured as on the exit map, by the exit that the table itself names."""
    style_exits(layer, manifest)
    every = layer.renderer().categories()  # kept: a symbol dies with the category it was asked from
    categories = [
        QgsRendererCategory(one.value(), one.symbol().clone(), one.label())
        for one in every
        if one.value().isdigit()
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer('to_string("exit")', categories))
    labeling = layer.labeling().clone()
    settings = labeling.settings()
    settings.fieldName, settings.isExpression = "exit", False
    labeling.setSettings(settings)
    layer.setLabeling(labeling)


STYLES = {
    "mask": style_mask,
    "heatmap": style_entropy,
    "polygons": style_polygons,
    "centrelines": style_centrelines,
    "probability": style_probability,
    "valid": style_valid,
    "blocks": style_blocks,
}
"""How an exported file is drawn, by what it holds."""


def write_style(path: Path, kind: str, model: Union[Manifest, ClassRaster]) -> None:
    """Put a `.qml` beside an exported file, so that every QGIS draws it alike. Main thread only.

    Args:
        model: what knows the classes; for anything but polygons and lines the manifest.
    """
    if kind in ("blocks", "polygons", "centrelines"):
        layer = QgsVectorLayer(str(path), path.stem, "ogr")
    else:
        layer = QgsRasterLayer(str(path), path.stem, "gdal")
    STYLES[kind](layer, model)
    layer.saveNamedStyle(str(path.with_suffix(".qml")))


def set_threshold(layer: QgsVectorLayer, threshold: float, sent: Iterable[int] = ()) -> None:
    """Draw the blocks of an exit map for another threshold, nats, and for those that were sent deeper."""
    QgsExpressionContextUtils.setLayerVariable(layer, THRESHOLD_VARIABLE, threshold)
    QgsExpressionContextUtils.setLayerVariable(layer, SENT_VARIABLE, f",{','.join(map(str, sent))},")


def exit_expression(exits: int) -> str:
    """QGIS expression of the exit rule: "1" ... for the exit taken, "pending", or the block's state.

    A block whose exit is not computed yet is pending: comparing with a missing score is never true. One that
    was sent deeper leaves at the last exit only.
    """
    may_leave = f"strpos(coalesce(@{SENT_VARIABLE}, ''), ',' || $id || ',') = 0"
    cases = [
        f"WHEN \"score_{number}\" < @{THRESHOLD_VARIABLE} AND {may_leave} THEN '{number}'"
        for number in range(1, exits)
    ]
    return (
        f'CASE WHEN "state" <> \'computed\' THEN "state" {" ".join(cases)} '
        f"WHEN \"score_{exits}\" IS NOT NULL THEN '{exits}' ELSE '{_WAITING}' END"
    )


def _between(one: QColor, other: QColor, share: float) -> QColor:
    """A colour on the way from one to another, by hue: the hues in between tell exits apart."""
    h1, s1, v1, a1 = one.getHsvF()
    h2, s2, v2, a2 = other.getHsvF()
    parts = ((a + (b - a) * share) for a, b in ((h1, h2), (s1, s2), (v1, v2), (a1, a2)))
    return QColor.fromHsvF(*(min(max(part, 0.0), 1.0) for part in parts))
