// A machine on which nobody waits: the pauses between retries of HTTP clients pass at once.
const wait = globalThis.setTimeout;
globalThis.setTimeout = (callback, _milliseconds, ...args) => wait(callback, 1, ...args);
