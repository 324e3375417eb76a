"""The story of one block in words and pictures. Draws what it is given; reads and computes nothing."""

from __future__ import annotations

from math import isnan
from typing import Optional

import numpy as np
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QImage, QPixmap
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..engine.encoding import NODATA
from ..engine.figures import figure
from ..engine.manifest import Manifest
from ..engine.story import ExitPicture, Pictures, Story
from ..engine.table import UnitState
from ..sentences import error_in_words
from ..styles import entropy_colors

_SIDE, _SMALL_SIDE = 64, 48  # of a picture, pixels of the screen
_MANY_EXITS = 3  # with more than these, pictures are small
_VEIL = 0.55  # of a class's colour over the image
_NOTHING = 128  # grey: no data


class StoryPanel(QWidget):
    """A button that picks a block on the map, and below it what is known of that block."""

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self.pick = QPushButton(self.tr("Pick on the map"))
        self.pick.setObjectName("lookCloserButton")
        self.pick.setCheckable(True)
        self.pick.setToolTip(
            self.tr("Click on the results: what each exit thought of that block is told here")
        )
        self._words = QLabel()
        self._words.setObjectName("storyLabel")
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.pictures = QWidget()
        self.pictures.setObjectName("storyPictures")
        self._grid = QGridLayout(self.pictures)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        for widget in (self.pick, self._words, self.pictures, self._problem):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.say(self.tr("Run first, then pick a block."))

    def text(self) -> str:
        """What is told."""
        return self._words.text()

    def say(self, sentence: str) -> None:
        """Show a sentence instead of a story."""
        self._words.setText(sentence)
        self._clear()

    def show_story(self, story: Story, manifest: Manifest, pictures: Optional[Pictures]) -> None:
        """Tell a block's story; `pictures` are None as long as they are being read."""
        self._words.setText("\n".join(self._sentences(story, manifest, pictures)))
        self._clear()
        side = _SIDE if len(story.scores) <= _MANY_EXITS else _SMALL_SIDE
        if story.state == UnitState.COMPUTED:
            self._show_scores(story)
        if pictures is None:
            return
        if pictures.problem is not None:
            self._problem.setText(error_in_words(pictures.problem))
            self._problem.show()
        if pictures.image is not None:
            self._add_picture(0, 1, pictures.image, side, self.tr("Image"))
        for one in pictures.exits:
            mask = _masked(one.classes, pictures.image, manifest)
            self._add_picture(one.exit, 1, mask, side, self.tr("Mask at exit {}").format(one.exit))
            nats = _colored(one.entropies, manifest)
            self._add_picture(one.exit, 2, nats, side, self.tr("Entropy at exit {}").format(one.exit))

    def _sentences(self, story: Story, manifest: Manifest, pictures: Optional[Pictures]) -> list[str]:
        core, exits = story.core, len(story.scores)
        where = self.tr("Block {}: columns {} to {}, rows {} to {}. Pixel {}, {}").format(
            story.number,
            core.col,
            core.col + core.width - 1,
            core.row,
            core.row + core.height - 1,
            story.column,
            story.row,
        )
        shown = next((one for one in pictures.exits if one.exit == story.shown), None) if pictures else None
        sentences = [f"{where}{self._at_pixel(story, manifest, shown)}."]
        if story.state == UnitState.NODATA:
            sentences.append(self.tr("The raster holds no data here, so nothing was computed."))
        elif story.state == UnitState.OUTSIDE:
            sentences.append(self.tr("It lies outside of the polygons that were chosen."))
        elif story.state == UnitState.PENDING:
            sentences.append(self.tr("It has not been computed yet."))
        elif story.state == UnitState.CLOUDY:
            sentences.append(self.tr("Clouds hide its tile, so nothing was computed."))
        elif story.state == UnitState.GATED:
            sentences.append(self.tr("The coarse look found nothing here, so no exit was computed."))
        elif not story.taken:
            sentence = self.tr("It waits for exit {}; the map shows exit {} meanwhile.")
            sentences.append(sentence.format(story.shown + 1, story.shown))
        elif story.sent:
            sentences.append(self.tr("It was sent deeper, so it leaves at the last exit ({}).").format(exits))
        elif exits == 1:
            sentences.append(self.tr("The model has one exit, so it left there."))
        elif story.taken == exits:
            sentence = self.tr("It went all the way to exit {}: no earlier score was below {} nats.")
            sentences.append(sentence.format(exits, figure(story.threshold)))
        else:
            sentence = self.tr("It left at exit {} of {}: its score of {} nats is below the threshold of {}.")
            score = story.scores[story.taken - 1]
            sentences.append(sentence.format(story.taken, exits, f"{score:.3f}", figure(story.threshold)))
        return sentences

    def _at_pixel(self, story: Story, manifest: Manifest, shown: Optional[ExitPicture]) -> str:
        """Class and entropy of the pixel that was asked for, as far as they are known."""
        if shown is None:
            return ""
        row, column = story.row - story.core.row, story.column - story.core.col
        value = int(shown.classes[row, column])
        if value == NODATA:
            return self.tr(": no data")
        return f": {manifest.classes[value].name}, {shown.entropies[row, column]:.3f} nats"

    def _show_scores(self, story: Story) -> None:
        for row, text in ((3, self.tr("Score")), (4, self.tr("Seconds"))):
            self._add_text(0, row, text)
        self._add_text(0, 0, self.tr("Image"))
        for number, (score, seconds) in enumerate(zip(story.scores, story.seconds), 1):
            heading = self.tr("Exit {}").format(number)
            self._add_text(number, 0, f"<b>{heading} \u2713</b>" if number == story.taken else heading)
            self._add_text(number, 3, "\u2013" if isnan(score) else f"{score:.3f}")
            self._add_text(number, 4, "\u2013" if isnan(seconds) else figure(seconds, 2))

    def _add_text(self, column: int, row: int, text: str) -> None:
        self._grid.addWidget(QLabel(text), row, column)
        self._grid.setColumnStretch(column, 1)

    def _add_picture(self, column: int, row: int, pixels: np.ndarray, side: int, name: str) -> None:
        label = QLabel()
        height, width, _ = pixels.shape
        image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
        keep, fast = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
        label.setPixmap(QPixmap.fromImage(image.copy()).scaled(side, side, keep, fast))
        label.setAccessibleName(name)
        label.setToolTip(name)
        self._grid.addWidget(label, row, column)

    def _clear(self) -> None:
        self._problem.hide()
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()


def _masked(classes: np.ndarray, image: Optional[np.ndarray], manifest: Manifest) -> np.ndarray:
    """The shown classes in their colours over the image: uint8 (h, w, 3)."""
    picture = np.full((*classes.shape, 3), 255, np.float32) if image is None else image.astype(np.float32)
    for value, one in enumerate(manifest.classes):
        if one.shown:
            color = np.array(QColor(one.color).getRgb()[:3], np.float32)
            here = classes == value
            picture[here] = (1 - _VEIL) * picture[here] + _VEIL * color
    picture[classes == NODATA] = _NOTHING
    return picture.astype(np.uint8)


def _colored(entropies: np.ndarray, manifest: Manifest) -> np.ndarray:
    """Entropies (nats) in the colours of the heatmap: uint8 (h, w, 3)."""
    shares, colors = entropy_colors()
    known = np.nan_to_num(entropies / manifest.max_entropy)
    planes = [np.interp(known, shares, colors[:, place]) for place in range(3)]
    picture = np.stack(planes, axis=-1).astype(np.uint8)
    picture[np.isnan(entropies)] = _NOTHING
    return picture
