"""Measuring menurut on development data. ``python -m evaluation --help``."""
