"""The dock's widgets, in the order of work: raster and model, where, run, threshold, export.

Makes and places them; what they do is wired in dock.py.
"""

from __future__ import annotations

from qgis.core import QgsMapLayerProxyModel
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QObject, QSize, Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .. import settings
from .audit import AuditRows
from .bands import BandChooser, narrow_combo
from .blink import BlinkRow
from .clouds import CloudRows
from .device import DeviceRows
from .exit_chart import ExitChart
from .exit_table import ExitTable
from .export_options import ExportOptions
from .extent import ExtentChooser
from .folder import folder_widget
from .layer_combo import LayerCombo
from .model_row import ModelRow
from .more_exports import MoreExports
from .packed import packed
from .review_panel import ReviewPanel
from .shown_run import ShownRun
from .story_panel import StoryPanel
from .swipe_row import SwipeRow
from .threshold import ThresholdControl


class DockWidgets(QObject):
    """All widgets of the dock by name; `area` holds them and scrolls where the screen is low."""

    def __init__(self, canvas, parent: QObject):
        super().__init__(parent)
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(4)
        self.shown = ShownRun()
        for part in (
            self._raster(),
            self._where(canvas),
            self._run(),
            self.shown,
            self._threshold(),
            self._export(canvas),
        ):
            layout.addWidget(part)
        self.help = QPushButton(self.tr("Help (F1)"))
        self.help.setObjectName("helpButton")
        self.help.setToolTip(self.tr("Open the help page, which lies on this computer, in the browser"))
        layout.addWidget(self.help, 0, Qt.AlignmentFlag.AlignRight)
        layout.addStretch(1)
        self.area = _Column()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("Exitwise")
        self.area.setWidget(column)
        self.details.setCollapsed(True)

    def _raster(self) -> QWidget:
        box = _group("rasterBox", self.tr("Raster and model"))
        self.layer = LayerCombo("layerCombo")
        self.layer.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer.setMinimumWidth(120)
        self.layer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.models = ModelRow()
        self.model = self.models.combo
        self.reading = _Words("readingLabel")
        self.bands = BandChooser()
        self.tile = narrow_combo("tileCombo")
        self.tile.setToolTip(
            self.tr("Side of what is computed at once: large tiles are faster, small ones need less memory")
        )
        self.details = QgsCollapsibleGroupBox(self.tr("Bands and values"))
        self.details.setObjectName("detailsBox")
        self.bands.layout().addRow(self.tr("&Tile"), self.tile)
        QVBoxLayout(self.details).addWidget(self.bands)
        form = _form(box)
        self.open_scene = QToolButton()
        self.open_scene.setObjectName("openSceneButton")
        self.open_scene.setText("...")
        self.open_scene.setAccessibleName(self.tr("Open scene"))
        self.open_scene.setToolTip(
            self.tr("Open a scene of many files (.SAFE, Landsat with MTL.txt, folder of bands) as one raster")
        )
        self.open_scene.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout()
        row.addWidget(self.layer)
        row.addWidget(self.open_scene)
        raster_label = QLabel(self.tr("&Raster"))
        raster_label.setBuddy(self.layer)
        form.addRow(raster_label, row)
        form.addRow(self.tr("&Model"), self.models)
        form.addRow(self.reading)
        form.addRow(self.details)
        return box

    def _where(self, canvas) -> QWidget:
        box = _group("whereBox", self.tr("Where"))
        self.extent = ExtentChooser(canvas)
        self.folder = folder_widget("folderWidget", self.tr("Folder for the results"))
        form = _form(box)
        extent_label = QLabel(self.tr("&Extent"))
        extent_label.setBuddy(self.extent.combo)
        form.addRow(extent_label, self.extent)
        form.addRow(self.tr("Results &in"), self.folder)
        self.clouds = CloudRows()
        form.addRow(self.clouds)
        return box

    def _run(self) -> QWidget:
        box = _group("runBox", self.tr("Run"))
        self.run = QPushButton(self.tr("Run"))
        self.run.setObjectName("runButton")
        font = self.run.font()
        font.setBold(True)
        self.run.setFont(font)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setObjectName("cancelButton")
        self.repeat = QPushButton(self.tr("Repeat ..."))
        self.repeat.setObjectName("repeatButton")
        self.repeat.setToolTip(
            self.tr("Run again what a recipe says: recipe.json lies in the folder of every run")
        )
        self.runs = QPushButton(self.tr("Recent ..."))
        self.runs.setObjectName("recentRunsButton")
        self.runs.setToolTip(self.tr("Recent runs: show, repeat or change one, find its folder, delete it"))
        self.progress = QProgressBar()
        self.progress.setObjectName("progressBar")
        self.progress.setAccessibleName(self.tr("Progress"))
        self.status = _StatusLine()
        self.status.setObjectName("statusLabel")
        self.status.setWordWrap(True)
        self.gate = QCheckBox(self.tr("Skip empty areas by a coarse look"))
        self.gate.setObjectName("gateCheckBox")
        self.device = DeviceRows()
        layout = QGridLayout(box)
        layout.addWidget(self.run, 0, 0)
        layout.addWidget(self.cancel, 0, 1)
        layout.addWidget(self.repeat, 0, 2)
        layout.addWidget(self.runs, 0, 3)
        for row, widget in enumerate((self.progress, self.status, self.gate, self.device), 1):
            layout.addWidget(widget, row, 0, 1, 4)
        layout.setColumnStretch(0, 1)
        return box

    def _threshold(self) -> QWidget:
        box = _group("thresholdBox", self.tr("Exit threshold"))
        self.threshold = ThresholdControl()
        self.outlook = _Words("outlookLabel")
        self.outlook.setToolTip(
            self.tr("Estimated from places that the model was not trained on; your raster may differ")
        )
        self.audit = AuditRows()
        self.table = ExitTable()
        layout = QVBoxLayout(box)
        layout.addWidget(self.threshold)
        layout.addWidget(self.outlook)
        layout.addWidget(self._closer())
        return box

    def _closer(self) -> QWidget:
        """What explains the threshold, one tab beside the other: the dock is high enough as it is."""
        self.chart, self.blink = ExitChart(self.threshold), BlinkRow()
        self.story = StoryPanel()
        self.review = ReviewPanel()
        self.swipe = SwipeRow()
        exits = packed(QVBoxLayout, self.chart, self.blink, self.swipe, self.table, margin=4)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("closerTabs")
        self.tabs.tabBar().setAccessibleName(self.tr("What explains the threshold"))
        self.tabs.addTab(exits, self.tr("Exits"))
        self.tabs.addTab(packed(QVBoxLayout, self.audit, margin=4), self.tr("Audit"))
        self.tabs.addTab(self.story, self.tr("Look closer"))
        self.tabs.addTab(self.review, self.tr("Review"))
        self.tabs.currentChanged.connect(self._fit_tabs)
        self._fit_tabs()
        return self.tabs

    def _fit_tabs(self, shown: int = 0) -> None:
        """As high as the page that shows, not as the highest of them."""
        policy = QSizePolicy.Policy
        for place in range(self.tabs.count()):
            page = self.tabs.widget(place)
            page.setSizePolicy(policy.Preferred, policy.Preferred if place == shown else policy.Ignored)
            page.updateGeometry()
        self.tabs.updateGeometry()
        # Down there once the page has its height.
        QTimer.singleShot(0, self._show_tabs)

    def _show_tabs(self) -> None:
        if self.tabs.isVisible():
            self.area.ensureWidgetVisible(self.tabs)

    def _export(self, canvas) -> QWidget:
        box = _group("exportBox", self.tr("Export"))
        self.export_mask = QPushButton(self.tr("Mask ..."))
        self.export_mask.setObjectName("exportMaskButton")
        self.export_heatmap = QPushButton(self.tr("Heatmap ..."))
        self.export_heatmap.setObjectName("exportHeatmapButton")
        self.export_polygons = QPushButton(self.tr("Polygons ..."))
        self.export_polygons.setObjectName("exportPolygonsButton")
        self.export_report = QPushButton(self.tr("Report ..."))
        self.export_report.setObjectName("exportReportButton")
        self.export_report.setToolTip(
            self.tr(
                "Map, areas, exits, audit, parameters and versions on one page (HTML) that needs nothing else"
            )
        )
        self.export_mask.setToolTip(self.tr("What the mask shows as GeoTIFF, with its colours"))
        self.export_heatmap.setToolTip(self.tr("Entropy in nats as GeoTIFF, with its colours"))
        self.export_polygons.setToolTip(
            self.tr("The classes as polygons along pixel edges (GeoPackage), with area and certainty")
        )
        self.more_exports = MoreExports()
        layout = QGridLayout(box)
        buttons = (self.export_mask, self.export_heatmap, self.export_polygons, self.export_report)
        for place, button in enumerate(buttons):
            layout.addWidget(button, *divmod(place, 2))
        layout.addWidget(self.more_exports, 2, 0, 1, 2)
        self.export_options = ExportOptions(canvas)
        layout.addWidget(self.export_options, 3, 0, 1, 2)
        self.add_exports = QCheckBox(self.tr("Add the file to the project"))
        self.add_exports.setObjectName("addExportsBox")
        self.add_exports.setChecked(settings.ADD_EXPORTS.get())
        self.add_exports.toggled.connect(settings.ADD_EXPORTS.set)
        layout.addWidget(self.add_exports, 4, 0, 1, 2)
        return box


