/**
 * Makes a child process live in the rehearsal's time: `node --import <this file> …`.
 *
 * Replaced: `setTimeout` of `timers/promises` (what a shipped bundle sleeps with) and every reading of the wall clock
 * through `Date`. A sleep moves the machine's shared offset through the clock's endpoint instead of waiting.
 * Kept real: the global timers (HTTP clients and process time-outs need them), `performance`, `Intl` formatting of
 * "now", and file times. Between two of its own sleeps a process does not notice that another one moved the time.
 * Plain JavaScript without dependencies: it also runs inside processes that know nothing of this repository.
 */
const { request } = process.getBuiltinModule("node:http");
const { syncBuiltinESMExports } = process.getBuiltinModule("node:module");
const timers = process.getBuiltinModule("node:timers/promises");

const LONGEST_DELAY = 2 ** 31 - 1;
const endpoint = process.env.SEAWORTHY_REHEARSAL_CLOCK;
if (!endpoint) throw new Error("expected the clock's address in SEAWORTHY_REHEARSAL_CLOCK, found nothing.");

const WallDate = globalThis.Date;
const wallNow = WallDate.now;
let offset = 0;
const virtualNow = () => wallNow() + offset;

offset = await ask("GET", "/offset");

timers.setTimeout = sleep;
syncBuiltinESMExports();

WallDate.now = virtualNow;
const VirtualDate = new Proxy(WallDate, {
  apply: () => new WallDate(virtualNow()).toString(),
  construct: (target, given, newTarget) =>
    Reflect.construct(
      target,
      given.length === 0 ? [virtualNow()] : given,
      newTarget === VirtualDate ? target : newTarget,
    ),
});
// The same prototype on both keeps `instanceof` and `date.constructor` true for dates made before and after this line.
WallDate.prototype.constructor = VirtualDate;
globalThis.Date = VirtualDate;

/** Has the signature, the defaults and the errors of `timers/promises`.setTimeout. */
async function sleep(delay, value, { signal, ref = true } = {}) {
  if (delay !== undefined && typeof delay !== "number") {
    throw Object.assign(new TypeError(`The "delay" argument must be of type number. Received ${typeof delay}`), {
      code: "ERR_INVALID_ARG_TYPE",
    });
  }
  if (signal?.aborted) throw abortError(signal);
  // Node.js treats an absent, negative or too long delay as one millisecond.
  const ms = delay >= 1 && delay <= LONGEST_DELAY ? Math.trunc(delay) : 1;
  offset = await ask("POST", `/sleep?ms=${ms}`, { signal, ref });
  return value;
}

function abortError(signal) {
  const error = new Error("The operation was aborted", { cause: signal.reason });
  return Object.assign(error, { name: "AbortError", code: "ABORT_ERR" });
}

/** Asks the clock and returns its offset in milliseconds. An unreachable clock rejects: nothing falls back to waiting. */
function ask(method, path, { signal, ref = true } = {}) {
  return new Promise((resolve, reject) => {
    const headers = { "x-process": `${process.pid}` };
    const call = request(new URL(path, endpoint), { method, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("error", failed);
      response.on("data", (part) => {
        text += part;
      });
      response.on("end", () => {
        signal?.removeEventListener("abort", aborted);
        const answer = response.statusCode === 200 ? Number(text) : Number.NaN;
        if (Number.isFinite(answer)) resolve(answer);
        else reject(new Error(`the rehearsal's clock answered ${response.statusCode}: ${text}`));
      });
    });
    function aborted() {
      reject(abortError(signal));
      call.destroy();
    }
    function failed(cause) {
      signal?.removeEventListener("abort", aborted);
      reject(new Error(`the rehearsal's clock at ${endpoint} does not answer`, { cause }));
    }
    signal?.addEventListener("abort", aborted, { once: true });
    call.on("error", failed);
    if (!ref) call.on("socket", (socket) => socket.unref());
    call.end();
  });
}
