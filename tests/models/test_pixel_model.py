"""The trees of single pixels: which way a pixel goes, what comes of it, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from models.pixel_model import PixelModel

TEXT = """tree
version=v3
max_feature_idx=9

Tree=0
num_leaves=3
num_cat=0
split_feature=1 7
threshold=0.2 0.01
decision_type=2 2
left_child=-1 -2
right_child=1 -3
leaf_value=-2 1 3
is_linear=0

Tree=1
num_leaves=2
num_cat=0
split_feature=0
threshold=0.5
decision_type=2
left_child=-1
right_child=-2
leaf_value=-0.5 0.5

end of trees
"""


@pytest.mark.parametrize(
    "blue, cirrus, coastal, score",
    [
        pytest.param(0.2, 0.5, 0.1, -2.5, id="what is at the threshold goes left"),
        pytest.param(0.3, 0.0, 0.1, 0.5, id="right, then left"),
        pytest.param(0.3, 0.1, 0.6, 3.5, id="right twice"),
    ],
)
def test_leaves_of_all_trees_add_up(blue, cirrus, coastal, score):
    spectrum = np.zeros((1, 10), np.float32)
    spectrum[0, [0, 1, 7]] = coastal, np.nextafter(np.float32(blue), np.float32(0)), cirrus
    model = PixelModel(TEXT)
    assert model.probabilities(spectrum) == pytest.approx(1 / (1 + np.exp(-score)))
    assert model.cloudy(np.repeat(spectrum, 3, axis=0)).tolist() == [score > 0] * 3


def test_splits_of_another_kind_are_refused():
    with pytest.raises(ValueError, match="splits in a way"):
        PixelModel(TEXT.replace("decision_type=2 2", "decision_type=2 1"))
