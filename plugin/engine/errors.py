"""What can go wrong in the engine, sorted by what the user can do about it.

EngineError
    ModelError              the model folder or its runtime
        RuntimeMissing      onnxruntime cannot be imported
        ModelUnknown        no model has that name
        ModelMissing        a file of the model is not there
        ModelDamaged        a file is not the one the manifest was written for
        ModelTooNew         a file was written for a newer onnxruntime
        NotImportable       a file of somebody else's is no model that can be run here
        ModelIncomplete     it says too little of itself to be run
        NameTaken           another model has that name
        ManifestInvalid     the manifest is unreadable, or written for another version
        GateMissing         the model cannot look from afar first
        StageFailed         a network stopped with an error, or gave no numbers
        AcceleratorFailed   what was to compute instead of the CPU does not work
    SourceError             the chosen raster, or how it is to be read
        SourceUnreadable    cannot be opened or read, or holds values that are no measurements
            SourceDamaged   a part of it is missing, or not what was written
        ConnectionLost      it lies behind a network that is down
        NoCrs               nothing says in which coordinate system it lies
        NoGeoreference      nothing says where in it
        NotNorthUp          rotated or south-up
        WrongBandCount      bands missing for this model
        GsdOutOfRange       pixels too coarse for this model
        TooLarge            more than can be computed
        ValuesUnknown       what a stored number means has to be chosen
        ValuesUnlikely      the chosen meaning does not fit the numbers
        NoBytePicture       nor does that of an 8-bit picture
        BandsDiffer         the files of a scene do not show the same ground
        SceneUnreadable     a folder or metadata file is no scene that can be opened as one stack
        NothingToRead       the extent misses the raster, or holds nodata only
        NotAMask            it holds no classes that were exported from here
        CloudMaskUnfit      what is to say where clouds are cannot
        WrongTileSize       the network cannot take tiles of that size
        NoScenes            a folder, list or catalogue that names no raster
    StoreError              the run folder or an exported file
        NotWritable         no permission, disk full, drive gone
            NotExported     the same of a file that is made of a run, which is none the worse for it
                NoRoom      the disk is full
        RunDamaged          the folder holds a run that cannot be read
        RunBusy             somebody else is writing there at this moment
        StoreMismatch       a run that is to go on, of a raster or model that has changed since
        CollectionMismatch  a folder of results that another model made
        NotARun             no run, or several, where one was named
            NoRunFolder     nor is there such a folder
        NotDeletable        a run folder that is to go, but cannot
        RecipeInvalid       a file that does not say how to repeat a run
        OutsideRun          the part that is to be exported lies elsewhere
    PackageMissing          a package that this needs, and Exitwise does not, cannot be imported
    SchedulerLost           the Dask cluster cannot be reached, went away, or has no workers
    ExportCancelled         the user stopped an export; what was written so far is removed

Every message says what happened, to what, and what to do. The values stay on the error as `values`, so
that the dock can word it in the user's language. This file knows no raster, no model and no GUI.
"""

from __future__ import annotations

from typing import Any


class EngineError(Exception):
    """Root of all errors that the engine raises on purpose; `str(error)` is a sentence for the user.

    Keyword arguments fill the placeholders of the class's `message` and are kept as `values`.
    """

    message = "{reason}"

    def __init__(self, **values: Any):
        self.values = values
        super().__init__(self.message.format(**values))


class ModelError(EngineError):
    """The model folder or its runtime cannot be used."""


class RuntimeMissing(ModelError):
    """Values: reason (why the import failed)."""

    message = (
        "onnxruntime, which runs the networks, cannot be imported ({reason}). "
        "Install it in QGIS under Settings > Options > Exitwise; outside of QGIS with "
        "`pip install onnxruntime`."
    )


class ModelUnknown(ModelError):
    """Values: name, known (the names that there are, joined by commas)."""

    message = (
        "There is no model named {name}, and no such folder. Give one of {known}, or a folder with a "
        "manifest.json."
    )


class ModelMissing(ModelError):
    """Values: path."""

    message = "The model file {path} is missing. Install Exitwise again, or choose another model."


class ModelDamaged(ModelError):
    """Values: path, reason."""

    message = (
        "The model file {path} is damaged: {reason}. Nothing was run. "
        "Install Exitwise again, or choose another model."
    )


