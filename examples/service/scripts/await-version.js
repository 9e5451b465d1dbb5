import { setTimeout as pause } from "node:timers/promises";

const PATIENCE_MS = 15_000;
const [url, wanted, pid] = process.argv.slice(2);
const deadline = performance.now() + PATIENCE_MS;
let found = await served();

while (found !== wanted && performance.now() < deadline && isAlive(Number(pid))) {
  await pause(100);
  found = await served();
}
if (found !== wanted) {
  console.error(`expected version ${wanted} at ${url}, found ${found}`);
  process.exitCode = 1;
}

async function served() {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return (await response.json()).version;
  } catch (error) {
    return `no answer (${error.cause?.code ?? error.message})`;
  }
}

function isAlive(id) {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
