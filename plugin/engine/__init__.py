"""Early-exit segmentation of rasters: the science, usable from any Python with numpy, GDAL and onnxruntime.

Nothing here imports QGIS or Qt. `errors`, `exits` and `grid` lie at the bottom, `manifest` above them,
`run` on top.
"""
