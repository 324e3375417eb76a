"""Small rasters, jobs on them, and ways to look at a result: shared by the tests of the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Optional

import numpy as np
from osgeo import gdal, osr

from plugin.engine.compose import write_views
from plugin.engine.job import Job
from plugin.engine.ledger import ledger
from plugin.engine.manifest import Manifest, Stage, read_manifest
from plugin.engine.run import Recorded, Run, Started
from plugin.engine.store import RunFolder
from plugin.engine.table import UnitRecords, UnitState, UnitTable

GDAL_TYPES = {
    "uint8": gdal.GDT_Byte,
    "uint16": gdal.GDT_UInt16,
    "int16": gdal.GDT_Int16,
    "uint32": gdal.GDT_UInt32,
    "int32": gdal.GDT_Int32,
    "uint64": gdal.GetDataTypeByName("UInt64"),  # 0 before GDAL 3.5
    "int64": gdal.GetDataTypeByName("Int64"),
    "float32": gdal.GDT_Float32,
    "float64": gdal.GDT_Float64,
    "complex64": gdal.GDT_CFloat32,
    "complex128": gdal.GDT_CFloat64,
}


def picture(width: int, height: int, bands: int = 3, seed: int = 0) -> np.ndarray:
    """uint8 (bands, h, w): calm and busy ground beside each other, so that tiles leave at different exits."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:height, 0:width]
    calm = 110 + 60 * np.sin(columns / 41 + rows / 67)
    busy = random.normal(0, 1, (bands, height, width)) * (
        5 + 60 * (np.sin(columns / 90) * np.cos(rows / 70) > 0)
    )
    return np.clip(calm + busy, 0, 254).astype(np.uint8)


