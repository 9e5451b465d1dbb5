/** Names an asset as GitHub keeps it: characters other than these become periods. Doing it first keeps names comparable. */
export function assetName(path: string): string {
  return path.replace(/[^A-Za-z0-9._+-]+/g, ".").replace(/^\.+|\.+$/g, "");
}

/** Tells whether an asset is a report of a verdict, which lies beside the files of a release; that of a rerun carries its digest. */
export function isReportAsset(name: string): boolean {
  return /^((verdict|verified)(-[0-9a-f]{12})?\.json|report(-[0-9a-f]{12})?\.html)$/.test(name);
}
