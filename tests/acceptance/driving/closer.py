"""What the dock has for a closer look: chart, a block's story, review, report."""

from pathlib import Path

from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QLabel, QListWidget, QTabWidget, QWidget
from qgis.utils import iface

from .hands import SaveAs, choose, click, find, let_pass, wait_until
from .runs import SETTLE_SECONDS, Runs


class CloserLooks(Runs):
    """Runs that are looked at closer where the job says so."""

    def _look_closer(self, dock, run, report):
        """Chart, story, review and report, one after the other; returns what they came to."""
        tabs, found = find(dock, QTabWidget, "closerTabs"), {"swipe": self._swipe(dock, run["name"])}
        for place, (name, step) in enumerate(
            {"chart": self._drag_chart, "audit": None, "story": self._pick, "review": self._review}.items()
        ):
            if step is None:
                continue
            bar = tabs.tabBar()
            QTest.mouseClick(
                bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, bar.tabRect(place).center()
            )
            let_pass(0.5)
            self.watch.start()
            found[name] = step(dock)
            report["gaps"][name] = self.watch.stop()
            self._drawn()
            self.picture(f"{run['name']}_4_{name}")
            find(dock, QWidget, "thresholdSpin").setValue(report["threshold"])
            self._settled(dock)
        path = str(Path(run["folder"]) / f"{run['name']}_report.html")
        done = []
        dock.exported.connect(done.append)
        self.watch.start()
        answer = SaveAs(path)
        click(find(dock, QWidget, "exportReportButton"))
        answer.deleteLater()
        wait_until(f"{path} is written", lambda: path in done, SETTLE_SECONDS)
        report["gaps"]["report"] = self.watch.stop()
        dock.exported.disconnect(done.append)
        return {**found, "report": path}

    def _drag_chart(self, dock):
        """Drag the chart's line from its middle a good way to the left."""
        chart, spin = find(dock, QWidget, "exitChart"), find(dock, QWidget, "thresholdSpin")
        left, before = Qt.MouseButton.LeftButton, self._exit_table(dock)
        middle = chart.rect().center()
        QTest.mousePress(chart, left, Qt.KeyboardModifier.NoModifier, middle)
        taken = spin.value()
        for step in range(1, 11):
            place = QPointF(middle.x() - step * chart.width() / 40, middle.y())
            move = QMouseEvent(
                QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton, left, Qt.KeyboardModifier.NoModifier
            )
            QApplication.sendEvent(chart, move)
            let_pass(0.05)
        QTest.mouseRelease(chart, left, Qt.KeyboardModifier.NoModifier, place.toPoint())
        self._settled(dock)
        return {
            "taken": taken,
            "threshold": spin.value(),
            "exits": [before, self._exit_table(dock)],
            "words": chart.accessibleDescription(),
        }

    def _swipe(self, dock, name):
        """Divide the map, drag the line to a third of it, and leave; returns what was seen on the way."""
        bar, canvas = find(dock, QTabWidget, "closerTabs").tabBar(), iface.mapCanvas()
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(bar, left, none, bar.tabRect(0).center())
        let_pass(0.5)
        other, line = find(dock, QWidget, "swipeCombo"), find(dock, QWidget, "swipeSlider")
        before = canvas.mapTool(), self._map()
        choose(other, "picture")
        click(find(dock, QWidget, "swipeButton"))
        self._drawn()
        QTest.mouseClick(canvas.viewport(), left, none, QPoint(canvas.width() // 3, canvas.height() // 2))
        self._drawn()
        share, seen = line.value() / line.maximum(), self._map()
        self.picture(f"{name}_4_swipe")
        click(find(dock, QWidget, "swipeButton"))
        self._drawn()
        return {
            "share": share,
            "map changed": seen != before[1],
            "as before": (canvas.mapTool(), self._map()) == before,
        }

    def _map(self):
        """What the map looks like."""
        image = iface.mapCanvas().grab().toImage()
        return image.constBits().asstring(image.sizeInBytes())

    def _pick(self, dock):
        """Click on the middle of the map with the tool, then on its corner beyond the raster."""
        canvas, words = iface.mapCanvas(), find(dock, QLabel, "storyLabel")
        pictures = find(dock, QWidget, "storyPictures")
        before = canvas.mapTool()
        click(find(dock, QWidget, "lookCloserButton"))
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

        def told_at(x, y):
            told = words.text()
            QTest.mouseClick(canvas.viewport(), left, none, QPoint(x, y))
            wait_until("the click is answered", lambda: words.text() != told, SETTLE_SECONDS)
            return words.text()

        outside = told_at(2, 2)
        told = told_at(canvas.width() // 2, canvas.height() // 2)

        def names():
            labels = pictures.findChildren(QLabel)
            return [label.accessibleName() for label in labels if label.accessibleName()]

        wait_until("the pictures are there", lambda: len(names()) >= 3, SETTLE_SECONDS)
        told = words.text()
        click(find(dock, QWidget, "lookCloserButton"))
        return {
            "outside": outside,
            "told": told,
            "pictures": names(),
            "tool given back": canvas.mapTool() == before,
        }

    def _review(self, dock):
        """Go from place to place to the first that can go deeper, if any; send it there, and tick it off."""
        listed, deeper = find(dock, QListWidget, "reviewList"), find(dock, QWidget, "sendDeeperButton")
        wait_until("places are listed", lambda: listed.count() > 0, SETTLE_SECONDS)
        before, visited = self._exit_table(dock), 0
        while visited == 0 or (not deeper.isEnabled() and visited < listed.count()):
            click(find(dock, QWidget, "nextButton"))
            visited += 1
            let_pass(0.1)
        if deeper.isEnabled():
            click(deeper)
        self._settled(dock)
        told = find(dock, QLabel, "storyLabel").text()
        click(find(dock, QWidget, "doneButton"))
        let_pass(0.5)
        return {
            "listed": listed.count(),
            "visited": visited,
            "told": told,
            "exits": [before, self._exit_table(dock)],
            "words": find(dock, QLabel, "reviewLabel").text(),
        }
