"""A map service for the tests: XYZ tiles, a WMTS and a WMS; answers are refused, cut, late or no pictures.

`serving()` is a context manager. A tile shows its own pixels of one picture of the world, so that what was
put together can be checked.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Callable, Iterator, Optional
from urllib.parse import parse_qs, urlsplit

import numpy as np
from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QImage

from tests.engine import scenes

ZOOM = 17  # the only one that is served: others are those of the map canvas
WORLD = 20037508.342789244  # half of its side, metres of Web Mercator

_CAPABILITIES = """<?xml version="1.0"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms"
 xmlns:xlink="http://www.w3.org/1999/xlink"><Service><Name>WMS</Name><Title>test</Title></Service>
<Capability><Request>
<GetCapabilities><Format>text/xml</Format>{get}</GetCapabilities>
<GetMap><Format>image/png</Format>{get}</GetMap>
</Request><Exception><Format>XML</Format></Exception>
<Layer><Title>all</Title><CRS>EPSG:32631</CRS><Layer><Name>ortho</Name><Title>Ortho</Title>
<CRS>EPSG:32631</CRS>
<EX_GeographicBoundingBox><westBoundLongitude>2</westBoundLongitude>
<eastBoundLongitude>4</eastBoundLongitude><southBoundLatitude>44</southBoundLatitude>
<northBoundLatitude>46</northBoundLatitude></EX_GeographicBoundingBox>
<BoundingBox CRS="EPSG:32631" minx="450000" miny="4900000" maxx="550000" maxy="5050000"/>
</Layer></Layer></Capability></WMS_Capabilities>"""
_GET = (
    '<DCPType><HTTP><Get><OnlineResource xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xlink:href="http://127.0.0.1:{}/wms?"/></Get></HTTP></DCPType>'
)

MATRIX, PIXEL, SIDE = 4, 1.0, 512  # of the WMTS: the tile matrix that suits, its pixels and tiles
WMTS_CORNER = 400_000.3, 5_040_000.7  # of all of its tile matrices; above it, the layer has no tiles
_WMTS = """<?xml version="1.0"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"
 xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
{operations}
<Contents><Layer><ows:Title>Ortho</ows:Title><ows:Identifier>ortho</ows:Identifier>
<ows:BoundingBox crs="urn:ogc:def:crs:EPSG::32631"><ows:LowerCorner>450000 4900000</ows:LowerCorner>
<ows:UpperCorner>550000 5050000</ows:UpperCorner></ows:BoundingBox>
<Style isDefault="true"><ows:Identifier>default</ows:Identifier></Style><Format>image/png</Format>
<TileMatrixSetLink><TileMatrixSet>grid</TileMatrixSet></TileMatrixSetLink>{template}</Layer>
<TileMatrixSet><ows:Identifier>grid</ows:Identifier>
<ows:SupportedCRS>urn:ogc:def:crs:EPSG::32631</ows:SupportedCRS>{matrices}</TileMatrixSet></Contents>
</Capabilities>"""
_OPERATIONS = """<ows:OperationsMetadata><ows:Operation name="GetTile"><ows:DCP><ows:HTTP>
<ows:Get xlink:href="http://127.0.0.1:{}/kvp?"><ows:Constraint name="GetEncoding"><ows:AllowedValues>
<ows:Value>KVP</ows:Value></ows:AllowedValues></ows:Constraint></ows:Get></ows:HTTP></ows:DCP>
</ows:Operation></ows:OperationsMetadata>"""
_TEMPLATE = (
    '<ResourceURL format="image/png" resourceType="tile" template="http://127.0.0.1:{}/rest/'
    '{{Style}}/{{TileMatrixSet}}/{{TileMatrix}}/{{TileRow}}/{{TileCol}}.png"/>'
)
_TILE_MATRIX = (
    "<TileMatrix><ows:Identifier>{}</ows:Identifier><ScaleDenominator>{}</ScaleDenominator>"
    "<TopLeftCorner>{} {}</TopLeftCorner><TileWidth>{}</TileWidth><TileHeight>{}</TileHeight>"
    "<MatrixWidth>{}</MatrixWidth><MatrixHeight>{}</MatrixHeight></TileMatrix>"
)


@dataclass
class Service:
    """What is served, to be changed at any time.

    Args:
        fate: of a request by its path and query: a status, "cut", "xml" or "ok".
        headers: sent beside a refusal. late: seconds before every answer.
    """

    port: int = 0
    fate: Callable[[str], object] = lambda path: "ok"
    headers: dict = field(default_factory=dict)
    late: float = 0.0
    asked: list = field(default_factory=list)

    def xyz(self) -> QgsRasterLayer:
        """The tiles as a layer."""
        source = f"type=xyz&url=http://127.0.0.1:{self.port}/{{z}}/{{x}}/{{y}}.png&zmin=0&zmax=19"
        return self._layer(source, "web map")

    def wms(self) -> QgsRasterLayer:
        """The WMS as a layer."""
        source = "crs=EPSG:32631&format=image/png&layers=ortho&styles="
        return self._layer(f"{source}&url=http://127.0.0.1:{self.port}/wms", "ortho")

    def wmts(self, style: str) -> QgsRasterLayer:
        """The WMTS as a layer, of which tiles are asked for by "rest" or "kvp"."""
        source = "crs=EPSG:32631&format=image/png&layers=ortho&styles=default&tileMatrixSet=grid"
        address = f"http://127.0.0.1:{self.port}/wmts_{style}?SERVICE%3DWMTS%26REQUEST%3DGetCapabilities"
        return self._layer(f"{source}&url={address}", "tiled ortho")

    @staticmethod
    def _layer(source: str, name: str) -> QgsRasterLayer:
        layer = QgsRasterLayer(source, name, "wms")
        assert layer.isValid(), source
        return layer


def tile_pixels(zoom: int, column: int, row: int, side: int = 256) -> np.ndarray:
    """uint8 (3, side, side): what a tile shows."""
    return scenes.picture(side, side, seed=(zoom * 1_000_003 + column * 1009 + row) % 2**31)


def _wmts(port: int, has_template: bool) -> str:
    matrices = ""
    for number in range(6):
        pixel = PIXEL * 2.0 ** (MATRIX - number)
        count = int(200_000 // (pixel * SIDE)) + 1
        matrices += _TILE_MATRIX.format(number, pixel / 0.00028, *WMTS_CORNER, SIDE, SIDE, count, count)
    ways = ("", _TEMPLATE.format(port)) if has_template else (_OPERATIONS.format(port), "")
    return _WMTS.format(matrices=matrices, operations=ways[0], template=ways[1])


def _place(path: str, query: dict) -> Optional[tuple[int, int, int]]:
    """(zoom, column, row) of a tile that is asked for; None if none is."""
    if query.get("REQUEST") == "GetTile":
        return int(query["TILEMATRIX"]), int(query["TILECOL"]), int(query["TILEROW"])
    parts = path[1:].partition(".")[0].split("/")
    if parts[0] == "rest":
        return int(parts[3]), int(parts[5]), int(parts[4])
    return (int(parts[0]), int(parts[1]), int(parts[2])) if parts[0].isdecimal() else None


def _png(pixels: np.ndarray) -> bytes:
    data = np.ascontiguousarray(pixels.transpose(1, 2, 0)).tobytes()
    height, width = pixels.shape[1:]
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).save(buffer, "PNG")
    return bytes(content)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: Service
    timeout = 20

    def do_GET(self) -> None:
        service, parts = self.service, urlsplit(self.path)
        query = {key.upper(): values[0] for key, values in parse_qs(parts.query).items()}
        if query.get("REQUEST") == "GetCapabilities" and parts.path.startswith("/wmts"):
            self._send(200, "text/xml", _wmts(service.port, parts.path.endswith("rest")).encode())
            return
        if query.get("REQUEST") == "GetCapabilities":
            self._send(200, "text/xml", _CAPABILITIES.format(get=_GET.format(service.port)).encode())
            return
        place = _place(parts.path, query)
        if query.get("WIDTH") != "512" and (place is None or place[0] not in (ZOOM, MATRIX)):
            self._send(404, "text/plain", b"")  # what QGIS draws itself is not what is tested
            return
        service.asked.append(self.path)
        if service.late:
            time.sleep(service.late)
        fate = service.fate(self.path)
        if fate == "cut":
            self.close_connection = True
            self.connection.close()
        elif fate == "xml":
            words = (
                b"<ServiceExceptionReport><ServiceException>no</ServiceException></ServiceExceptionReport>"
            )
            self._send(200, "text/xml", words)
        elif fate != "ok":
            self._send(fate, "text/plain", b"no", service.headers)
        elif query.get("REQUEST") == "GetMap":
            width, height = int(query["WIDTH"]), int(query["HEIGHT"])
            self._send(200, "image/png", _png(scenes.picture(width, height, seed=len(service.asked))))
        else:
            side = 256 if place[0] == ZOOM else SIDE
            self._send(200, "image/png", _png(tile_pixels(*place, side)))

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests' output is theirs."""

    def _send(self, status: int, kind: str, content: bytes, headers: Optional[dict] = None) -> None:
        with suppress(OSError):  # the reader may have had enough
            self.send_response(status)
            for name, value in {
                **(headers or {}),
                "Content-Type": kind,
                "Content-Length": len(content),
            }.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(content)


@contextmanager
def serving(**how: object) -> Iterator[Service]:
    """Serve on a free port of this machine."""
    service = Service(**how)
    handler = type("Handler", (_Handler,), {"service": service})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    service.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
