import type { BuiltFile } from "#src/domain/build-manifest";
import { canonicalJson } from "#src/domain/digest";
import { Failure } from "#src/domain/failure";
import type { Mode } from "#src/domain/release";
import { decidingCode } from "#src/domain/verdict";
import type { CommandChannel } from "#src/ports/command-channel";
import type { IdentityClaims } from "#src/ports/job-identity";
import type { ChannelLook } from "#src/ports/package-channel";
import type { CredentialQuestion, CredentialSighting } from "#src/ports/publishing-client";
import type { TreeSighting } from "#src/ports/tag-content";
import type { TagRules } from "#src/ports/tag-rules";
import { alike } from "#src/testing/alike";
import { aBuiltFile } from "#src/testing/build-builders";
import { aContext, anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";
import { FakePackageChannel, FakeTagContent } from "#src/testing/fake-channels";
import { FakeReleases } from "#src/testing/fake-releases";
import { verifyPreflight } from "../preflight/verify-preflight.ts";
import { channelPorts } from "./channel-ports.ts";

/** The workflow that runs. */
export const runningWorkflow = "octo/tide/.github/workflows/release.yml@refs/heads/main";

/** What is there before one channel is published to; everything that is not told is as it should be. */
export interface PreflightScene {
  /** The channel as the configuration has it, without its id. */
  channel: Record<string, unknown>;
  others?: object[];
  /** Further sections of the configuration. */
  config?: object;
  files?: BuiltFile[];
  /** What lies beside the manifest of the build. */
  packed?: Record<string, Uint8Array>;
  variables?: Record<string, string>;
  /** What is said of the credential, or why its client cannot be asked. */
  credential?: CredentialSighting | Failure;
  undo?: Awaited<ReturnType<CommandChannel["credential"]>>["undo"];
  client?: string | undefined;
  workflow?: string;
  mayIdentify?: boolean;
  /** What a registry would hear of the job. */
  claims?: IdentityClaims;
  look?: ChannelLook;
  /** Input `channels`. */
  channels?: string;
  mode?: Mode;
  /** What the remote serves at the tag. */
  tag?: TreeSighting;
  rules?: Awaited<ReturnType<TagRules["against"]>>;
  releases?: FakeReleases;
}

const accepted: CredentialSighting = { seen: "accepted", as: "ada", rights: "write" };
const there: TreeSighting = { seen: "served", commit: aSha(), digests: new Map() };

/** Sits through the preflight of a scene. */
export async function sitPreflight(scene: PreflightScene) {
  const { look = { version: { seen: "absent" }, pointers: new Map(), known: true }, mode = "live" } = scene;
  const context = aContext(
    { channels: [{ id: "one", ...scene.channel }, ...(scene.others ?? [])], ...scene.config },
    [buildOf(scene)],
    aRelease({ mode }),
  );
  const asked: (CredentialQuestion | { run: string; variables: string[] })[] = [];
  const client = clientFor(scene, asked);
  const content = new FakeTagContent({ "refs/tags/v1.1.0": scene.tag ?? there });
  const ports = channelPorts(new FakePackageChannel(look), content);
  const report = await verifyPreflight({ channels: scene.channels ?? "" }, context, {
    ...ports,
    command: { ...ports.command, credential: (question) => commandFor(scene, asked, question) },
    clients: { ...alike(client), "github-release": client },
    releases: scene.releases ?? new FakeReleases(),
    rules: { against: () => Promise.resolve(scene.rules ?? { rulesets: [] }) },
    job: {
      server: "https://github.example",
      repository: "octo/tide",
      claims: () => Promise.resolve(scene.claims ?? {}),
      workflow: scene.workflow ?? runningWorkflow,
      mayIdentify: scene.mayIdentify ?? true,
      variable: (name) => scene.variables?.[name],
    },
  });
  const { channels } = JSON.parse(String(report.attachments?.[0]?.content));
  const checkOf = (id: string) => report.checks.find((check) => check.id === id);
  return { report, asked, code: decidingCode(report.checks), row: channels[0], checkOf };
}

function buildOf({ files = [aBuiltFile()], packed = {} }: PreflightScene) {
  const manifest = { tag: "v1.1.0", version: "1.1.0", commit: aSha(), run: "7", workflow: runningWorkflow, files };
  const text = canonicalJson({ schema: "seaworthy-build-manifest/1", ...manifest });
  const build = anArrival(aRecord({ stage: "build-manifest" }), { "manifest.json": text });
  for (const [name, bytes] of Object.entries(packed)) build.attachments.set(`files/${name}`, bytes);
  return build;
}

function clientFor(scene: PreflightScene, asked: object[]) {
  return {
    credential: async (question: CredentialQuestion) => {
      asked.push(question);
      return told(scene);
    },
    version: () => Promise.resolve("client" in scene ? scene.client : "11.6.0"),
  };
}

async function commandFor(
  scene: PreflightScene,
  asked: object[],
  { run, variables }: { run: string; variables: string[] },
) {
  asked.push({ run, variables });
  return { credential: told(scene), ...(scene.undo ? { undo: scene.undo } : {}) };
}

function told({ credential = accepted }: PreflightScene): CredentialSighting {
  if (credential instanceof Failure) throw credential;
  return credential;
}
