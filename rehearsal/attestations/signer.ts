import { createHash, generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import { bundleToJSON } from "@sigstore/bundle";
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog, rekorHandler } from "@sigstore/mock";
import { DSSEBundleBuilder, FulcioSigner, RekorWitness } from "@sigstore/sign";
import { listenOnLoopback } from "../clock/loopback.ts";

/** Name of the authority that a rehearsal's roots carry; a live release refuses what only this one vouches for. */
export const rehearsalAuthority = "seaworthy-rehearsal";

/** What is signed: files by name and SHA-256, and the workflow that claims to have built them. */
export interface Claim {
  subjects: { name: string; sha256: string }[];
  /** `https://<server>/<owner>/<name>/<path>@<ref>` */
  workflow: string;
  issuer?: string;
  predicateType?: string;
}

/** A certificate authority with its logs, on this machine and for this run only. */
export interface RehearsalSigner {
  /** Trusted root in Sigstore's own form. */
  root: object;
  attest(claim: Claim): Promise<object>;
  close(): Promise<void>;
}

const statementType = "application/vnd.in-toto+json";
const usualIssuer = "https://token.actions.githubusercontent.com";

/** Starts an authority with fresh keys, whose bundles are real and hold under its own root alone. */
export async function startSigner(): Promise<RehearsalSigner> {
  const keys = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
  const server = createServer();
  const { url, close } = await listenOnLoopback(server);
  const certificateLog = await initializeCTLog(keys());
  const authority = await initializeCA(keys(), certificateLog);
  const log = await initializeTLog(url, keys());
  serve(server, [fulcioHandler(authority, { subjectClaim: "sub" }), rekorHandler(log)]);
  const validFor = { start: new Date(Date.now() - 60_000).toISOString() };
  const publicKey = (der: Buffer) => ({
    rawBytes: der.toString("base64"),
    keyDetails: "PKIX_ECDSA_P256_SHA_256",
    validFor,
  });
  const instance = (der: Buffer, keyId: Buffer) => ({
    baseUrl: url,
    hashAlgorithm: "SHA2_256",
    publicKey: publicKey(der),
    logId: { keyId: keyId.toString("base64") },
  });
  const root = {
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: [instance(log.publicKey, createHash("sha256").update(log.publicKey).digest())],
    certificateAuthorities: [
      {
        subject: { organization: rehearsalAuthority, commonName: rehearsalAuthority },
        uri: url,
        certChain: { certificates: [{ rawBytes: bytesOf(authority.rootCertificate).toString("base64") }] },
        validFor,
      },
    ],
    ctlogs: [instance(certificateLog.publicKey, bytesOf(certificateLog.logID))],
    timestampAuthorities: [],
  };
  return { root, attest: (claim) => attest(claim, url), close };
}

async function attest(
  { subjects, workflow, issuer = usualIssuer, predicateType }: Claim,
  url: string,
): Promise<object> {
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: subjects.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: predicateType ?? "https://slsa.dev/provenance/v1",
    predicate: {},
  };
  const builder = new DSSEBundleBuilder({
    signer: new FulcioSigner({
      fulcioBaseURL: url,
      identityProvider: { getToken: () => Promise.resolve(tokenOf({ sub: workflow, iss: issuer })) },
    }),
    // The log knows envelopes by their older kind only.
    witnesses: [new RekorWitness({ rekorBaseURL: url, entryType: "intoto" })],
  });
  const data = Buffer.from(JSON.stringify(statement));
  return bundleToJSON(await builder.create({ data, type: statementType }));
}

/** A token that nobody signed: the authority of a rehearsal believes whoever asks. */
function tokenOf(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part(claims)}.${Buffer.from("none").toString("base64url")}`;
}

function bytesOf(view: ArrayBufferView): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

function serve(server: Server, handlers: ReturnType<typeof rekorHandler>[]): void {
  server.on("request", (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const handler = handlers.find(({ path }) => path === request.url);
      if (!handler) return response.writeHead(404).end();
      const answer = await handler.fn(Buffer.concat(chunks).toString());
      response.writeHead(answer.statusCode, { "content-type": answer.contentType ?? "text/plain" });
      return response.end(typeof answer.response === "string" ? answer.response : bytesOf(answer.response));
    });
  });
}
