#!/usr/bin/env bash
# Starts a version of the service, detached, in place of the one that runs; or returns to the version before.
#
#   scripts/deploy.sh [--directory DIR] [--port PORT]
#   scripts/deploy.sh --rollback [--port PORT]
#
# DIR holds package.json and src (default: the checkout this script lies in). The version is copied first, so that it
# outlives the checkout. TIDE_GAUGE_HOME (default ~/.tide-gauge) keeps the copies, the pid file and the log.
# Ends with 0 only when the new process answers with the version that was asked for.
set -euo pipefail

home=${TIDE_GAUGE_HOME:-$HOME/.tide-gauge}
directory=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
port=${PORT:-8080}
rollback=false

fail() {
  printf 'deploy: %s\n' "$1" >&2
  exit "${2:-1}"
}

while (($# > 0)); do
  case $1 in
    --directory) directory=${2:?expected a directory} && shift 2 ;;
    --port) port=${2:?expected a port} && shift 2 ;;
    --rollback) rollback=true && shift ;;
    *) fail "expected --directory, --port or --rollback, found \"$1\"" 2 ;;
  esac
done
[[ $port =~ ^[0-9]{1,5}$ ]] || fail "expected a port number, found \"$port\"" 2

version_of() {
  node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).version' "$1/package.json"
}

# Prints the id of the running process, if the pid file still speaks of ours: ids are used again.
running() {
  local pid
  pid=$(cat "$home/pid" 2>/dev/null) || return 1
  [[ $(ps -o args= -p "$pid" 2>/dev/null) == *"$home/releases/"* ]] || return 1
  printf '%s' "$pid"
}

stop() {
  local pid
  pid=$(running) || return 0
  kill -TERM "$pid" 2>/dev/null || return 0
  for _ in {1..100}; do
    running >/dev/null || return 0
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
}

# A CI runner ends what its job left behind, by process group and by RUNNER_TRACKING_ID: leave both.
start() {
  local detach=()
  if command -v setsid >/dev/null; then detach=(setsid); fi
  env -u RUNNER_TRACKING_ID PORT="$port" ${detach[@]+"${detach[@]}"} nohup node "$1/src/main.js" \
    >>"$home/service.log" 2>&1 </dev/null &
  printf '%s\n' "$!" >"$home/pid"
}

await_version() {
  local here
  here=$(dirname "${BASH_SOURCE[0]}")
  node "$here/await-version.js" "http://127.0.0.1:$port/version" "$1" "$(cat "$home/pid")" && return
  printf 'The end of %s:\n%s\n' "$home/service.log" "$(tail -n 20 "$home/service.log")" >&2
  fail "version $1 does not answer on port $port"
}

switch_to() {
  local version
  version=$(version_of "$1")
  stop
  start "$1"
  await_version "$version"
  printf 'deploy: version %s runs on port %s, process %s\n' "$version" "$port" "$(cat "$home/pid")"
}

mkdir -p "$home/releases"

if [[ $rollback == true ]]; then
  previous=$(cat "$home/previous" 2>/dev/null) || fail "there is no previous version to return to"
  [[ -d $previous ]] || fail "the previous version is gone from $previous"
  mv "$home/current" "$home/previous"
  printf '%s\n' "$previous" >"$home/current"
  switch_to "$previous"
  exit 0
fi

[[ -f $directory/package.json && -d $directory/src ]] || fail "expected package.json and src in $directory"
release=$(mktemp -d "$home/releases/$(version_of "$directory").XXXXXX")
cp -R "$directory/package.json" "$directory/src" "$release"
if [[ -f $home/current ]]; then mv "$home/current" "$home/previous"; fi
printf '%s\n' "$release" >"$home/current"
switch_to "$release"
