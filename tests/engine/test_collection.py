"""Many scenes in one call: what comes out, what fails without ending the others, and going on."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import pystac
import pytest
from osgeo import gdal, ogr
from pystac.extensions.projection import ProjectionExtension
from pystac.extensions.raster import RasterExtension

from plugin.engine import scene, segment, segment_collection
from plugin.engine.errors import CollectionMismatch, NoScenes, NotExported, PackageMissing
from plugin.engine.scene_list import find_scenes
from plugin.engine.scene_row import DONE, FAILED, Scene
from tests.engine import scenes, tiny_onnx
from tests.engine.far_server import serving


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Three scenes side by side, one in a folder below, and a file that is no raster."""
    folder = tmp_path_factory.mktemp("scenes")
    for number in range(3):
        place = folder / "below" if number == 2 else folder
        place.mkdir(exist_ok=True)
        pixels = scenes.picture(200, 150, seed=number)
        scenes.write_raster(place / f"s{number}.tif", pixels, origin=(500_000 + 180.0 * number, 5_000_000))
    (folder / "broken.tif").write_bytes(b"no raster")
    (folder / "notes.txt").write_text("s0.tif\n")
    return folder


@pytest.fixture(scope="module")
def collected(folder, tiny_model, tmp_path_factory):
    return segment_collection(folder, tiny_model, tmp_path_factory.mktemp("out"))


def _rows(path: Path) -> dict:
    """Rows of the table by the name of the raster."""
    dataset = ogr.Open(str(path))
    layer = dataset.GetLayerByName("scenes")
    rows = {}
    for one in layer:
        place = one.geometry().GetEnvelope() if one.geometry() is not None else None
        rows[Path(one.GetField("path")).name] = dict(one.items(), place=place)
    return rows


def test_each_scene_is_what_segment_makes_of_it(collected, folder, tiny_model, tmp_path):
    names = [row.name for row in collected.rows]
    assert names == sorted(names) and len(names) == 4
    for raster in ("s0.tif", "s1.tif", "below/s2.tif"):
        alone = segment(folder / raster, tiny_model, tmp_path / "alone.tif")
        [row] = [row for row in collected.rows if row.path == str(folder / raster)]
        place = collected.table.parent / row.name
        assert (place / "mask.tif").read_bytes() == alone.mask.read_bytes()
        assert (place / "entropy.tif").read_bytes() == alone.entropy.read_bytes()
        assert row.share_saved == alone.share_saved


def test_a_scene_that_fails_is_a_row_with_its_reason(collected):
    rows = _rows(collected.table)
    assert {name: row["state"] for name, row in rows.items()} == {
        "broken.tif": FAILED,
        **dict.fromkeys(("s0.tif", "s1.tif", "s2.tif"), DONE),
    }
    assert "broken.tif cannot be read" in rows["broken.tif"]["message"]
    assert collected.failed == 1 and rows["broken.tif"]["mask"] is None
    assert not list(collected.table.parent.glob("broken_*")), "nothing was computed for it"


@pytest.mark.parametrize("kept", ["exit_1.tif", ""])
def test_a_scene_that_fails_keeps_what_was_computed_and_no_empty_folder(folder, tiny_model, tmp_path, kept):
    out, empty = tmp_path / "out", scenes.picture(150, 100) * 0
    scenes.write_raster(tmp_path / "empty.tif", empty, nodata=0)
    place = out / find_scenes(tmp_path / "empty.tif")[0].name
    if kept:
        (place / "run" / "before").mkdir(parents=True)
        (place / "run" / "before" / kept).write_text("of another threshold")
    assert segment_collection(tmp_path / "empty.tif", tiny_model, out).failed == 1
    assert place.exists() == bool(kept)


def test_a_lock_that_was_deleted_meanwhile_keeps_nobody_out(tmp_path):
    path = tmp_path / "scene" / "scene.lock"
    with scene._held(path, lambda share: None):
        shutil.rmtree(path.parent)
        with scene._held(path, lambda share: None):
            assert path.exists()
            asked = []
            with pytest.raises(StopIteration):
                scene._held(path, lambda share: asked.append(share) or next(iter(())))
            assert asked == [0.0]


