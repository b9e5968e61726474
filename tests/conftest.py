"""Settings for all tests."""

from __future__ import annotations

from hypothesis import settings

# Machines are noisy: what is slow is measured by benchmarks, not by a test's deadline.
settings.register_profile("menurut", deadline=None)
settings.load_profile("menurut")
