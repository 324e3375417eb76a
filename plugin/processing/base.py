"""What all algorithms share: how they look in the toolbox, and how they say no."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsProcessingAlgorithm, QgsProcessingException
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from .. import paths
from ..engine.errors import EngineError, ExportCancelled
from ..sentences import error_in_words

_GROUPS = {"segment": "Segment", "runs": "Kept runs", "models": "Models"}


class ExitwiseAlgorithm(QgsProcessingAlgorithm):
    """Subclasses give `ID`, `GROUP`, `TAGS`, `displayName`, `shortHelpString`, the parameters, and `work`."""

    ID = ""  # stable, never translated: models and scripts refer to it
    GROUP = ""  # a key of the groups
    TAGS: tuple[str, ...] = ()

    def createInstance(self) -> ExitwiseAlgorithm:
        """Called by QGIS for every use."""
        return type(self)()

    def name(self) -> str:
        """Stable, never translated."""
        return self.ID

    def group(self) -> str:
        """As the toolbox shows it."""
        return QCoreApplication.translate("Exitwise", _GROUPS[self.GROUP])

    def groupId(self) -> str:
        """Stable, never translated."""
        return self.GROUP

    def tags(self) -> list[str]:
        """Words that find it in the toolbox."""
        return [*self.TAGS, "exitwise", "onnx", "early exit"]

    def icon(self) -> QIcon:
        """As the toolbox shows it."""
        return QIcon(paths.icon())

    def processAlgorithm(self, parameters: dict, context: Any, feedback: Any) -> dict:
        """Called by Processing, in whatever thread it chooses."""
        try:
            return self.work(parameters, context, feedback)
        except ExportCancelled:
            return {}
        except EngineError as error:
            raise QgsProcessingException(error_in_words(error)) from None

    def work(self, parameters: dict, context: Any, feedback: Any) -> dict:
        """Do it; returns the outputs by name, none after a cancel.

        Raises:
            EngineError, QgsProcessingException: what happened, in words.
        """
        raise NotImplementedError

    def _tr(self, text: str) -> str:
        """In the user's language; a text belongs to the class that it stands in, which may be a base."""
        for kind in type(self).__mro__:
            translated = QCoreApplication.translate(kind.__name__, text)
            if translated != text:
                return translated
        return text

    def place_for(self, path: str, endings: tuple[str, ...], what: str) -> Optional[Path]:
        """Where a file is to go, None if nowhere.

        Raises:
            QgsProcessingException: it would be a file of another kind than its name says, or has no folder.
        """
        if not path:
            return None
        if not path.lower().endswith(endings):
            sentence = self._tr("{} would be a {} under another name. Choose a name that ends in {}.")
            raise QgsProcessingException(sentence.format(path, what, endings[0]))
        if not Path(path).parent.is_dir():
            sentence = self._tr("{} cannot be written: there is no folder {}. Make it or choose another.")
            raise QgsProcessingException(sentence.format(path, Path(path).parent))
        return Path(path)
