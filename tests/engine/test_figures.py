"""Numbers in messages: never with an exponent where a person reads metres or shares."""

from __future__ import annotations

import numpy as np
import pytest

from plugin.engine.figures import figure


@pytest.mark.parametrize(
    "number, digits, text",
    [
        (1112.3, 3, "1,110"),
        (2_000_000, 3, "2,000,000"),
        (120.4, 2, "120"),
        (999.96, 3, "1,000"),
        (0.0312345, 3, "0.0312"),
        (0.00001234, 2, "0.000012"),
        (7.0, 3, "7"),
        (np.float32(0.25), 3, "0.25"),
        (-0.0, 3, "0"),
        (-1500, 3, "-1,500"),
        (float("nan"), 3, "nan"),
        (3.4e38, 3, "3.4e+38"),
    ],
)
def test_a_number_is_told_with_the_digits_that_count(number, digits, text):
    assert figure(number, digits) == text
