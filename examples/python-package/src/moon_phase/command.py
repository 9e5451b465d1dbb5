"""The command: one line for each day that it is given."""

import argparse
import json
from datetime import date

import moon_phase


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="moon-phase", description="The phase of the moon on a day.")
    parser.add_argument("--version", action="version", version=f"moon-phase {moon_phase.__version__}")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("days", nargs="+", type=date.fromisoformat, metavar="YYYY-MM-DD")
    given = parser.parse_args(words)
    for day in given.days:
        print(line(day, as_json=given.json))
    return 0


def line(day: date, as_json: bool) -> str:
    if as_json:
        return json.dumps({"day": day.isoformat(), "phase": moon_phase.phase(day), "age": round(moon_phase.age(day), 1)})
    return f"{day}  {moon_phase.phase(day)}"