def fields_and_roads(width: int, height: int) -> np.ndarray:
    """uint8 (3, h, w), at 1 m: fields in three greens and browns, noise, and grey roads 8 m wide."""
    random = np.random.default_rng(7)
    rows, columns = np.mgrid[0:height, 0:width]
    field = ((rows // 160) * 7 + (columns // 200) * 3) % 3
    colors = np.array([[92, 110, 70], [120, 112, 84], [70, 92, 60]])[field].transpose(2, 0, 1)
    road = (np.abs(rows % 800 - 330) < 4) | (np.abs(columns % 1000 - 410) < 4)
    road |= np.abs((rows - 0.7 * columns + 660) % 1400 - 700) < 5
    return (np.where(road, 168, colors) + random.normal(0, 7, colors.shape)).clip(0, 255).astype(np.uint8)


def crs_wkt(epsg: int) -> str:
    """A CRS as text."""
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(epsg)
    return crs.ExportToWkt()


def write_raster(
    path: Path,
    pixels: np.ndarray,
    epsg: int = 32631,
    pixel: float = 1.0,
    origin: tuple = (500_000.0, 5_000_000.0),
    geotransform: Optional[tuple] = None,
    nodata: Optional[float] = None,
    names: tuple = (),
    finish: Callable = lambda dataset: None,
    options: tuple = (),
    driver: str = "GTiff",
) -> Path:
    """Write (bands, h, w) as a raster; `epsg` 0 or `geotransform` () for none; `finish` adds the rest."""
    bands, height, width = pixels.shape
    kind = GDAL_TYPES[pixels.dtype.name]
    dataset = gdal.GetDriverByName(driver).Create(str(path), width, height, bands, kind, list(options))
    if geotransform is None:
        geotransform = (origin[0], pixel, 0.0, origin[1], 0.0, -pixel)
    if geotransform:
        dataset.SetGeoTransform(geotransform)
    if epsg:
        dataset.SetProjection(crs_wkt(epsg))
    for number in range(1, bands + 1):
        band = dataset.GetRasterBand(number)
        if nodata is not None:
            band.SetNoDataValue(nodata)
        if names:
            band.SetDescription(names[number - 1])
    finish(dataset)
    data = np.ascontiguousarray(pixels).tobytes()
    dataset.WriteRaster(0, 0, width, height, data, buf_type=kind)
    dataset.FlushCache()
    return path


def read_pixels(path: Path) -> np.ndarray:
    """All bands of a raster, (bands, h, w) in their own type."""
    dataset = gdal.Open(str(path))
    assert dataset is not None, f"GDAL cannot open {path}"
    kind = dataset.GetRasterBand(1).DataType
    name = next(name for name, one in GDAL_TYPES.items() if one == kind)
    data = np.frombuffer(dataset.ReadRaster(), name)
    return data.reshape(dataset.RasterCount, dataset.RasterYSize, dataset.RasterXSize)


def scene_for(manifest: Manifest, path: Path, width: int, height: int, hole: bool = True) -> Path:
    """A raster that fits a model: its bands, its values, its GSD, with a corner of nodata."""
    pixels = picture(width, height, len(manifest.bands))
    nodata = 255
    if manifest.values.kind == "reflectance":
        pixels, nodata = (pixels / 300).astype(np.float32), -1.0
    if hole:
        pixels[:, : height // 3, : width // 4] = nodata
    return write_raster(path, pixels, pixel=manifest.gsd_m.nominal, nodata=nodata)


def job_for(model: Path, raster: Path, output: Path, **changes: object) -> Job:
    """A job on all of a raster with its bands in order."""
    manifest = read_manifest(model)
    settings = {
        "path": str(raster),
        "name": Path(raster).stem,
        "model_folder": model,
        "output_folder": output,
        "bands": tuple(range(1, len(manifest.bands) + 1)),
        "values": "byte" if manifest.values.kind == "display" else "unit",
        "threshold": manifest.threshold,
        "threads": 1,
    }
    return Job(**{**settings, **changes})


def finish(
    job: Job, watch: Callable[[Run, object], None] = lambda run, event: None
) -> tuple[RunFolder, UnitTable, list]:
    """Run a job to its end; returns the folder, the table as a listener would know it, and all events."""
    run, events = Run(job), []
    for event in run.events():
        events.append(event)
        if isinstance(event, Started):
            folder, table = event.run, event.run.table
        elif isinstance(event, Recorded):
            table.update(event.records)
        watch(run, event)
    return folder, table, events


def shown(folder: RunFolder, table: UnitTable, threshold: float) -> tuple[np.ndarray, np.ndarray]:
    """Mask and entropy as the map shows them at a threshold."""
    views = write_views(folder, table, threshold)
    return read_pixels(views.mask)[0], read_pixels(views.entropy)[0]


def assert_same(one: tuple, other: tuple, threshold: float) -> None:
    """That two runs, each its folder and its table, show, take and count the same at a threshold."""
    for left, right in zip(shown(*one, threshold), shown(*other, threshold)):
        assert np.array_equal(left, right)
    assert np.array_equal(one[1].taken(threshold), other[1].taken(threshold))
    totals = [ledger(folder.manifest, folder.grid, table, threshold) for folder, table in (one, other)]
    assert totals[0] == totals[1]


def spread_thresholds(table: UnitTable) -> list:
    """Thresholds that matter: the ends, and one inside each quarter of the scores."""
    known = table.scores[~np.isnan(table.scores)]
    return [0.0, *np.quantile(known, (0.1, 0.35, 0.65, 0.9)).tolist(), float("inf")]


def table_of(*scores: tuple) -> UnitTable:
    """A table of units with these scores at the exits (nats); without any, a unit is still pending."""
    values = np.array(scores, np.float32)
    table = UnitTable(*values.shape)
    known = ~np.isnan(values).all(axis=1)
    states = np.where(known, UnitState.COMPUTED, UnitState.PENDING)
    table.update(UnitRecords(np.arange(len(values)), states, values, np.zeros_like(values)))
    return table


def macs_of_call(stage: Stage, tensors: dict, outputs: dict) -> float:
    """Multiply-accumulates of one call of the network, by the sizes of what went in and out."""
    height, width = outputs["logits"].shape[2:]
    left, top, right, bottom = tensors.get("margins", (0, 0, 0, 0))
    return sum(
        (height + min(top, part.halo) + min(bottom, part.halo))
        * (width + min(left, part.halo) + min(right, part.halo))
        * part.macs_per_pixel
        for part in stage.costs
    )
