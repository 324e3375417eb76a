"""For every test: where the labelled images lie, and what happens to a test that needs them elsewhere.

Read by both runs, QGIS's Python and the training one: nothing of QGIS, GDAL or torch is imported here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from models.data import places


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of labelled images; the test is skipped where it is absent, with the reason."""
    folder = places.shared_data()
    if not folder.is_dir():
        pytest.skip(f"needs the labelled images in {folder}, which are no part of the checkout")
    return folder
