/** Whose failure a log speaks of: the product's, or that of the machine, the network and what lies behind it (GAT-06). */
export type FailureClass = "product" | "environment";

/** Words of clients, resolvers, TLS libraries and kernels. A refused connection is left out: it may be the product's own. */
const ofTheEnvironment = [
  /\b(ECONNRESET|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOSPC|ENOMEM)\b/,
  /\b(CERT_HAS_EXPIRED|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN)\b/,
  /could not resolve host|temporary failure in name resolution|name or service not known/i,
  /tls handshake (timeout|failed|failure)|ssl(v3)? (alert|error)|certificate verify failed/i,
  /connection (reset by peer|timed out)|network is unreachable|read timed out/i,
  /\b50[234]:? (bad gateway|service (temporarily )?unavailable|gateway time-?out)/i,
  /no space left on device|cannot allocate memory|out of memory/i,
];

/** Classifies a failed command by its log. Every class blocks alike; the class tells whose move it is. */
export function failureClass(log: string): FailureClass {
  return ofTheEnvironment.some((pattern) => pattern.test(log)) ? "environment" : "product";
}
