"""What a run would take, said before it begins: pixels, disk, and time once this machine is known."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication

from .. import paths, settings
from ..engine.device import CPU
from ..engine.figures import figure
from ..engine.job import Extent
from ..engine.manifest import Manifest
from ..engine.outlook import effort
from ..engine.raster_info import RasterInfo
from ..engine.source import place_grid
from ..wording import bytes_in_words, time_in_words


def preflight_in_words(
    info: RasterInfo,
    manifest: Manifest,
    extent: Optional[Extent],
    tile: int,
    folder: str,
    provider: str,
    fetched: int = 0,
) -> str:
    """The sentences.

    Args:
        extent: in the CRS of the raster, None for all of it. tile: side in pixels.
        folder: where results go. provider: key of what computes.
        fetched: bytes of a raster that has to be fetched into that folder first.
    Raises:
        EngineError: the raster or the extent is not for this model; says why.
        ValueError: it may need more room on the disk than the settings allow; says so.
    """

    def tr(text: str) -> str:
        return QCoreApplication.translate("Exitwise", text)

    place = place_grid(info, manifest, extent)
    needed = effort(manifest, place.width, place.height, tile)
    at_most = needed.bytes_at_most + fetched
    megapixels, most = place.width * place.height / 1e6, bytes_in_words(at_most)
    limit = settings.MOST_ON_DISK.get()
    if limit and at_most > limit * 1e9:
        refusal = tr(
            "This may need {} on disk, more than the {} that a run is allowed. Choose a smaller extent, or "
            "allow more under Settings > Options > Exitwise."
        )
        raise ValueError(refusal.format(most, bytes_in_words(limit * 1e9)))
    sentences = [tr("Ready: {} Mpx, at most {} on disk.").format(figure(megapixels), most)]
    speed = settings.macs_per_second(manifest.name).get()
    if speed and provider == CPU:
        times = [time_in_words(macs / speed) for macs in (needed.macs_first_exit, needed.macs_full_depth)]
        sentences.append(tr("About {} at the first exit, {} at full depth.").format(*times))
    free = paths.free_bytes(folder)
    if free is not None and free < at_most:
        sentences.append(tr("Only {} are free there.").format(bytes_in_words(free)))
    return " ".join(sentences)
