"""Exitwise, a QGIS plugin: segments rasters with networks that stop early where the ground is easy.

QGIS is imported only inside `classFactory`, so that `engine` works in any Python.
"""


def classFactory(iface):
    """Entry point of every QGIS plugin; called once when it is loaded."""
    from .plugin import ExitwisePlugin

    return ExitwisePlugin(iface)
