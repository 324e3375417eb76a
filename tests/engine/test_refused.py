"""What cannot be run is refused with a sentence that says what to do, and leaves nothing behind."""

from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest
from osgeo import gdal

from plugin.engine import errors, segment
from tests.engine import scenes, tiny_onnx

ZEROS = np.zeros((3, 40, 50), np.uint8)
FULL = np.full((3, 40, 50), 90, np.uint8)
ASIDE = "POLYGON((0 0,10 0,10 10,0 10,0 0))"
TOWARDS_EAST = (600_000.0, 4_999_000.0, 600_100.0, 4_999_100.0)


class Place:
    """Where a case makes its raster and its model."""

    def __init__(self, folder, model):
        self.folder, self.model = folder, model

    def job(self, pixels=FULL, model=None, changes=None, **options):
        raster = scenes.write_raster(self.folder / "refused.tif", pixels, **options)
        return scenes.job_for(model or self.model, raster, self.folder / "out", **(changes or {}))

    def reflectance_job(self, number, **changes):
        model = tiny_onnx.write_model(self.folder / "model", kind="reflectance")
        return self.job(np.full((3, 40, 50), number, np.uint16), model, changes)

    def model_job(self, spoil):
        model = shutil.copytree(self.model, self.folder / "model")
        job = self.job(model=model)
        spoil(model)
        return job


def _palette(dataset):
    table = gdal.ColorTable()
    table.SetColorEntry(0, (1, 2, 3))
    dataset.GetRasterBand(1).SetColorTable(table)


def _truncated(place):
    job = place.job(np.random.default_rng(0).integers(0, 255, (3, 400, 400), np.uint8))
    path = place.folder / "refused.tif"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return job


def _no_raster(place):
    job = place.job()
    (place.folder / "refused.tif").write_text("this is no raster")
    return job


def _flip_a_byte(model):
    content = bytearray((model / "stage_2.onnx").read_bytes())
    content[50] ^= 1
    (model / "stage_2.onnx").write_bytes(content)


def _a_file_for_a_folder(place):
    (place.folder / "file").write_text("")
    return replace(place.job(), output_folder=place.folder / "file")


