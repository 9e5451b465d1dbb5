#!/usr/bin/env bash
# Packs the package as it would be published, and installs that tarball into out/try, where nothing of the checkout is in reach.
set -euo pipefail

rm -rf out/try
mkdir -p out/try
packed=$(npm pack --silent --pack-destination out)
echo '{ "private": true, "type": "module" }' >out/try/package.json
npm install --silent --no-audit --no-fund --prefix out/try "./out/$packed"