def test_the_table_tells_shares_exits_and_savings(collected):
    row = _rows(collected.table)["s0.tif"]
    mask = scenes.read_pixels(collected.table.parent / row["mask"])[0]
    assert row["share_class_1"] == pytest.approx((mask == 1).sum() / (mask < 255).sum())
    assert row["exit_1"] + row["exit_2"] == 12
    assert row["share_saved"] == pytest.approx(row["macs_saved"] / (row["macs_saved"] + row["macs_spent"]))
    assert row["seconds"] > 0 and (row["seconds_saved"] is None or row["seconds_saved"] >= 0)
    west, east, _, north = row["place"]
    assert (west, north) == pytest.approx((3.0, 45.153477), abs=1e-5)
    assert east - west == pytest.approx(200 / 78_600, rel=0.01)


def test_the_mosaic_holds_all_masks_in_their_places(collected):
    mosaic = gdal.Open(str(collected.masks[0]))
    assert collected.masks == (collected.table.parent / "mask.vrt",)
    assert (mosaic.RasterXSize, mosaic.RasterYSize) == (560, 150)
    whole = np.frombuffer(mosaic.ReadRaster(), np.uint8).reshape(150, 560)
    last = _rows(collected.table)["s2.tif"]["mask"]
    assert np.array_equal(whole[:, 360:], scenes.read_pixels(collected.table.parent / last)[0])
    content = collected.masks[0].read_text(encoding="utf-8")
    assert 'relativeToVRT="1"' in content, "the folder can be moved"


def test_scenes_in_several_crs_get_a_mosaic_each(tiny_model, tmp_path):
    (tmp_path / "in").mkdir()
    for number, epsg in enumerate((32631, 32632)):
        scenes.write_raster(tmp_path / "in" / f"{number}.tif", scenes.picture(64, 64), epsg=epsg)
    done = segment_collection(tmp_path / "in", tiny_model, tmp_path / "out")
    assert sorted(path.name for path in done.masks) == ["mask_32631.vrt", "mask_32632.vrt"]
    assert all(gdal.Open(str(path)) for path in (*done.masks, *done.entropies))


def test_mosaics_leave_other_files_alone(folder, tiny_model, tmp_path):
    for name in ("mask_lakes.vrt", "mask_32632.vrt"):
        (tmp_path / name).write_text("x")
    segment_collection([folder / "s0.tif"], tiny_model, tmp_path)
    assert (tmp_path / "mask_lakes.vrt").exists() and not (tmp_path / "mask_32632.vrt").exists()


def test_a_mosaic_whose_part_changed_is_computed_again(folder, tiny_model, tmp_path):
    shutil.copy(folder / "s0.tif", tmp_path / "part.tif")
    scene = tmp_path / "scene.vrt"
    gdal.BuildVRT(str(scene), [str(tmp_path / "part.tif")]).FlushCache()
    masks = []
    for name in ("s0.tif", "s1.tif"):
        shutil.copy(folder / name, tmp_path / "part.tif")
        done = segment_collection([scene], tiny_model, tmp_path / "out", values="byte")
        masks.append((tmp_path / "out" / done.rows[0].name / "mask.tif").read_bytes())
    assert masks[0] != masks[1]


def _results(out: Path) -> dict:
    """All but the runs, the locks and the table, which says anew what became of each scene."""
    kept = (path for path in out.rglob("*") if path.is_file() and "run" not in path.parts)
    return {path: path.read_bytes() for path in kept if path.suffix not in (".lock", ".gpkg")}


@pytest.mark.parametrize("workers", [0, 1])
def test_results_of_another_model_are_refused_and_left_as_they_are(folder, tiny_model, tmp_path, workers):
    other = tiny_onnx.write_model(tmp_path / "other", name="other")
    out = tmp_path / "out"
    segment_collection(folder, tiny_model, out)
    table = (out / "scenes.gpkg").read_bytes()
    before = _results(out)
    with pytest.raises(CollectionMismatch, match=r"made with the model tiny .* with other .*another folder"):
        segment_collection(folder, other, out, workers=workers)
    assert _results(out) == before and (out / "scenes.gpkg").read_bytes() == table
    assert segment_collection(folder, tiny_model, out).failed == 1, "the first model goes on"


def test_a_folder_where_nothing_was_done_takes_another_model(folder, tiny_model, tmp_path):
    out = tmp_path / "out"
    assert (
        segment_collection(
            folder / "broken.tif", tiny_onnx.write_model(tmp_path / "other", name="other"), out
        ).failed
        == 1
    )
    assert segment_collection(folder / "s0.tif", tiny_model, out).failed == 0