class ModelTooNew(ModelError):
    """Values: path, runtime (its version), kind ("opset" or "IR version"), found, most (numbers)."""

    message = (
        "{path} is too new for the installed onnxruntime: it is written in {kind} {found}, and onnxruntime "
        "{runtime} reads up to {most}. Install a newer one, or export the model with {kind} {most}."
    )


class NotImportable(ModelError):
    """Values: path, reason."""

    message = "{path} cannot be imported: {reason}."


class ModelIncomplete(ModelError):
    """Values: path, missing (what is, joined by commas)."""

    message = "{path} does not say all that is needed to run it. Still to be given: {missing}."


class NameTaken(ModelError):
    """Values: name."""

    message = "There is a model named {name} already. Give another name, or ask for it to be replaced."


class ManifestInvalid(ModelError):
    """Values: path, reason."""

    message = "{path} does not describe a model that this version can run: {reason}."


class GateMissing(ModelError):
    """Values: name."""

    message = (
        "The model {name} has no gate, so it cannot skip empty areas by a coarse look. "
        "Switch that off, or choose another model."
    )


class StageFailed(ModelError):
    """Values: path, reason."""

    message = (
        "The network {path} stopped: {reason}. What was recorded before is kept. "
        "Choose smaller tiles if memory ran out, or another model."
    )


class AcceleratorFailed(ModelError):
    """Values: name (of the provider), reason."""

    message = (
        "{name} does not work here, so the CPU computes: {reason}. "
        "Update its driver and onnxruntime, or choose the CPU to see this no more."
    )


class SourceError(EngineError):
    """The chosen raster cannot be segmented as asked."""


class SourceUnreadable(SourceError):
    """Values: name, reason."""

    message = "{name} cannot be read: {reason}. Check that the file still exists and opens in QGIS."


class SourceDamaged(SourceUnreadable):
    """Values: name, reason (GDAL's, in brief)."""

    message = (
        "{name} cannot be read: a part of it is damaged or missing. Copy or download it again, or choose "
        "another raster. ({reason})"
    )


class ConnectionLost(SourceError):
    """Values: name, reason."""

    message = (
        "{name} cannot be reached over the network: {reason}. What was recorded before is kept: "
        "run again once it can be reached, and the run goes on from there."
    )


class NoCrs(SourceError):
    """Values: name."""

    message = (
        "{name} has no coordinate reference system, so the size of its pixels on the ground is unknown. "
        "Assign one (in QGIS with Layer > Set CRS of Layer(s), elsewhere with gdal_edit.py -a_srs), then run "
        "again."
    )


class NoGeoreference(SourceError):
    """Values: name."""

    message = (
        "{name} does not say where its pixels lie on the ground. "
        "Put its world file beside it, or place it with QGIS (Layer > Georeferencer), then run again."
    )


class NotNorthUp(SourceError):
    """Values: name, kind ("rotated" or "stored south-up")."""

    message = (
        "{name} is {kind}; a mask in its place would be wrong. "
        "Make a north-up copy (in QGIS with Raster > Projections > Warp, elsewhere with gdalwarp), then "
        "run on the copy."
    )


class WrongBandCount(SourceError):
    """Values: name, found, needed (names, joined by commas)."""

    message = (
        "{name} has {found} band(s); the model still needs: {needed}. "
        "Say which bands they are (Bands, in Python bands=), or choose a model with fewer bands."
    )


class GsdOutOfRange(SourceError):
    """Values: name, gsd, coarsest (metres, in words)."""

    message = (
        "The pixels of {name} measure {gsd} m on the ground; this model needs {coarsest} m or finer. "
        "Choose a sharper raster or another model."
    )


class TooLarge(SourceError):
    """Values: name, reason."""

    message = (
        "{name} is too large: {reason}. "
        "Choose a smaller extent, or make a coarser copy with Raster > Projections > Warp."
    )


class ValuesUnknown(SourceError):
    """Values: name, known (keys of the meanings that the model takes, joined by commas)."""

    message = (
        "It is not known what the numbers of {name} mean. Choose it under Values; in toolbox and Python "
        "VALUES and values= take one of {known} for this model."
    )


class ValuesUnlikely(SourceError):
    """Values: name, low, high (in words), choice."""

    message = (
        'Read as "{choice}", {name} would hold reflectances from {low} to {high}, '
        "where 0 to 1 is natural. Choose another entry of Values (in Python values=)."
    )


class NoBytePicture(SourceError):
    """Values: name, low, high (in words), data_type (GDAL's), choice (what would fit), key (of that)."""

    message = (
        "{name} is no 8-bit picture: it holds numbers from {low} to {high} ({data_type}), where 0 to 255 is "
        'natural. Choose "{choice}" under Values; in toolbox and Python that is {key}.'
    )


