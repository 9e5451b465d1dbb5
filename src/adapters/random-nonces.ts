import { randomBytes } from "node:crypto";
import type { Nonces } from "#src/ports/nonces";

/** Random values of 80 bits, in letters and digits that no shell and no address needs to quote. */
export const randomNonces: Nonces = { next: () => `n${randomBytes(10).toString("hex")}` };