CASES = [
    ("no CRS", lambda p: p.job(epsg=0), errors.NoCrs, "Set CRS"),
    ("no georeference", lambda p: p.job(geotransform=()), errors.NoGeoreference, "world file"),
    ("rotated", lambda p: p.job(geotransform=(5e5, 1, 0.2, 5e6, 0, -1)), errors.NotNorthUp, "rotated"),
    ("south-up", lambda p: p.job(geotransform=(5e5, 1, 0, 5e6, 0, 1)), errors.NotNorthUp, "south-up"),
    ("too few bands", lambda p: p.job(FULL[:1]),
     errors.WrongBandCount, "1 band(s); the model still needs: green"),
    ("a band below 0", lambda p: p.job(changes={"bands": (1, 2, -1)}), errors.WrongBandCount, "blue"),
    ("no band chosen", lambda p: p.job(changes={"bands": (0, 0, 0)}),
     errors.WrongBandCount, "red, green, blue"),
    ("bands of another model", lambda p: p.job(changes={"bands": (1,)}),
     errors.WrongBandCount, "red, green, blue"),
    ("too coarse", lambda p: p.job(pixel=5.0), errors.GsdOutOfRange, "needs 2 m or finer"),
    ("a kilometre to a pixel", lambda p: p.job(pixel=1110.0), errors.GsdOutOfRange, "measure 1,110 m"),
    ("complex numbers", lambda p: p.job(FULL.astype(np.complex64)), errors.SourceUnreadable, "complex"),
    ("palette", lambda p: p.job(finish=_palette, pixels=FULL[:1], changes={"bands": (1, 1, 1)}),
     errors.SourceUnreadable, "palette"),
    ("all nodata", lambda p: p.job(ZEROS, nodata=0), errors.NothingToRead, "nodata"),
    ("all NaN", lambda p: p.job(np.full((3, 40, 50), np.nan, np.float32), changes={"values": "unit"}),
     errors.NothingToRead, "nodata"),
    ("truncated file", _truncated, errors.SourceDamaged, "refused.tif"),
    ("not a raster", _no_raster, errors.SourceUnreadable, "no raster that GDAL knows"),
    ("no such raster", lambda p: replace(p.job(), path=str(p.folder / "gone.tif"), name="gone"),
     errors.SourceUnreadable, "gone"),
    ("values unknown", lambda p: p.job(changes={"values": "guess"}), errors.ValuesUnknown, "under Values"),
    ("values of another kind", lambda p: p.reflectance_job(2000, values="byte"),
     errors.ValuesUnknown, "Values"),
    ("values far too bright", lambda p: p.reflectance_job(2000, values="unit"),
     errors.ValuesUnlikely, "from 2,000 to 2,000"),
    ("values far too dark", lambda p: p.reflectance_job(20, values="sentinel2"),
     errors.ValuesUnlikely, "0.002"),
    ("values that an offset takes below 0", lambda p: p.reflectance_job(20, values="sentinel2_offset"),
     errors.ValuesUnlikely, "-0.098"),
    ("Landsat Level-1 that is none", lambda p: p.reflectance_job(20, values="landsat_l1"),
     errors.ValuesUnlikely, "-0.0996"),
    ("Landsat Level-2 that is none", lambda p: p.reflectance_job(20, values="landsat_l2"),
     errors.ValuesUnlikely, "-0.199"),
    ("12 bits as an 8-bit picture", lambda p: p.job(FULL.astype(np.uint16) * 16),
     errors.NoBytePicture, "Stretch from 2 %"),
    ("0 to 1 as an 8-bit picture", lambda p: p.job((FULL / 255).astype(np.float32)),
     errors.NoBytePicture, "Picture from 0 to 1"),
    ("all of one value", lambda p: p.job(changes={"values": "stretch"}),
     errors.NothingToRead, "the same value"),
    ("extent outside", lambda p: p.job(changes={"extent": TOWARDS_EAST}), errors.NothingToRead, "outside"),
    ("extent of no numbers", lambda p: p.job(changes={"extent": (float("nan"),) * 4}),
     errors.NothingToRead, "no place"),
    ("extent without end", lambda p: p.job(changes={"extent": (5e5, 5e6, float("inf"), 6e6)}),
     errors.NothingToRead, "no place"),
    ("extent of no size", lambda p: p.job(changes={"extent": (5e5, 5e6, 5e5, 5e6)}),
     errors.NothingToRead, "outside"),
    ("extent on nodata", lambda p: p.job(np.concatenate([ZEROS, FULL], 2), nodata=0,
                                         changes={"extent": (5e5, 4_999_960.0, 500_050.0, 5e6)}),
     errors.NothingToRead, "nodata"),
    ("polygon outside", lambda p: p.job(changes={"area_wkt": ASIDE}), errors.NothingToRead, "outside"),
    ("empty polygon", lambda p: p.job(changes={"area_wkt": "POLYGON EMPTY"}),
     errors.NothingToRead, "polygons"),
    ("unreadable polygon", lambda p: p.job(changes={"area_wkt": "POLYGON((0"}),
     errors.NothingToRead, "polygons"),
    ("no manifest", lambda p: p.model_job(lambda m: (m / "manifest.json").unlink()),
     errors.ModelMissing, "manifest"),
    ("missing stage", lambda p: p.model_job(lambda m: (m / "stage_2.onnx").unlink()),
     errors.ModelMissing, "stage_2"),
    ("damaged stage", lambda p: p.model_job(_flip_a_byte), errors.ModelDamaged, "stage_2.onnx is damaged"),
    ("tiles of 24 pixels", lambda p: p.job(changes={"tile": 24}),
     errors.WrongTileSize, "Tiles of 24 pixels cannot be used: choose a multiple of 16"),
    ("tiles of -16 pixels", lambda p: p.job(changes={"tile": -16}), errors.WrongTileSize, "Tiles of -16"),
    ("tiles of 1040 pixels", lambda p: p.job(changes={"tile": 1040}), errors.WrongTileSize, "up to 1024"),
    ("a file in place of the folder", _a_file_for_a_folder, errors.NotWritable, "cannot be written"),
]  # fmt: skip


