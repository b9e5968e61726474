"""The Equal Earth projection, which shows lands as large as they are.

Šavrič, Patterson and Jenny, The Equal Earth map projection, 2018.
"""

from __future__ import annotations

import math

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """x to the east and y to the south, in radii of the globe, from degrees."""
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    x = math.radians(longitude) * math.cos(theta)
    x /= _M * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2))
    return x, -theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
