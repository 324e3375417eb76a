"""Labelled imagery for training and evaluation, read from the shared data folder and packed once."""