class _Words(QLabel):
    """Takes no room while there is nothing to say."""

    def __init__(self, name: str):
        super().__init__()
        self.setObjectName(name)
        self.setWordWrap(True)
        self.hide()

    def setText(self, text: str) -> None:
        """Called like any label's."""
        super().setText(text)
        self.setVisible(bool(text))


class _StatusLine(QLabel):
    """Takes the room for its words at once: layouts within layouts would need a few rounds of the event loop,
    and meanwhile the words lie on what is below them."""

    def setText(self, text: str) -> None:
        """Called like any label's."""
        super().setText(text)
        if not self.isVisible() or self.height() == self.heightForWidth(self.width()):
            return
        holder = self
        while holder.parentWidget() is not None and holder.parentWidget().layout() is not None:
            holder = holder.parentWidget()
            holder.layout().activate()
        needed = max(holder.heightForWidth(holder.width()), holder.parentWidget().height())
        holder.resize(holder.width(), needed)


class _Column(QScrollArea):
    """Scrolls up and down only: never narrower than what it holds, which a theme may widen at any time."""

    def minimumSizeHint(self) -> QSize:
        """Room for the widgets, the bar beside them and the frame that a theme may draw."""
        beside = self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth()
        return QSize(self.widget().minimumSizeHint().width() + beside, super().minimumSizeHint().height())


def _group(name: str, title: str) -> QgsCollapsibleGroupBox:
    """A part of the dock that folds, and stays folded until somebody unfolds it."""
    box = QgsCollapsibleGroupBox(title)
    box.setObjectName(name)
    box.setSettingGroup("exitwise")
    return box


def _form(box: QWidget) -> QFormLayout:
    form = QFormLayout(box)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form
