import type { OciRegistry } from "../registries/oci/oci.ts";
import type { RunEvent } from "../runner/contract.ts";
import type { World } from "../world.ts";
import { swap } from "./edits.ts";
import { starts } from "./events.ts";
import { aborted, type Fault } from "./fault.ts";
import { preflightJob } from "./preflight-job.ts";

const shared = { example: "container-image", stage: "publish-verify" } as const;
const name = "harbour/tide-almanac";
const trace = (fault: string) => ({ journal: "registry-requests", line: { fault } }) as const;

/** Lets the fault come between the push and the first look of publish-verify. */
const beforeVerify = (arrange: Arrange) => before("verify", arrange);

type Arrange = (registry: OciRegistry, world: World) => void;

function before(job: string, arrange: Arrange): (world: World, event: RunEvent) => void {
  return (world, event) => {
    const { images } = world.registries;
    if (!starts(event, job)) return;
    if (!images) throw new Error("expected a registry of images in this world, found none");
    arrange(images, world);
  };
}

/** Lets a job look at the login before the push. */
function withPreflight(text: string): string {
  const job = `${preflightJob({ permissions: ["contents: read"] })}  publish:\n`;
  const record = "        ${{ needs.build.outputs.record }}\n";
  return [
    swap("  publish:\n", job),
    swap(
      "    name: Publish\n    needs: [prepare, build]\n",
      "    name: Publish\n    needs: [prepare, build, preflight]\n",
    ),
    swap("needs: [prepare, build, publish]", "needs: [prepare, build, preflight, publish]"),
    swap(`records }}\n${record}`, `records }}\n${record}        \${{ needs.preflight.outputs.record }}\n`),
  ].reduce((changed, edit) => edit(changed), text);
}

/** Faults of an image registry. */
export const imageFaults: Fault[] = [
  {
    ...shared,
    name: "image-no-right",
    proves: "PUB-01 PUB-03 F41",
    title: "the login may pull and not push, which is found before anything is pushed",
    expected: aborted("publish.credential-rejected"),
    trace: trace("pull-only"),
    edits: {
      ".github/workflows/release.yml": withPreflight,
      ".github/seaworthy.yml": swap("    kind: oci\n", "    kind: oci\n    publishing: { by: token }\n"),
    },
    during: before("preflight", (oci) => oci.faults.pullOnly()),
  },
  {
    ...shared,
    name: "image-other-bytes",
    proves: "PUB-30",
    title: "the version's tag names another image than was built",
    expected: aborted("publish.hash-mismatch"),
    trace: trace("other-bytes"),
    during: beforeVerify((oci) => oci.faults.otherBytes(`${name}:1.1.0`)),
  },
  {
    ...shared,
    name: "image-layer-bytes",
    proves: "PUB-30",
    title: "a layer of the image comes with other bytes than its digest says",
    expected: aborted("publish.hash-mismatch"),
    trace: trace("other-bytes"),
    during: beforeVerify((oci) => {
      for (const digest of oci.layersOf(`${name}:1.1.0`).slice(-1)) oci.faults.otherBytes(`${name}@${digest}`);
    }),
  },
  {
    ...shared,
    name: "image-platform-missing",
    proves: "PUB-37",
    title: "the index is served, and the manifest of one platform is not",
    expected: aborted("publish.channel-incomplete"),
    trace: trace("withdrawn"),
    during: beforeVerify((oci) => {
      for (const digest of oci.platformsOf(`${name}:1.1.0`).slice(0, 1)) oci.faults.withdrawn(`${name}@${digest}`);
    }),
  },
  {
    ...shared,
    name: "image-tag-moved",
    proves: "PUB-32",
    title: "somebody has moved `latest` back to the release before",
    expected: aborted("publish.latest-wrong"),
    trace: trace("moved-tag"),
    during: beforeVerify((oci) => oci.faults.movedTag(`${name}:latest`, "1.0.0")),
  },
  {
    ...shared,
    name: "image-withdrawn",
    proves: "PUB-31",
    title: "the tag was deleted after the push, and the image is still there by its digest",
    expected: aborted("publish.live-timeout"),
    trace: trace("withdrawn"),
    during: beforeVerify((oci) => oci.faults.withdrawn(`${name}:1.1.0`)),
  },
  {
    ...shared,
    name: "image-lag",
    proves: "PUB-31 F46",
    title: "the tags name the new image a minute after the push, and the list of tags much later",
    expected: { verdict: "Released", reason: "" },
    trace: trace("lag"),
    during: before("publish", (oci) => oci.faults.lag({ read: 1, list: 30 })),
  },
  {
    ...shared,
    name: "image-limited",
    proves: "PUB-31",
    title: "the registry answers 429 until an instant that it names",
    expected: { verdict: "Released", reason: "" },
    trace: { journal: "registry-requests", line: { code: 429, fault: "limited" } },
    during: beforeVerify((oci, { clock }) => oci.faults.limitedUntil(new Date(clock.now().getTime() + 90_000))),
  },
  {
    ...shared,
    name: "image-unavailable",
    proves: "ALL-08",
    title: "the registry answers 503 to every question",
    expected: aborted("publish.remote-unknown"),
    trace: { journal: "registry-requests", line: { code: 503, fault: "unavailable" } },
    during: beforeVerify((oci) => oci.faults.unavailable()),
  },
  {
    ...shared,
    name: "image-response-lost",
    proves: "BLD-16",
    title: "the registry takes a manifest, and its answer is lost",
    expected: { verdict: "Released", reason: "" },
    trace: trace("lost-response"),
    during: before("publish", (oci) => oci.faults.loseResponse()),
  },
];
