import unittest
from datetime import date

from moon_phase import age, phase


class Phase(unittest.TestCase):
    def test_known_moons(self):
        for day, name in [
            (date(2000, 1, 6), "new moon"),
            (date(2000, 1, 21), "full moon"),
            (date(2024, 4, 8), "new moon"),
            (date(2026, 3, 3), "full moon"),
        ]:
            self.assertEqual(phase(day), name, day)

    def test_a_day_too_early(self):
        with self.assertRaises(ValueError):
            age(date(1999, 12, 22))


if __name__ == "__main__":
    unittest.main()
