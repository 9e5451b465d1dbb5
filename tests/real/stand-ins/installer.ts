/** What a project's release page serves for `buoy`, with its installer. `@DEFECT@` names what is wrong with installer or updater. */
export const installer = `#!/bin/sh
set -eu
broken() { [ "@DEFECT@" = "$1" ]; }
latest() { curl -fsS "$BUOY_RELEASES/latest"; }
if broken env-first; then wanted="${"${BUOY_VERSION:-${1:-$(latest)}}"}"; else wanted="${"${1:-${BUOY_VERSION:-$(latest)}}"}"; fi
broken keeps-v || wanted="${"${wanted#v}"}"
broken old-version && wanted=1.0.0
into="${"${BUOY_INSTALL_DIR:-$HOME/.local/bin}"}"
mkdir -p "$into"
if broken in-place; then new="$into/buoy"; else new="$(mktemp "$into/.buoy.XXXXXX")"; fi
trap 'rm -f "$into"/.buoy.*' EXIT
curl -fsS "$BUOY_RELEASES/$wanted/buoy" > "$new"
if broken mode; then chmod 644 "$new"; else chmod 755 "$new"; fi
[ "$new" = "$into/buoy" ] || mv -f "$new" "$into/buoy"
broken mode && exit 0
broken no-compare || [ "$("$into/buoy" version)" = "buoy $wanted" ] || { echo "expected buoy $wanted" >&2; exit 1; }
`;

/** The program itself: it updates by its installer, and looks for a newer version while it works. */
export const buoy = `#!/bin/sh
set -eu
broken() { [ "@DEFECT@" = "$1" ]; }
own=@VERSION@
case "${"${1:-}"}" in
  version) echo "buoy $own" ;;
  update)
    newest="$(curl -fsS "$BUOY_RELEASES/latest")"
    if [ "$newest" = "v$own" ] && ! broken always-updates; then echo "buoy $own is up to date"; exit 0; fi
    curl -fsS "$BUOY_RELEASES/install.sh" | BUOY_INSTALL_DIR="$(dirname "$0")" sh -s "$newest"
    echo "updated to $newest" ;;
  work)
    if broken waits; then curl -fsS "$BUOY_RELEASES/latest" || true; else curl -fsS --max-time 2 "$BUOY_RELEASES/latest" || true; fi
    echo worked ;;
esac
`;
