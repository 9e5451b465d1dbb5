/** What credentials look like, whoever issued them, and what stays of each. */
const shapes: [shape: RegExp, stays: string][] = [
  [/-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}-----|$)/g, "***"],
  // GitHub's signed form is an app's number and a JWT behind the same beginning.
  [/gh[opsru]_[\w-]{16,}(?:\.[\w-]+)*/g, "***"],
  [/(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/g, "***"],
  [/github_pat_[A-Za-z0-9_]{16,}/g, "***"],
  [/npm_[A-Za-z0-9]{36,}/g, "***"],
  [/(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g, "***"],
  [/\b(bearer\s+)[\w.~+/-]{16,}=*/gi, "$1***"],
  [/\b(authorization["']?\s*[:=]\s*["']?(?:basic|token)\s+)[^\s"']+/gi, "$1***"],
  [/(_(?:authToken|auth|password)\s*=\s*)\S+/g, "$1***"],
  [/(:\/\/)[^\s/?#"'<>]{1,512}@/g, "$1***@"],
];

/** Replaces everything that has the shape of a well-known credential by `***`: a log may hold what nobody told the suite of. */
export function hideTokens(text: string): string {
  return shapes.reduce((rest, [shape, stays]) => rest.replace(shape, stays), text);
}
