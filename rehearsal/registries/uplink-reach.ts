import { request as plain } from "node:http";
import { request as secure } from "node:https";

/** Where another registry is, and which certificates to trust there, as PEM text. */
export interface Reach {
  url: string;
  ca?: string | undefined;
}

const TIMEOUT_MS = 5_000;

/** Says why a registry gives no answer; undefined when it answers anything at all. */
export function unreachableBecause({ url, ca }: Reach): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = url.startsWith("https:") ? secure : plain;
    const call = request(url, { timeout: TIMEOUT_MS, ...(ca === undefined ? {} : { ca }) }, (response) => {
      response.resume();
      resolve(undefined);
    });
    call.once("timeout", () => call.destroy(new Error(`no answer within ${TIMEOUT_MS / 1_000} s`)));
    call.once("error", (error: NodeJS.ErrnoException) => resolve(error.message || error.code || "no answer"));
    call.end();
  });
}
