"""The phase of the moon on a day."""

from moon_phase.phase import age, phase

__version__ = "1.1.0"
__all__ = ["age", "phase"]
