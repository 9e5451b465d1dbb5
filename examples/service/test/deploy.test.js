import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const checkout = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tide-gauge-"));
const home = join(folder, "home");
let port;

before(async () => {
  port = await freePort();
});

after(() => {
  process.kill(pid());
  rmSync(folder, { recursive: true });
});

describe("the deploy script", { skip: process.platform === "win32" }, () => {
  it("cannot roll back before there is a previous version", () => {
    const { status, stderr } = deploy("--rollback");
    assert.equal(status, 1);
    assert.match(stderr, /no previous version/);
  });

  it("starts a version that outlives the script and its checkout", async () => {
    const tree = aVersion("1.0.0");
    assert.equal(deploy("--directory", tree).status, 0);
    rmSync(tree, { recursive: true });
    assert.equal(await served(), "1.0.0");
  });

  it("replaces the running version", async () => {
    const before = pid();
    assert.equal(deploy("--directory", aVersion("1.1.0")).status, 0);
    assert.equal(await served(), "1.1.0");
    assert.doesNotMatch(
      spawnSync("ps", ["-o", "args=", "-p", String(before)], { encoding: "utf8" }).stdout,
      /main\.js/,
    );
  });

  it("fails for a version that does not start, and returns to the one before", async () => {
    const tree = aVersion("1.2.0");
    writeFileSync(join(tree, "src/main.js"), "throw new Error('broken at start');\n");
    const { status, stderr } = deploy("--directory", tree);
    assert.equal(status, 1);
    assert.match(stderr, /broken at start[\s\S]*version 1\.2\.0 does not answer/);
    assert.equal(deploy("--rollback").status, 0);
    assert.equal(await served(), "1.1.0");
  });

  it("refuses what it does not understand", () => {
    assert.equal(deploy("--force").status, 2);
    assert.equal(deploy("--port", "http").status, 2);
    assert.match(deploy("--directory", folder).stderr, /expected package\.json and src/);
  });
});

function deploy(...args) {
  const env = { ...process.env, TIDE_GAUGE_HOME: home, PORT: String(port) };
  return spawnSync(join(checkout, "scripts/deploy.sh"), args, { env, encoding: "utf8" });
}

function aVersion(version) {
  const tree = mkdtempSync(join(folder, "tree-"));
  cpSync(join(checkout, "src"), join(tree, "src"), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8"));
  writeFileSync(join(tree, "package.json"), JSON.stringify({ ...manifest, version }));
  return tree;
}

async function served() {
  return (await (await fetch(`http://127.0.0.1:${port}/version`)).json()).version;
}

function pid() {
  return Number(readFileSync(join(home, "pid"), "utf8"));
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
