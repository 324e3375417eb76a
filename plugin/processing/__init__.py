"""The same engine for toolbox, batch, model designer and `qgis_process`."""
