"""A number with decimals, typed with a point or a comma, whatever QGIS's language writes."""

from __future__ import annotations

from qgis.PyQt.QtGui import QValidator
from qgis.PyQt.QtWidgets import QDoubleSpinBox


class DecimalSpin(QDoubleSpinBox):
    """For numbers that nobody writes with marks between thousands: Qt takes the other of the two for such a
    mark, and makes 0 of 0,2 and 15 of 1,5."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Called by Qt as the user types."""
        return super().validate(self._with_own_point(text), position)

    def valueFromText(self, text: str) -> float:
        """Called by Qt once the text is complete."""
        return super().valueFromText(self._with_own_point(text))

    def _with_own_point(self, text: str) -> str:
        point = self.locale().decimalPoint()
        return text.replace(",", point).replace(".", point)
