"""The command: one line for each day that it is given."""

import argparse
from datetime import date

import moon_phase


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="moon-phase", description="The phase of the moon on a day.")
    parser.add_argument("--version", action="version", version=f"moon-phase {moon_phase.__version__}")
    parser.add_argument("days", nargs="+", type=date.fromisoformat, metavar="YYYY-MM-DD")
    given = parser.parse_args(words)
    for day in given.days:
        print(f"{day}  {moon_phase.phase(day)}")
    return 0