def test_results_stay_where_settings_fit_no_scene(folder, tiny_model, tmp_path):
    first = segment_collection(folder, tiny_model, tmp_path)
    before = _results(tmp_path)
    assert segment_collection(folder, tiny_model, tmp_path, bands=(7, 8, 9)).failed == 4
    assert _results(tmp_path) == before
    assert segment_collection(folder, tiny_model, tmp_path).rows == first.rows


def test_a_scene_that_is_done_anew_keeps_its_results_meanwhile(folder, tiny_model, tmp_path):
    class Enough(Exception):
        pass

    def stop(share):
        if share > 0.1:
            raise Enough

    segment_collection([folder / "s0.tif"], tiny_model, tmp_path)
    before = _results(tmp_path)
    with pytest.raises(Enough):
        segment_collection([folder / "s0.tif"], tiny_model, tmp_path, threshold=0.0, progress=stop)
    assert _results(tmp_path) == before
    [anew] = segment_collection([folder / "s0.tif"], tiny_model, tmp_path, threshold=0.0).rows
    assert anew.state == DONE and anew.share_saved == 0.0
    assert not list(tmp_path.rglob("new*"))


def test_results_are_stac_items_that_pystac_reads(collected, folder):
    catalog = pystac.Catalog.from_file(str(collected.catalog))
    items = {item.id: item for item in catalog.get_items()}
    assert set(items) == {row.name for row in collected.rows if row.state == DONE}
    [row] = [row for row in collected.rows if row.path == str(folder / "s0.tif")]
    item = items[row.name]
    assert item.get_parent() is catalog
    projection = ProjectionExtension.ext(item)
    assert (projection.code, projection.shape) == ("EPSG:32631", [150, 200])
    assert projection.transform[:6] == [1.0, 0.0, 500_000.0, 0.0, -1.0, 5_000_000.0]
    mask = item.assets["mask"]
    assert gdal.Open(mask.get_absolute_href()).GetProjection()
    [band] = RasterExtension.ext(mask).bands
    assert (band.data_type, band.nodata, band.spatial_resolution) == ("uint8", 255, 1.0)
    assert item.properties["processing:software"].keys() == {"Exitwise"}
    west, south, east, north = item.bbox
    assert west < east and south < north
    # Counter-clockwise, as GeoJSON wants it.
    ring = np.array(item.geometry["coordinates"][0])
    assert (np.cross(ring[:-1], ring[1:])).sum() > 0


def test_another_start_computes_nothing_and_tries_the_failed_again(folder, tiny_model, tmp_path, stage_calls):
    (tmp_path / "in").mkdir()
    shutil.copy(folder / "s0.tif", tmp_path / "in")
    broken = tmp_path / "in" / "broken.tif"
    broken.write_bytes(b"no raster")
    states, shares = [], []
    first = segment_collection(tmp_path / "in", tiny_model, tmp_path / "out", progress=shares.append)
    assert first.failed == 1 and stage_calls and shares[-1] == 1.0 and shares == sorted(shares)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.tif")}
    stage_calls.clear()
    shutil.copy(folder / "s1.tif", broken)
    again = segment_collection(tmp_path / "in", tiny_model, tmp_path / "out", watch=states.append)
    assert again.failed == 0 and [row.state for row in states] == [DONE, DONE]
    assert {path: path.stat().st_mtime_ns for path in before} == before
    stage_calls.clear()
    third = segment_collection(tmp_path / "in", tiny_model, tmp_path / "out")
    assert stage_calls == [] and third.rows == again.rows
    deeper = segment_collection(tmp_path / "in", tiny_model, tmp_path / "out", threshold=0.0)
    assert stage_calls and {row.share_saved for row in deeper.rows} == {0.0}


def test_a_stopped_collection_goes_on_within_the_scene(
    folder, tiny_model, tmp_path, stage_calls, monkeypatch
):
    monkeypatch.setattr("plugin.engine.run._COMMIT_SECONDS", 0.0)

    class Enough(Exception):
        pass

    def stop(share):
        if share > 0.3:
            raise Enough

    with pytest.raises(Enough):
        # One thread, so that nothing is under way when it is stopped.
        segment_collection(folder, tiny_model, tmp_path, threads=1, progress=stop)
    assert stage_calls.count(0) % 12 > 0, "it is in the middle of a scene of twelve tiles"
    assert "pending" in {row["state"] for row in _rows(tmp_path / "scenes.gpkg").values()}
    done = segment_collection(folder, tiny_model, tmp_path)
    assert done.failed == 1 and stage_calls.count(0) == 36, "no tile is computed twice"


