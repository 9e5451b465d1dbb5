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

    def test_days_before_the_first_known_moon(self):
        self.assertEqual(phase(date(1999, 12, 22)), "full moon")
        self.assertGreaterEqual(age(date(1969, 7, 20)), 0)


if __name__ == "__main__":
    unittest.main()
