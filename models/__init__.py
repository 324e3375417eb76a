"""Training, calibration, evaluation and export of the networks that ship with the plugin; needs torch."""