@pytest.mark.parametrize("kind", ["folder", "list file", "paths", "one raster"])
def test_scenes_come_from_a_folder_a_list_or_paths(folder, tmp_path, kind):
    listing = tmp_path / "list.txt"
    inside = 'NETCDF:"/data/a.nc":red'
    far = "https://example.org/far.tif?sig=secret"
    listing.write_text(f"# three scenes\n{folder / 's0.tif'}\n\n{far}\n{inside}\n")
    source, expected = {
        "folder": (folder, ["s2.tif", "broken.tif", "s0.tif", "s1.tif"]),
        "list file": (listing, ["s0.tif", "far.tif?sig=secret", 'a.nc":red']),
        "paths": ([folder / "s1.tif", str(folder / "s0.tif"), folder / "s1.tif"], ["s0.tif", "s1.tif"]),
        "one raster": (folder / "s0.tif", ["s0.tif"]),
    }[kind]
    found = find_scenes(source)
    assert sorted(Path(one.path).name for one in found) == sorted(expected)
    assert len({one.name for one in found}) == len(found)
    assert all(one.path.startswith((str(folder), "/vsicurl/", "NETCDF:")) for one in found)
    assert not any("secret" in one.name for one in found)


def test_results_in_the_folder_of_the_scenes_are_no_scenes(folder, tiny_model, tmp_path):
    shutil.copy(folder / "s0.tif", tmp_path)
    for _ in range(2):
        done = segment_collection(tmp_path, tiny_model, tmp_path / "results")
        assert len(done.rows) == 1


