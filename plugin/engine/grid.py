"""Which windows a run reads: tiles cover the raster exactly once, each grown by a halo of context.

Pixel arithmetic only, on the pixels of the working grid (the raster at the model's GSD): no file is opened
here. A window is half-open, like a slice.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """Columns [col, col + width) and rows [row, row + height), in pixels; may reach beyond the raster."""

    col: int
    row: int
    width: int
    height: int

    def with_halo(self, halo: int) -> Window:
        """This window grown by `halo` pixels on every side."""
        return Window(self.col - halo, self.row - halo, self.width + 2 * halo, self.height + 2 * halo)

    def within(self, width: int, height: int) -> Window:
        """The part of this window that lies on a raster of that size; width or height 0 if none does."""
        col, row = max(self.col, 0), max(self.row, 0)
        right, bottom = min(self.col + self.width, width), min(self.row + self.height, height)
        return Window(col, row, max(right - col, 0), max(bottom - row, 0))


@dataclass(frozen=True)
class Grid:
    """Square tiles over a raster, numbered row by row from the upper left corner.

    Args:
        width, height: size of the raster in pixels, at least 1.
        tile: side of a tile in pixels.
        halo: pixels of context read around a tile; its results are taken from the inside only.
    Raises:
        ValueError: a size below 1, or a negative halo.
    """

    width: int
    height: int
    tile: int
    halo: int

    def __post_init__(self) -> None:
        if min(self.width, self.height, self.tile) < 1 or self.halo < 0:
            raise ValueError(f"sizes must be positive: {self}")

    @property
    def columns(self) -> int:
        """Tiles in one row."""
        return -(-self.width // self.tile)

    @property
    def rows(self) -> int:
        """Rows of tiles."""
        return -(-self.height // self.tile)

    def __len__(self) -> int:
        return self.columns * self.rows

    def place(self, number: int) -> tuple[int, int]:
        """Column and row of a tile among the tiles."""
        row, column = divmod(number, self.columns)
        return column, row

    def core(self, number: int) -> Window:
        """Pixels that a tile answers for; cut off at the right and lower edge of the raster."""
        column, row = self.place(number)
        whole = Window(column * self.tile, row * self.tile, self.tile, self.tile)
        return whole.within(self.width, self.height)

    def read_window(self, number: int) -> Window:
        """Pixels that the network sees: always (tile + 2 halo) square, so it may reach beyond the raster."""
        column, row = self.place(number)
        return Window(column * self.tile, row * self.tile, self.tile, self.tile).with_halo(self.halo)
