"""Numbers and names as a person reads them."""

from __future__ import annotations

import pytest

from plugin.wording import band_in_words, bytes_in_words, macs_in_words, time_in_words


@pytest.mark.parametrize(
    "macs, text",
    [(0, "0"), (999, "999"), (1234, "1.23 k"), (20_420_000_000, "20.4 G"), (3.4e13, "34 T"), (2e15, "2 P")],
)
def test_computation_has_three_digits_and_a_prefix(macs, text):
    assert macs_in_words(macs) == text


@pytest.mark.parametrize(
    "seconds, text", [(0, "0 s"), (0.04, "1 s"), (99, "99 s"), (180, "3 min"), (9000, "2.5 h")]
)
def test_a_time_is_in_the_largest_unit_that_fits(seconds, text):
    assert time_in_words(seconds) == text


@pytest.mark.parametrize(
    "size, text", [(10, "1 MB"), (12_400_000, "12 MB"), (1_800_000_000, "1.8 GB"), (123e9, "120 GB")]
)
def test_a_size_on_disk_has_no_exponent(size, text):
    assert bytes_in_words(size) == text


@pytest.mark.parametrize("name, text", [("red", "Red"), ("nir", "NIR"), ("swir1", "SWIR1")])
def test_infrared_bands_keep_their_capitals(name, text):
    assert band_in_words(name) == text
