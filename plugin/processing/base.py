"""What all algorithms share: how they look in the toolbox, and how they say no."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional, Sequence

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from qgis.PyQt.QtGui import QIcon

from .. import paths
from ..choice import largest_threshold, read_manifests
from ..engine.errors import EngineError, ExportCancelled
from ..engine.figures import figure
from ..engine.files import require_place
from ..engine.manifest import Manifest, read_manifest
from ..engine.store import run_in
from ..outputs import OUTPUTS
from ..sentences import error_in_words
from ..styles import write_style

AUTOMATIC = "automatic"
"""What is found out, as a name among the choices."""

_GROUPS = {
    "segment": QT_TRANSLATE_NOOP("Exitwise", "Segment"),
    "runs": QT_TRANSLATE_NOOP("Exitwise", "Kept runs"),
    "models": QT_TRANSLATE_NOOP("Exitwise", "Models"),
}


class ExitwiseAlgorithm(QgsProcessingAlgorithm):
    """Subclasses give `ID`, `GROUP`, `TAGS`, `displayName`, `shortHelpString`, the parameters, and `work`."""

    ID = ""  # stable, never translated: models and scripts refer to it
    GROUP = ""  # a key of the groups
    TAGS: tuple[str, ...] = ()

    def __init__(self):
        super().__init__()
        self._styled: list[tuple[str, str, Any]] = []

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

    def helpUrl(self) -> str:
        """What the button Help opens."""
        return paths.help_page(self.ID)

    def icon(self) -> QIcon:
        """As the toolbox shows it."""
        return QIcon(paths.icon())

    def checkParameterValues(self, parameters: dict, context: Any) -> tuple[bool, str]:
        """Called by QGIS before anything runs, on the main thread."""
        reason = self.refuse_names(parameters, context)
        if reason:
            return False, reason
        accepted, reason = super().checkParameterValues(parameters, context)
        if not accepted:
            return accepted, reason
        try:
            self.refuse(parameters, context)
        except QgsProcessingException as error:
            return False, str(error)
        except EngineError as error:
            return False, error_in_words(error)
        return True, ""

    def refuse(self, parameters: dict, context: Any) -> None:
        """Refuse what cannot work before anything runs; on the main thread.

        `work` has to notice it too: of a step in a model nothing is checked before. But what QGIS hears there
        it prints three times (log, feedback, end), and here once.

        Raises:
            EngineError, QgsProcessingException: why, in words.
        """

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

    def postProcessAlgorithm(self, context: Any, feedback: Any) -> dict:
        """Put styles beside the files; on the main thread, since it needs layers."""
        for path, kind, model in self._styled:
            write_style(Path(path), kind, model)
            if context.willLoadLayerOnCompletion(path):
                context.layerToLoadOnCompletionDetails(path).setPostProcessor(_style_loader())
        return {}

    def style(self, path: str, kind: str, model: Any) -> None:
        """Let a file that was written be drawn as `write_style` does it."""
        self._styled.append((path, kind, model))

    def refuse_names(self, parameters: dict, context: Any) -> str:
        """A sentence where a choice is not given by its name; QGIS lets numbers pass."""
        for definition in self.parameterDefinitions():
            if definition.type() != QgsProcessingParameterEnum.typeName():
                continue
            name, options = definition.name(), definition.options()
            given = self.parameterAsString(parameters, name, context)
            if given not in options and (given or not _is_optional(definition)):
                sentence = self._tr("Incorrect parameter value for {}: {}. Give a name, one of: {}.")
                return sentence.format(name, given or self._tr("nothing"), ", ".join(options))
        return ""

    def run_folder(self, parameters: dict, context: Any) -> Path:
        """The run that the parameter RUN_FOLDER means.

        Raises:
            NotARun: there is none, or there are several.
        """
        return run_in(Path(self.parameterAsFile(parameters, "RUN_FOLDER", context)))

    def refuse_run(self, parameters: dict, context: Any) -> None:
        """Refuse a run folder that is none, and a threshold that its model cannot have.

        Raises:
            EngineError, QgsProcessingException: why, in words.
        """
        self.threshold(parameters, context, read_manifest(self.run_folder(parameters, context)))

    def model_named(self, name: str) -> Manifest:
        """A model by its name.

        Raises:
            QgsProcessingException: there is none, or it cannot be used.
        """
        manifests, problems = read_manifests()
        found = next((one for one in manifests if one.name == name), None)
        if found is None:
            reason = " ".join(problems) or self._tr("There is no model named {}.").format(name)
            raise QgsProcessingException(reason)
        return found

    def band_numbers(self, parameters: dict, context: Any) -> Optional[tuple[int, ...]]:
        """The parameter BANDS, None where none are given.

        Raises:
            QgsProcessingException: these are no numbers.
        """
        text = self.parameterAsString(parameters, "BANDS", context)
        try:
            return tuple(int(part) for part in text.split(",")) if text else None
        except ValueError:
            sentence = self._tr("Bands must be numbers with commas between them, like 3,2,1; not {}.")
            raise QgsProcessingException(sentence.format(text)) from None

    def threshold(
        self, parameters: dict, context: Any, manifest: Manifest, usual: Optional[float] = None
    ) -> float:
        """The parameter THRESHOLD, nats; where none is given the usual one, else the model's own.

        Raises:
            QgsProcessingException: it is above the largest, or below 0.
        """
        if parameters.get("THRESHOLD") is None:
            return manifest.threshold if usual is None else usual
        threshold = self.parameterAsDouble(parameters, "THRESHOLD", context)
        most = largest_threshold(manifest)
        if not 0 <= threshold <= most:
            sentence = self._tr(
                "A threshold of {} nats is not possible with the model {}. Give one from 0 (every block is "
                "computed to full depth) to {}, its largest entropy (every block leaves at the first exit)."
            )
            raise QgsProcessingException(
                sentence.format(figure(threshold, 6), manifest.name, figure(most, 6))
            )
        return threshold

    def _tr(self, text: str) -> str:
        """In the user's language; a text belongs to the class that it stands in, which may be a base."""
        for context in (*(kind.__name__ for kind in type(self).__mro__), "Exitwise"):
            translated = QCoreApplication.translate(context, text)
            if translated != text:
                return translated
        return text

    def place_of(self, path: str, kind: str) -> Optional[Path]:
        """As `place_for`, for a file that holds one of `OUTPUTS`."""
        return self.place_for(path, OUTPUTS[kind].endings, OUTPUTS[kind].format)

    def place_for(self, path: str, endings: tuple[str, ...], what: str) -> Optional[Path]:
        """Where a file is to go, None if nowhere.

        Raises:
            QgsProcessingException: it would be a file of another kind than its name says, or has no folder.
            NotExported: no file can be made there.
        """
        if not path:
            return None
        if not path.lower().endswith(endings):
            sentence = self._tr("{} would be a {} under another name. Choose a name that ends in {}.")
            raise QgsProcessingException(sentence.format(path, what, endings[0]))
        if not Path(path).parent.is_dir():
            sentence = self._tr("{} cannot be written: there is no folder {}. Make it or choose another.")
            raise QgsProcessingException(sentence.format(path, Path(path).parent))
        require_place(Path(path))
        return Path(path)


def choice_of_names(
    name: str, description: str, options: Sequence[str], words: str, default: str = AUTOMATIC
) -> QgsProcessingParameterEnum:
    """A choice that scripts make by name; `words` say so, with a place for the names.

    A number could mean another model as soon as one is imported.
    """
    parameter = QgsProcessingParameterEnum(
        name, description, list(options), defaultValue=default, usesStaticStrings=True
    )
    parameter.setHelp(words.format(", ".join(options)))
    return parameter


def _is_optional(definition: QgsProcessingParameterDefinition) -> bool:
    return bool(definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)


class _StyleLoader(QgsProcessingLayerPostProcessorInterface):
    """Draws a loaded result in the style beside its file; the toolbox would take its own default."""

    def postProcessLayer(self, layer: Any, context: Any, feedback: Any) -> None:
        """Called by Processing, on the main thread."""
        layer.loadDefaultStyle()


_loaders: list[_StyleLoader] = []


def _style_loader() -> _StyleLoader:
    """One for each layer: a context deletes what it was given, but does not keep Python's part of it."""
    _loaders[:] = [one for one in _loaders if not sip.isdeleted(one)]
    _loaders.append(_StyleLoader())
    return _loaders[-1]
