"""Takes somebody's model into the folder of imported ones: looked at, described, tried, then copied whole.

A *package* is a folder or a zip with a manifest of ours, or a plain ONNX file (also alone in a folder or a
zip). A package with a manifest needs nothing more. Of a plain one, what the file does not tell has to be
given in a `Description`; a manifest is written from it. Nothing is accepted that has not run on a tile.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Collection, Mapping, Optional
from uuid import uuid4

import numpy as np

from .describe_model import Description, manifest_of
from .errors import ModelError, NameTaken, NotImportable, NotWritable
from .gate import Gate
from .manifest import FILE_NAME, Manifest, read_manifest
from .onnx_file import OnnxFile, examine
from .runtime import StagedModel

LARGEST_FILE = 2**31  # bytes: no ONNX file can be larger
_EXTRAS = ("MODEL_CARD.md", "LICENSE", "LICENSE.txt", "metrics.json")
_STAGE = "stage_1.onnx"


@dataclass(frozen=True)
class Package:
    """What is to be imported: `files` by the name that they get, and `manifest` or, if plain, `onnx`."""

    path: Path
    files: Mapping[str, bytes]
    manifest: Optional[Manifest] = None
    onnx: Optional[OnnxFile] = None


def open_package(path: Path) -> Package:
    """Look at what lies at `path`: a folder, a zip, an ONNX file, or the manifest itself. Tries it on tiles.

    Raises:
        RuntimeMissing: onnxruntime cannot be imported.
        ModelTooNew: it is written for a newer onnxruntime.
        ManifestInvalid, ModelMissing, ModelDamaged: it has a manifest that is wrong, or that its files do
            not keep to.
        NotImportable: it is no model, or none that can be run here; says why.
    """
    path = Path(path)
    with _opened(path) as source:
        if FILE_NAME in source.names():
            files = _files_of_manifest(source)
            return Package(path, files, manifest=_tried(path, files))
        content = _only_onnx(source)
    return Package(path, {_STAGE: content}, onnx=examine(path, content))


def import_model(
    package: Package,
    root: Path,
    description: Optional[Description] = None,
    taken: Collection[str] = (),
    replace: bool = False,
) -> Manifest:
    """Copy a model into a folder of its own below `root`, whole or not at all.

    Args:
        description: what a plain one does not say of itself; not looked at where there is a manifest.
        taken: names that cannot be had, since others ship with them.
        replace: whether a model that was imported under that name before may go.
    Raises:
        ModelIncomplete: the description lacks something; says what.
        NameTaken: there is a model of that name.
        NotWritable: no permission, disk full; nothing is left.
        ModelError: it was tried again where it lies now, and does not run.
    """
    files = dict(package.files)
    if package.onnx is not None:
        content = manifest_of(package.path, package.onnx, description, files[_STAGE], _STAGE)
        files[FILE_NAME] = json.dumps(content, indent=1).encode()
        name = description.name
    else:
        name = package.manifest.name
    target = Path(root) / name
    if name in taken or (target.exists() and not replace):
        raise NameTaken(name=name)
    part = Path(root) / f".{name}.{uuid4().hex[:8]}.part"
    try:
        part.mkdir(parents=True)
        _write(files, part)
        try_out(read_manifest(part))
        _put(part, target)
    except OSError as error:
        raise NotWritable(path=target, reason=error.strerror or str(error)) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return read_manifest(target)


def imported_folders(root: Path) -> list[Path]:
    """Folders of the imported models, by name."""
    found = (path.parent for path in Path(root).glob(f"*/{FILE_NAME}"))
    return sorted(folder for folder in found if not folder.name.startswith("."))


def remove_model(folder: Path) -> None:
    """Delete an imported model; runs that were made with it stay readable.

    Raises:
        NotWritable: it cannot be deleted; it is still there.
    """
    gone = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}.part")
    try:
        os.replace(folder, gone)  # at once: a folder of which half is deleted would be listed as damaged
    except OSError as error:
        raise NotWritable(path=folder, reason=error.strerror or str(error)) from None
    shutil.rmtree(gone, ignore_errors=True)


def try_out(manifest: Manifest) -> None:
    """Run every stage of a model on a tile of random numbers, and open its gate.

    Raises:
        RuntimeMissing, ModelTooNew, ModelDamaged, StageFailed: it does not run.
        NotImportable: its answers do not have the shape of its classes, or are no numbers.
    """
    if manifest.gate is not None:
        Gate(manifest)
    side = manifest.tile.size + 2 * manifest.halo
    tile = StagedModel(manifest).noise(side)
    everything = slice(0, side)
    allowed = (len(manifest.classes), 1) if len(manifest.classes) == 2 else (len(manifest.classes),)
    for number, stage in enumerate(manifest.stages):
        found = tile.logits(number, everything, everything)
        path = manifest.folder / stage.file
        if found.shape[0] not in allowed or found.shape[1:] != (side, side):
            reason = (
                f"for {len(manifest.classes)} classes and a tile of {side} x {side} pixels it gives numbers "
                f"of the shape {found.shape}"
            )
            raise NotImportable(path=path, reason=reason)
        if not np.isfinite(found).all():
            raise NotImportable(path=path, reason="its answer to random numbers is no number everywhere")


def _tried(path: Path, files: Mapping[str, bytes]) -> Manifest:
    """The manifest of a package whose model runs."""
    with tempfile.TemporaryDirectory(prefix="exitwise_") as folder:
        try:
            _write(files, Path(folder))
            manifest = read_manifest(Path(folder))
            try_out(manifest)
            return manifest
        except ModelError as error:
            if "path" not in error.values:
                raise
            where = path.parent if path.name == FILE_NAME else path  # not where it was tried
            raise type(error)(**{**error.values, "path": where / Path(error.values["path"]).name}) from None
        except OSError as error:
            raise NotWritable(path=folder, reason=error.strerror or str(error)) from None


class _Folder:
    """The files of a folder."""

    def __init__(self, path: Path):
        self.path = path

    def __enter__(self) -> _Folder:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def names(self) -> list[str]:
        return sorted(one.name for one in self.path.iterdir() if one.is_file())

    def read(self, name: str) -> bytes:
        if (self.path / name).stat().st_size > LARGEST_FILE:
            raise NotImportable(path=self.path / name, reason="it is larger than any ONNX file can be")
        return (self.path / name).read_bytes()


class _Zip:
    """The files of a zip that lie where its manifest lies, or else its topmost ones."""

    def __init__(self, path: Path):
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise NotImportable(path=path, reason=f"it is no readable zip ({error})") from None
        entries = [
            one
            for one in self._zip.infolist()
            if not one.is_dir() and not one.filename.startswith("__MACOSX/")  # what a Mac adds to every file
        ]
        for one in entries:
            place = PureWindowsPath(one.filename)  # reads both kinds of slash
            if ".." in place.parts or place.drive or place.root:
                self._zip.close()
                raise NotImportable(path=path, reason=f"{one.filename} in it points out of the zip")
        tops = {PurePosixPath(one.filename).parent for one in entries if _has_name(one, FILE_NAME)}
        tops = tops or {PurePosixPath(one.filename).parent for one in entries if _is_onnx(one.filename)}
        if len(tops) > 1:
            self._zip.close()
            raise NotImportable(path=path, reason="it holds several models; give them one by one")
        self._entries = {
            PurePosixPath(one.filename).name: one
            for one in entries
            if PurePosixPath(one.filename).parent in tops
        }

    def __enter__(self) -> _Zip:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        return sorted(self._entries)

    def read(self, name: str) -> bytes:
        entry = self._entries[name]
        if entry.file_size > LARGEST_FILE:
            raise NotImportable(path=self.path, reason=f"{name} is larger than any ONNX file can be")
        try:
            return self._zip.read(entry)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError) as error:
            raise NotImportable(path=self.path, reason=f"{name} in it cannot be read ({error})") from None


class _File(_Folder):
    """One ONNX file by itself."""

    def __init__(self, path: Path):
        super().__init__(path.parent)
        self._name = path.name

    def names(self) -> list[str]:
        return [self._name]


def _opened(path: Path) -> _Folder | _Zip:
    try:
        if not path.exists():
            raise NotImportable(path=path, reason="there is no such file or folder")
        if path.is_dir() or path.name == FILE_NAME:
            folder = path if path.is_dir() else path.parent
            os.listdir(folder)  # whether it may be looked into
            return _Folder(folder)
        if zipfile.is_zipfile(path):
            return _Zip(path)
    except OSError as error:
        raise NotImportable(path=path, reason=error.strerror or str(error)) from None
    if not _is_onnx(path.name):
        reason = "it is neither a folder nor a zip nor a file whose name ends in .onnx"
        raise NotImportable(path=path, reason=reason)
    return _File(path)


def _files_of_manifest(source: _Folder | _Zip) -> dict[str, bytes]:
    """The manifest, the files that it names, and what is worth keeping beside them."""
    names = source.names()
    manifest = _read(source, FILE_NAME)
    try:
        data = json.loads(manifest)
        networks = {one["file"] for one in (*data["stages"], *([data["gate"]] if "gate" in data else []))}
    except (ValueError, KeyError, TypeError):
        networks = set()  # read_manifest says what is wrong with it
    wanted = [name for name in names if name in networks or name in _EXTRAS]
    return {FILE_NAME: manifest, **{name: _read(source, name) for name in wanted}}


def _only_onnx(source: _Folder | _Zip) -> bytes:
    names = [name for name in source.names() if _is_onnx(name)]
    if not names:
        raise NotImportable(path=source.path, reason="it holds neither a manifest.json nor an ONNX file")
    if len(names) > 1:
        reason = f"it holds several ONNX files and no manifest.json that joins them: {', '.join(names)}"
        raise NotImportable(path=source.path, reason=reason)
    return _read(source, names[0])


def _read(source: _Folder | _Zip, name: str) -> bytes:
    try:
        return source.read(name)
    except OSError as error:
        raise NotImportable(path=source.path / name, reason=error.strerror or str(error)) from None


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        with (folder / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # else the rename may outlive a power cut, the bytes not


def _put(part: Path, target: Path) -> None:
    """Let a complete folder take the place of what may be there."""
    old = part.with_suffix(".old")
    if target.exists():
        os.replace(target, old)
    try:
        os.replace(part, target)
    except OSError:
        if old.exists():
            os.replace(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _has_name(entry: zipfile.ZipInfo, name: str) -> bool:
    return PurePosixPath(entry.filename).name == name


def _is_onnx(name: str) -> bool:
    return name.lower().endswith(".onnx")
