#!/usr/bin/env bash
# Each line of `expect` is one test: what fathom is given, and what it answers.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
passed=0 failed=0

expect() {
  local wanted=$1 found
  shift
  found=$(bin/fathom "$@" 2>/dev/null) || found="exit $?"
  if [ "$found" = "$wanted" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "not ok: fathom $*: expected '$wanted', found '$found'"
  fi
}

expect "9.14 metres" 5
expect "0.00 metres" 0
expect "$(cat VERSION)" --version
expect "exit 2"
expect "exit 2" five

echo "pass $passed, fail $failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
