"""The bench's page and plots."""

from __future__ import annotations

import pytest

from tests.bench import report
from tests.bench.engine import row


def test_every_row_is_on_the_page_and_every_kind_is_drawn(tmp_path):
    rows = [row(f"{kind} {x}", 2 * x, "s", "a note", (kind, x)) for kind in report.PLOTS for x in (1, 10)]
    rows.append(row("wall / onnxruntime", 1.05, "x", "alone"))
    page = report.markdown("CPU, 2 threads", "0.5", rows, "latest.png")
    assert all(f"| {one['measure']} | {one['value']:g} {one['unit']} |" in page for one in rows)
    assert "(latest.png)" in page
    pytest.importorskip("matplotlib")
    assert report.draw(rows, tmp_path / "latest.png")
    assert (tmp_path / "latest.png").read_bytes().startswith(b"\x89PNG")
