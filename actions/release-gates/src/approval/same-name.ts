/** Tells whether two logins, or two names of environments, are the same: GitHub does not mind their case. */
export function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
