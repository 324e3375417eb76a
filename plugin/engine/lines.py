"""Follows the pixels of a thinned raster and joins them to lines, strip by strip from top to bottom.

Pixels are joined over their sides, and over a corner where no side leads there. Spurs, which any unevenness
of an edge leaves, are cut off: ends hardly longer than half the width of what they branch off from. Where
three lines meet, what lies within half the road's width of that pixel is one crossing, and lines end in its
middle: thick roads meet in several such pixels. Where only two lines are left at a crossing, they are one.
What is kept from one strip to the next are the lines and crossings that reach the last row.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Iterator, Optional

import numpy as np

_REACH = 48  # pixels, at most, that a crossing reaches along its lines, and that a spur is long
_CUTS = 2  # spurs may have spurs
AROUND = (_REACH + 2) * (_CUTS + 1)  # rows that a strip needs above and below
_AT_ONCE = 2**16  # ends from which spurs are followed
_LEAST_RING = 12  # pixels; what is shorter goes round a hole of four pixels at most
_LEAST_LOOP = 4  # pixels; what is shorter is a hole of a pixel or two in the middle of a crossing


@dataclass
class Line:
    """Places in pixels from the upper left corner (column, row); rings end where they begin.

    `nats`: sum of the entropies of its `pixels`. `is_loose`: whether it ends where no other begins.
    """

    places: list[tuple[float, float]]
    nats: float
    pixels: int
    is_loose: bool


class _Chain:
    """Pixels in a row, each by its number, row by row from the upper left."""

    def __init__(self, pixel: int, nats: float):
        self.pixels, self.nats, self.is_ring = deque([pixel]), nats, False


class _Crossing:
    """Where lines meet; `merged` is the one that it became a part of."""

    def __init__(self):
        self.merged: Optional[_Crossing] = None
        self.columns, self.rows, self.count = 0.0, 0.0, 0
        self.contacts, self.size = 0, 1
        self.pieces: list[_Piece] = []

    def root(self) -> _Crossing:
        """What it belongs to by now."""
        found, here = self, self
        while found.merged is not None:
            found = found.merged
        while here is not found:
            here.merged, here = found, here.merged  # the next one who asks has it shorter
        return found

    @property
    def middle(self) -> tuple[float, float]:
        """Of its pixels where three lines meet."""
        return self.columns / self.count, self.rows / self.count


class _Piece:
    """A whole chain, or several that were joined; crossings at its ends, None where there is none."""

    def __init__(self, line: Line, ends: list[Optional[_Crossing]]):
        self.line, self.ends, self.is_gone = line, ends, False

    def end(self, place: int) -> Optional[_Crossing]:
        return None if self.ends[place] is None else self.ends[place].root()

    def turn(self) -> None:
        self.line.places.reverse()
        self.ends.reverse()


class Tracer:
    """One raster, from its first strip to its last; `width`: of the raster in pixels."""

    def __init__(self, width: int):
        self._width = width
        self._steps = _steps(width)[:4]  # each two pixels once
        self._chains: dict[int, _Chain] = {}  # by the pixels at their ends
        self._crossings: dict[int, _Crossing] = {}  # by their pixels
        self._contacts: dict[int, list[_Crossing]] = {}  # by the end pixels of chains
        self._waiting: list[_Piece] = []

    def follow(
        self, thinned: np.ndarray, above: int, row: int, rows: int, nats: np.ndarray
    ) -> Iterator[Line]:
        """Take in the next strip; gives the lines that are whole.

        Args:
            thinned: uint8 (h, width): the strip, with `AROUND` rows more on either side as far as the raster
                goes, `above` of them above it.
            row, rows: where the strip lies in the raster.
            nats: float32 (rows + 1, width; rows where the raster ends), entropy of each pixel of the strip
                and of the row below it.
        """
        first = (row - above) * self._width
        core = slice(above, above + rows)
        thinned = without_spurs(thinned)
        joined = _joined(thinned > 0)
        meets = _COUNT[joined] > 2
        at_crossing = _near(thinned, meets)
        self._nats, self._first = nats, row
        for pixel in (np.flatnonzero(meets[core]) + row * self._width).tolist():
            crossing = self._crossing(pixel)
            crossing.count += 1
            crossing.columns += pixel % self._width + 0.5
            crossing.rows += pixel // self._width + 0.5
        flat = at_crossing.ravel()
        for direction, step in enumerate(self._steps):
            one = np.flatnonzero(joined[core] & (1 << direction)) + above * self._width
            kinds = flat[one] + 2 * flat[one + step]
            for pixel, kind in zip((one + first).tolist(), kinds.tolist()):
                if kind == 0:
                    self._join(pixel, pixel + step)
                elif kind == 3:
                    self._grow(pixel, pixel + step)
                elif kind == 2:
                    self._touch(pixel, pixel + step)
                else:
                    self._touch(pixel + step, pixel)
        yield from self._whole((row + rows) * self._width)

    def _chain(self, pixel: int) -> _Chain:
        if pixel not in self._chains:
            row, column = divmod(pixel, self._width)
            self._chains[pixel] = _Chain(pixel, float(self._nats[row - self._first, column]))
        return self._chains[pixel]

    def _crossing(self, pixel: int) -> _Crossing:
        if pixel not in self._crossings:
            self._crossings[pixel] = _Crossing()
        return self._crossings[pixel].root()

    def _join(self, one: int, other: int) -> None:
        """Two pixels of lines."""
        long, short = self._chain(one), self._chain(other)
        if long is short:
            long.is_ring = True
            return
        if len(long.pixels) < len(short.pixels):
            one, other, long, short = other, one, short, long
        long.nats += short.nats
        for chain in (long, short):
            self._chains.pop(chain.pixels[0])
            self._chains.pop(chain.pixels[-1], None)
        following = short.pixels if short.pixels[0] == other else reversed(short.pixels)
        (long.pixels.extend if long.pixels[-1] == one else long.pixels.extendleft)(following)
        self._chains[long.pixels[0]] = self._chains[long.pixels[-1]] = long

    def _grow(self, one: int, other: int) -> None:
        """Two pixels of a crossing."""
        into, merged = self._crossing(one), self._crossing(other)
        if into is not merged:
            if into.size < merged.size:
                into, merged = merged, into
            merged.merged = into
            into.size += merged.size
            into.columns += merged.columns
            into.rows += merged.rows
            into.count += merged.count
            into.contacts += merged.contacts
            into.pieces += merged.pieces

    def _touch(self, pixel: int, crossed: int) -> None:
        """A pixel of a line, and one of a crossing."""
        self._chain(pixel)
        crossing = self._crossing(crossed)
        crossing.contacts += 1
        self._contacts.setdefault(pixel, []).append(crossing)

    def _whole(self, frontier: int) -> Iterator[Line]:
        """What no later strip can change; `frontier`: the first pixel of the next one."""
        for chain in {id(one): one for one in self._chains.values()}.values():
            ends = chain.pixels[0], chain.pixels[-1]
            if chain.is_ring or max(ends) < frontier:
                for pixel in set(ends):
                    del self._chains[pixel]
                self._waiting.append(self._piece(chain))
        self._crossings = {pixel: one for pixel, one in self._crossings.items() if pixel >= frontier}
        growing = {id(one.root()) for one in self._crossings.values()}
        for piece in self._waiting:
            for end in (0, 1):
                crossing = piece.end(end)
                if crossing is not None and id(crossing) not in growing:
                    _pass_through(crossing)
        kept = []
        for piece in self._waiting:
            crossings = [one for one in (piece.end(0), piece.end(1)) if one is not None]
            if piece.is_gone:
                continue
            if any(id(one) in growing or one.contacts == 2 for one in crossings):
                kept.append(piece)
            elif _is_line(piece):
                yield _ended(piece)
        self._waiting = kept

    def _piece(self, chain: _Chain) -> _Piece:
        places = [(pixel % self._width + 0.5, pixel // self._width + 0.5) for pixel in chain.pixels]
        line = Line(places, chain.nats, len(places), False)
        if chain.is_ring:
            places.append(places[0])
            return _Piece(line, [None, None])
        at_ends = [
            self._contacts.pop(pixel, []) for pixel in dict.fromkeys((chain.pixels[0], chain.pixels[-1]))
        ]
        if len(at_ends) == 1:  # a single pixel has both its ends
            at_ends = [at_ends[0][:1], at_ends[0][1:]]
        piece = _Piece(line, [one[0] if one else None for one in at_ends])
        for crossing in piece.ends:
            if crossing is not None:
                crossing.root().pieces.append(piece)
        return piece


def _pass_through(crossing: _Crossing) -> None:
    """Make one piece of the two at a crossing where nothing else is left, once both are whole."""
    if crossing.contacts != 2 or len(crossing.pieces) != 2:
        return
    crossing.contacts = 0
    long, short = sorted(crossing.pieces, key=lambda piece: -len(piece.line.places))
    line = long.line
    if long is short:
        line.places += [crossing.middle, line.places[0]]
        long.ends = [None, None]
        return
    if long.end(1) is not crossing:
        long.turn()
    if short.end(0) is not crossing:
        short.turn()
    line.places += [crossing.middle, *short.line.places]
    line.nats += short.line.nats
    line.pixels += short.line.pixels
    long.ends[1], short.is_gone = short.ends[1], True
    beyond = long.end(1)
    if beyond is not None:
        beyond.pieces = [long if one is short else one for one in beyond.pieces]


def _is_line(piece: _Piece) -> bool:
    if piece.ends == [None, None] and piece.line.places[0] == piece.line.places[-1]:
        return piece.line.pixels >= _LEAST_RING
    if piece.end(0) is not None and piece.end(0) is piece.end(1) and piece.line.pixels < _LEAST_LOOP:
        return False
    return piece.line.pixels > 1 or piece.ends != [None, None]


def _ended(piece: _Piece) -> Line:
    """The line with the middles of the crossings at its ends."""
    line, (begin, end) = piece.line, (piece.end(0), piece.end(1))
    if begin is not None:
        line.places.insert(0, begin.middle)
    if end is not None:
        line.places.append(end.middle)
    is_ring = line.places[0] == line.places[-1]
    line.is_loose = not is_ring and any(one is None or one.contacts < 2 for one in (begin, end))
    return line


def without_spurs(thinned: np.ndarray) -> np.ndarray:
    """A thinned raster, uint8 (h, w), without the spurs; exact but for `AROUND` rows above and below."""
    thinned = thinned.copy()
    flat, steps = thinned.ravel(), np.array(_steps(thinned.shape[1]))
    for _ in range(_CUTS):
        joined = _joined(thinned > 0).ravel()
        ends = np.flatnonzero(_COUNT[joined] == 1)
        for place in range(0, len(ends), _AT_ONCE):
            flat[_spurs(flat, joined, ends[place : place + _AT_ONCE], steps)] = 0
    return thinned


def _spurs(thinned: np.ndarray, joined: np.ndarray, ends: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Pixels to be taken away: from these ends to the pixels where lines meet, if those are near."""
    way = np.empty((_REACH, len(ends)), np.int64)
    walker, here, back = np.arange(len(ends)), ends, np.zeros(len(ends), np.uint8)
    found = [np.empty(0, np.int64)]
    for length in range(1, _REACH + 1):
        way[length - 1, walker] = here
        direction = _FIRST[joined[here] & ~back]
        there = here + steps[direction]
        count = _COUNT[joined[there]]
        is_spur = (count > 2) & (length <= 1.5 * thinned[there] + 2)
        found.append(way[:length, walker[is_spur]].ravel())
        goes_on = count == 2
        walker, here = walker[goes_on], there[goes_on]
        back = (1 << (direction[goes_on] + 4) % 8).astype(np.uint8)
    return np.concatenate(found)