def test_scenes_on_a_server_are_read_from_there(folder, tiny_model, tmp_path):
    with serving(folder) as served:
        address = served.url("s0.tif").replace("/vsicurl/", "")
        done = segment_collection([f"{address}?X-Amz-Signature=hidden"], tiny_model, tmp_path / "out")
    assert done.rows[0].state == DONE and done.rows[0].path == f"/vsicurl/{address}"
    texts = [path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert not any(b"hidden" in text for text in texts)
    assert f'"{address}"'.encode() in b"".join(texts), "the item links to where it came from"


@pytest.fixture
def catalogue(folder, tmp_path) -> Path:
    """A static catalogue of two items, and one whose raster has to be named."""
    catalog = pystac.Catalog("c", "of the tests")
    for number in range(3):
        time = datetime(2023, 6, 1 + number, tzinfo=timezone.utc)
        item = pystac.Item(f"item{number}", None, None, time, {})
        place = str(folder / ("below/s2.tif" if number == 2 else f"s{number}.tif"))
        kind = pystac.MediaType.COG
        item.add_asset("visual", pystac.Asset(place, media_type=kind, roles=["data"]))
        item.add_asset("thumbnail", pystac.Asset("t.tif", media_type=kind, roles=["thumbnail"]))
        if number == 2:
            item.add_asset("other", pystac.Asset("o.tif", media_type=kind))
        catalog.add_item(item)
    catalog.normalize_and_save(str(tmp_path / "stac"), pystac.CatalogType.SELF_CONTAINED)
    return tmp_path / "stac" / "catalog.json"


def test_a_static_catalogue_is_read_with_its_times(catalogue, tiny_model, tmp_path):
    done = segment_collection(catalogue, tiny_model, tmp_path / "out")
    messages = [row.message for row in done.rows if row.state == FAILED]
    assert messages == ["It has several rasters, visual, other: say which one as the asset, or which ones."]
    times = [
        json.loads((tmp_path / "out" / row.name / "item.json").read_text())["properties"]
        for row in done.rows
        if row.state == DONE
    ]
    assert [one["datetime"] for one in times] == ["2023-06-01T00:00:00Z", "2023-06-02T00:00:00Z"]
    assert {one["exitwise:time_of"] for one in times} == {"acquisition"}
    assert segment_collection(catalogue, tiny_model, tmp_path / "out", asset="visual").failed == 0


def test_assets_of_a_band_each_are_read_as_one_raster(tiny_model, tmp_path, stage_calls):
    pixels = scenes.picture(120, 90)
    whole = scenes.write_raster(tmp_path / "whole.tif", pixels)
    item = pystac.Item("S2A_x", None, None, datetime(2023, 6, 1, tzinfo=timezone.utc), {})
    for number, key in enumerate(("red", "green", "blue")):
        band = scenes.write_raster(tmp_path / f"{key}.tif", pixels[number : number + 1])
        item.add_asset(key, pystac.Asset(str(band), media_type=pystac.MediaType.GEOTIFF, roles=["data"]))
    item.set_self_href(str(tmp_path / "item.json"))
    item.save_object()
    alone = segment(whole, tiny_model, tmp_path / "alone.tif")
    for threshold in (None, 0.0):
        done = segment_collection(
            tmp_path / "item.json", tiny_model, tmp_path / "out", threshold, asset="blue, green,red"
        )
        assert [row.message for row in done.rows] == [""] and done.rows[0].name.startswith("S2A_x_")
        stage_calls.clear()
        if threshold is None:
            mask = tmp_path / "out" / done.rows[0].name / "mask.tif"
            assert mask.read_bytes() == alone.mask.read_bytes()
    assert len(list((tmp_path / "out").glob("*/run/*"))) == 1, "the second one went on in the first one's run"
    unknown = segment_collection(tmp_path / "item.json", tiny_model, tmp_path / "other", asset="red,nir")
    assert unknown.rows[0].message == "It has no asset nir, but red, green, blue."


def test_pieces_of_one_scene_share_the_raster_of_its_assets(tmp_path):
    """Threads of a Dask worker: whoever is done first leaves it to the others."""
    pixels = scenes.picture(60, 50)
    bands = [
        (key, str(scenes.write_raster(tmp_path / f"{key}.tif", pixels[number : number + 1])))
        for number, key in enumerate(("red", "green", "blue"))
    ]
    one, other = (Scene(parts[0][1], "one", parts=tuple(parts)) for parts in (bands, bands[::-1]))
    with scene._raster(one) as path:
        with scene._raster(one) as same, scene._raster(other) as reversed_:
            assert same == path != reversed_
            assert np.array_equal(scenes.read_pixels(reversed_), pixels[::-1])
        assert np.array_equal(scenes.read_pixels(path), pixels)
    assert gdal.VSIStatL(path) is None and gdal.VSIStatL(reversed_) is None


def test_an_item_collection_is_read(catalogue, tmp_path):
    items = list(pystac.Catalog.from_file(str(catalogue)).get_items())
    for item in items:
        item.make_asset_hrefs_absolute()
    pystac.ItemCollection(items).save_object(str(tmp_path / "found.json"))
    found = find_scenes(tmp_path / "found.json", "visual")
    assert sorted(Path(one.path).name for one in found) == ["s0.tif", "s1.tif", "s2.tif"]
    assert not any(one.problem for one in found)


def test_without_pystac_a_catalogue_is_refused_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pystac", None)
    (tmp_path / "catalog.json").write_text("{}")
    with pytest.raises(PackageMissing, match="pip install pystac"):
        find_scenes(tmp_path / "catalog.json")


@pytest.mark.parametrize("content", ["", "not json", '{"type": "Feature"}'])
def test_what_holds_no_scenes_is_refused(tiny_model, tmp_path, content):
    (tmp_path / "c.json").write_text(content)
    for source in (tmp_path / "c.json", tmp_path / "nowhere", tmp_path / "list.txt", []):
        (tmp_path / "list.txt").write_text("# nothing\n")
        with pytest.raises(NoScenes):
            segment_collection(source, tiny_model, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_takes_no_files_is_refused_before_anything_is_computed(
    folder, tiny_model, tmp_path, stage_calls
):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(NotExported, match="Not a directory"):
        segment_collection(folder, tiny_model, tmp_path / "file" / "out")
    assert stage_calls == []


def test_a_threshold_that_cannot_be_is_refused_before_anything_is_made(folder, tiny_model, tmp_path):
    with pytest.raises(ValueError, match="between 0"):
        segment_collection(folder, tiny_model, tmp_path / "out", threshold=3)
    assert not (tmp_path / "out").exists()
