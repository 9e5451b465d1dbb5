"""Reckons with the mean length of a month, so an hour of a day may be off by half a day."""

from datetime import date

SYNODIC_MONTH = 29.530588853
NEW_MOON = date(2000, 1, 6)
NAMES = (
    "new moon",
    "waxing crescent",
    "first quarter",
    "waxing gibbous",
    "full moon",
    "waning gibbous",
    "last quarter",
    "waning crescent",
)


def age(day: date) -> float:
    """Days since the last new moon."""
    if day < NEW_MOON:
        raise ValueError(f"expected a day from {NEW_MOON} on, found {day}")
    return (day - NEW_MOON).days % SYNODIC_MONTH


def phase(day: date) -> str:
    """Name of the phase; each of the eight takes an eighth of the month around its middle."""
    return NAMES[round(age(day) / SYNODIC_MONTH * 8) % 8]
