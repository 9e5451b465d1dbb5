#!/usr/bin/env bash
# Builds the command for every system into out/, the same bytes from the same commit: no paths, no time, no build id.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(sed -n 's/^const Version = "\(.*\)"$/\1/p' version.go)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
rm -rf out
mkdir out

for platform in linux_amd64 linux_arm64 darwin_amd64 darwin_arm64; do
  CGO_ENABLED=0 GOOS=${platform%_*} GOARCH=${platform#*_} \
    go build -trimpath -buildvcs=false -ldflags="-s -w -buildid=" -o "$stage/bearing" ./cmd/bearing
  cp LICENSE README.md "$stage"
  tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=ustar -cf - -C "$stage" LICENSE README.md bearing |
    gzip -n >"out/bearing_${version}_${platform}.tar.gz"
done

cd out
sha256sum -- *.tar.gz >checksums.txt
