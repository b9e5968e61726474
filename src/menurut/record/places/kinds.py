"""The gazetteer's kinds of places, as the rules tell them apart."""

TOWNS = frozenset({"town", "capital", "city"})
ADMINISTERED = frozenset({"province", "regency", "state"})
LAND = frozenset({"island", "islands", "peninsula"})
NATURE = frozenset(
    {
        "bay",
        "canal",
        "channel",
        "desert",
        "gulf",
        "lake",
        "mountain",
        "mountains",
        "ocean",
        "reef",
        "river",
        "sea",
        "strait",
    }
)
"""They act for nobody: their names are places in any setting."""

NATURAL = LAND | NATURE