@pytest.mark.parametrize("order, error, words", [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_a_refused_run_says_why_and_leaves_nothing(
    tmp_path, tiny_model, order, error, words, gdal_exceptions
):
    job = order(Place(tmp_path, tiny_model))
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(error) as caught:
        scenes.finish(job)
    assert type(caught.value) is error
    assert words in str(caught.value)
    left = [one for one in sorted(tmp_path.rglob("*")) if one not in before and one != job.output_folder]
    assert left == []


SIX = ("blue", "green", "red", "nir", "swir1", "swir2")


def _scene(kind, number, names=SIX):
    pixels = np.full((len(names), 40, 50), number, kind)
    pixels[:, ::2] = pixels[:, ::2] * 2  # no scene is of one value
    return {"pixels": pixels, "names": names, "pixel": 30.0}


CLOUDS = [
    ("reflectance beyond 2", _scene(np.float32, 40), {"values": "unit"}, "40 to 80", "entry of Values"),
    ("reflectance below 0", _scene(np.float32, -4), {"values": "unit"}, "-8 to -4", "entry of Values"),
    ("percent instead of shares", _scene(np.float32, 30), {}, "30 to 60", "entry of Values"),
    ("all zero", _scene(np.uint16, 0), {"values": "sentinel2"}, "every pixel is 0", "Choose another"),
    ("no band that is known", _scene(np.uint16, 900, ("a", "b")), {"values": "sentinel2"},
     "the model still needs", "(Bands, in Python bands=)"),
    ("a band that is not there", _scene(np.uint16, 900),
     {"values": "sentinel2", "bands": (1, 2, 3, 4, 5, 12)}, "swir2", "(Bands, in Python bands=)"),
    ("digital numbers without metadata", _scene(np.uint16, 900), {},
     "not known what the numbers of refused.tif mean", "values= take one of unit, sentinel2, "),
]  # fmt: skip


@pytest.mark.parametrize(
    "raster, settings, what, choose", [pytest.param(*case[1:], id=case[0]) for case in CLOUDS]
)
def test_a_scene_that_the_clouds_model_cannot_read_says_what_to_choose(
    tmp_path, raster, settings, what, choose
):
    """Bands of different grids are refused before that: tests/engine/test_stack.py."""
    path = scenes.write_raster(tmp_path / "refused.tif", **raster)
    with pytest.raises(errors.SourceError) as caught:
        segment(path, "clouds", tmp_path / "mask.tif", **settings)
    assert what in str(caught.value) and choose in str(caught.value)
    assert list(tmp_path.iterdir()) == [path]


def test_a_refused_run_takes_no_earlier_result_with_it(tiny_model, tmp_path):
    """The same extent once held something, and another raster in the same folder still does."""
    place = Place(tmp_path, tiny_model)
    folder, _, _ = scenes.finish(place.job())
    with pytest.raises(errors.NothingToRead):
        scenes.finish(place.job(changes={"area_wkt": ASIDE}))
    assert [one.name for one in (tmp_path / "out").iterdir()] == [folder.folder.name]
    assert folder.exit_file(1).exists()


def test_every_error_names_its_values_for_translation():
    sample = {
        "name": "a", "path": "b", "reason": "c", "kind": "d", "found": 1, "needed": "e",
        "gsd": 2.0, "coarsest": 1.0,
        "low": 0.0, "high": 9.0, "choice": "f", "what": "g",
        "tile": 100, "step": 16, "largest": 1024, "package": "h", "address": "i", "runtime": "j",
        "most": 2, "missing": "k", "key": "n", "known": "l", "data_type": "m", "count": 0,
            "held": "o", "asked": "p",
    }  # fmt: skip
    for error in vars(errors).values():
        if isinstance(error, type) and issubclass(error, errors.EngineError):
            made = error(**sample)
            assert made.values == sample
            assert "{" not in str(made)