def _joined(is_set: np.ndarray) -> np.ndarray:
    """To which neighbours each pixel is joined: bool (h, w) -> uint8 (h, w), a bit each, in the order of
    `_steps`."""
    first, last, every = slice(None, -1), slice(1, None), slice(None)
    upper_left, upper_right, lower_left, lower_right = (
        is_set[rows, columns] for rows in (first, last) for columns in (first, last)
    )
    pairs = [
        ((every, first), (every, last), is_set[:, :-1] & is_set[:, 1:]),
        ((first, first), (last, last), upper_left & lower_right & ~upper_right & ~lower_left),
        ((first, every), (last, every), is_set[:-1] & is_set[1:]),
        ((first, last), (last, first), upper_right & lower_left & ~upper_left & ~lower_right),
    ]
    joined = np.zeros(is_set.shape, np.uint8)
    for direction, (one, other, are_joined) in enumerate(pairs):
        joined[one] |= are_joined.astype(np.uint8) << direction
        joined[other] |= are_joined.astype(np.uint8) << direction + 4
    return joined


def _steps(width: int) -> tuple[int, ...]:
    """To the neighbours of a pixel in an array of that width, clockwise from the right; opposites 4 apart."""
    return 1, width + 1, width, width - 1, -1, -width - 1, -width, 1 - width