class BandsDiffer(SourceError):
    """Values: name, reason."""

    message = (
        "The bands of {name} do not fit together: {reason}. Bring them to one coordinate system and extent "
        "with Raster > Projections > Warp, or take the file that does not belong out of the folder."
    )


class SceneUnreadable(SourceError):
    """Values: name, reason."""

    message = (
        "{name} cannot be opened as a scene: {reason}. Choose a .SAFE folder or MTD_MSIL*.xml of Sentinel-2, "
        "an MTL.txt of Landsat, or a folder with one file per band."
    )


class NothingToRead(SourceError):
    """Values: name, reason."""

    message = "There is nothing to segment in {name}: {reason}. Choose another extent or layer."


class NotAMask(SourceError):
    """Values: name."""

    message = (
        "{name} is no mask that Exitwise exported: nothing in it names its classes. "
        "Choose a mask as Exitwise writes it, or a run folder."
    )


class CloudMaskUnfit(SourceError):
    """Values: name, reason."""

    message = (
        "{name} cannot say which tiles are cloudy: {reason}. Choose another cloud mask, or compute all tiles."
    )


class WrongTileSize(SourceError):
    """Values: tile, step, largest (pixels)."""

    message = "Tiles of {tile} pixels cannot be used: choose a multiple of {step} up to {largest}."


class NoScenes(SourceError):
    """Values: name, reason."""

    message = "There are no scenes to segment in {name}: {reason}."


class StoreError(EngineError):
    """The run folder or an exported file cannot be used."""


class NotWritable(StoreError):
    """Values: path, reason."""

    message = (
        "{path} cannot be written: {reason}. What was recorded before is kept; "
        "free some space or choose another folder, then run again."
    )


class NotExported(NotWritable):
    """Values: path, reason."""

    message = "{path} cannot be written: {reason}. Choose another folder or name, then try again."


class NoRoom(NotExported):
    """Values: path."""

    message = (
        "{path} cannot be written: the disk has no room for it. Free some space or choose a folder on "
        "another disk, then try again."
    )


class RunDamaged(StoreError):
    """Values: path (the run folder), reason."""

    message = (
        "The run in {path} cannot be read: {reason}. Segment the raster again, with another folder for "
        "results, or after this one is deleted."
    )


class RunBusy(StoreError):
    """Values: path (the run folder)."""

    message = (
        "Another run is writing into {path} right now. Wait until it has ended, or cancel it, then try again."
    )


class StoreMismatch(StoreError):
    """Values: path (the run folder), reason."""

    message = "The run in {path} cannot go on: {reason}. Segment the raster again, and choose that run."


class CollectionMismatch(StoreError):
    """Values: path, held, asked (models, by name and version)."""

    message = (
        "{path} holds the results of a collection that was made with the model {held}; this one is to be "
        "made with {asked}. Nothing was changed. Choose another folder for the results."
    )


class NotARun(StoreError):
    """Values: path, count."""

    message = (
        "{path} is no run folder, and of the folders in it {count} are. Choose one that holds a run.json."
    )


class NoRunFolder(NotARun):
    """Values: path."""

    message = "There is no folder {path}. Choose a run folder: one that holds a run.json."


class NotDeletable(StoreError):
    """Values: path, reason."""

    message = "{path} was not deleted, or not all of it: {reason}."


class RecipeInvalid(StoreError):
    """Values: path, reason."""

    message = "{path} is no recipe that can be repeated here: {reason}. Choose another file, or run by hand."


class OutsideRun(StoreError):
    """Values: name (of the run)."""

    message = (
        "The extent lies outside of the results of {name}, so there is nothing to export. "
        "Move the map or choose another extent."
    )


class PackageMissing(EngineError):
    """Values: what (needs it), package, reason (why the import failed)."""

    message = (
        "{what} needs the Python package {package}, which cannot be imported ({reason}). "
        "Install it with `pip install {package}` into the Python that runs this, then start again."
    )


class SchedulerLost(EngineError):
    """Values: address, reason."""

    message = (
        "The Dask scheduler {address} cannot be used: {reason}. What was done before is kept: "
        "start again, and the collection goes on from there."
    )


class ExportCancelled(EngineError):
    """Values: what (the thing that was being made)."""

    message = "{what} was cancelled; nothing half-written is left."
