#!/usr/bin/env bash
# Writes with the installed command and reads with the installed library, in one log.
set -euo pipefail

scripts/install-packed.sh
cd out/try
node_modules/.bin/logbook harbour.log add "Cast off"
echo 'import { readEntries } from "@example/logbook"; console.log(readEntries("harbour.log").join());' >read.js
[ "$(node read.js)" = "Cast off" ]