_COUNT = np.array([bin(bits).count("1") for bits in range(256)], np.uint8)
_FIRST = np.array([max((bits & -bits).bit_length() - 1, 0) for bits in range(256)])


def _near(thinned: np.ndarray, meets: np.ndarray) -> np.ndarray:
    """What belongs to crossings: as far along the lines as half their width, bool (h, w)."""
    height, width = thinned.shape
    padded = np.zeros((height + 2, width + 2), np.uint8)
    padded[1:-1, 1:-1] = np.where(meets, np.minimum(thinned, _REACH), 0)
    is_set = np.zeros(padded.shape, bool)
    is_set[1:-1, 1:-1] = thinned > 0
    left, is_set, line = padded.ravel(), is_set.ravel(), width + 2
    around = np.array([step + row for row in (-line, 0, line) for step in (-1, 0, 1) if step or row])
    at_front = np.flatnonzero(left)
    while len(at_front):
        found, further = (
            (at_front[:, np.newaxis] + around).ravel(),
            np.repeat(left[at_front] - 1, len(around)),
        )
        is_new = is_set[found] & (further > left[found])
        found, further = found[is_new], further[is_new]
        np.maximum.at(left, found, further)
        at_front = np.unique(found)
    return padded[1:-1, 1:-1] > 0
