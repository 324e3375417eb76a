"""Speaks the user's language where resources/i18n has it; English elsewhere."""

from __future__ import annotations

from typing import Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from . import paths


def add_translator() -> Callable[[], None]:
    """Let Qt translate what Exitwise says, in the language of QGIS; returns what takes that back."""
    translator = QTranslator()
    # QLocale tries de_AT before de; Qt's own languages of the system, which QGIS may override, do not count.
    if not translator.load(QLocale(QgsApplication.locale()), "exitwise", "_", paths.translations(), ".qm"):
        return lambda: None
    QCoreApplication.installTranslator(translator)

    def remove() -> None:
        QCoreApplication.removeTranslator(translator)

    return remove
