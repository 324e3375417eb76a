"""Early-exit segmentation of rasters: the science, usable from any Python with numpy, GDAL and onnxruntime.

    from exitwise.engine import open_model, segment, segment_collection

`open_model` gives a network as a function of arrays (model.py), `segment` writes mask and entropy of a whole
raster (whole_raster.py), `segment_collection` those of many (collection.py). Nothing here imports QGIS or Qt.
`errors`, `exits` and `grid` lie at the bottom, `manifest` above them, `run`, `whole_raster` and `collection`
on top.
"""

from importlib import import_module as _import_module

_PUBLIC = {"open_model": "model", "segment": "whole_raster", "segment_collection": "collection"}


def __getattr__(name: str):
    # Only when asked for: training takes `exits` and `grid` into a Python that has no GDAL.
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(_import_module(f".{_PUBLIC[name]}", __name__), name)
