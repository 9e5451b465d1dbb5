import contextlib
import io
import unittest

import moon_phase
from moon_phase.command import main


def said(*words):
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.suppress(SystemExit):
        main(list(words))
    return text.getvalue()


class Command(unittest.TestCase):
    def test_one_line_a_day(self):
        self.assertEqual(said("2000-01-06", "2000-01-21"), "2000-01-06  new moon\n2000-01-21  full moon\n")

    def test_version(self):
        self.assertEqual(said("--version"), f"moon-phase {moon_phase.__version__}\n")


if __name__ == "__main__":
    unittest.main()
