import { afterAll, expect } from "vitest";

const before = shared();

// Registered before any hook of the file, so it comes last.
afterAll(async () => {
  const after = shared();
  const names = Object.keys({ ...before.environment, ...after.environment });
  expect(names.filter((name) => before.environment[name] !== after.environment[name])).toEqual([]);
  expect(after.exitCode).toBe(before.exitCode);
  expect(after.globals).toEqual(before.globals);
  expect(after.listeners).toEqual(before.listeners);
  const { refuseForbiddenWrite } = await import("#src/adapters/write-permission");
  expect(() => refuseForbiddenWrite("what the next file writes")).not.toThrow();
});

/** What a file of fast tests shares with those that run after it in its thread. No signal ever reaches a thread. */
function shared() {
  const heard = process.eventNames().filter((name) => !/^SIG/.test(String(name)));
  return {
    environment: { ...process.env },
    exitCode: process.exitCode,
    globals: [Date, fetch, setTimeout, process.stdout.write],
    listeners: Object.fromEntries(heard.map((name) => [String(name), process.listenerCount(name)])),
  };
}
