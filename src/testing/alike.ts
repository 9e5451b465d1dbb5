/** Lets one stand for each kind of package: one channel, or one client. */
export function alike<One>(one: One) {
  return { npm: one, pypi: one, cargo: one, go: one, oci: one };
}
