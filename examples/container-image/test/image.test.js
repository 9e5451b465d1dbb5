import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { layOut, platforms } from "../src/layout.js";
import { tagsOf } from "../src/push.js";
import { packTar } from "../src/tar.js";

const files = new Map([
  ["srv/almanac/b.html", "b\n"],
  ["srv/almanac/a.html", "a".repeat(600)],
]);

test("the layer is a tar that tar reads, with nothing of this machine in it", () => {
  const folder = mkdtempSync(join(tmpdir(), "almanac-"));
  try {
    writeFileSync(join(folder, "layer.tar"), packTar(files));
    const listed = execFileSync("tar", ["-tf", join(folder, "layer.tar")], { encoding: "utf8" });
    assert.equal(listed, "srv/\nsrv/almanac/\nsrv/almanac/a.html\nsrv/almanac/b.html\n");
    const text = execFileSync("tar", ["-xOf", join(folder, "layer.tar"), "srv/almanac/a.html"], { encoding: "utf8" });
    assert.equal(text, "a".repeat(600));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the same files give the same image", () => {
  const digests = [files, new Map([...files].reverse())].map((each) => [...layOut(packTar(each), {}).keys()].sort());
  assert.deepEqual(digests[0], digests[1]);
});

test("every digest of the layout is that of the bytes behind it", () => {
  const layout = layOut(packTar(files), {});
  for (const [path, bytes] of layout) {
    if (!path.startsWith("blobs/")) continue;
    assert.equal(path, `blobs/sha256/${createHash("sha256").update(bytes).digest("hex")}`);
  }
});

test("the index names one image for each platform", () => {
  const layout = layOut(packTar(files), {});
  const [top] = JSON.parse(layout.get("index.json")).manifests;
  const { manifests } = JSON.parse(layout.get(`blobs/${top.digest.replace(":", "/")}`));
  assert.deepEqual(
    manifests.map(({ platform }) => platform),
    platforms,
  );
});

test("only a stable version moves the floating tags", () => {
  assert.deepEqual(tagsOf("1.4.2"), ["1.4.2", "1.4", "1", "latest"]);
  assert.deepEqual(tagsOf("1.5.0-rc.1"), ["1.5.0-rc.1"]);
});
