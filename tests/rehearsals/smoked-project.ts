import { hexDigest } from "#src/domain/digest";
import { aProject, callers, releaseUntilBuild } from "./a-project.ts";

const workflow = `${releaseUntilBuild}  conclude:
    name: Conclude
    needs: [prepare, build]
    if: always()
    permissions: { contents: write }
    uses: ${callers("conclude-release")}
    with:
      rehearsal: \${{ inputs.rehearsal }}
      published: \${{ needs.build.result == 'success' }}
      results: \${{ toJSON(needs) }}
      smoke-systems: '["ubuntu-latest", "ubuntu-24.04"]'
      records: |
        \${{ needs.prepare.outputs.records }}
        \${{ needs.build.outputs.record }}
`;

const notes = "## SC-2 Notes\n\nWhat one run notes, the next one reads.\n";
const specification = `# Harbour\n\n## SC-1 Hello\n\nIt greets.\n\n${notes}`;

const program = `const { appendFileSync, readFileSync, writeFileSync } = require("node:fs");
const [, , word = "hello", value] = process.argv;
const model = process.env.PARAM_SMALL_MODEL;
if (word === "note") appendFileSync("notes.jsonl", JSON.stringify({ note: value, model }) + "\\n");
else if (word === "notes") process.stdout.write(readFileSync("notes.jsonl"));
else if (word === "can") console.log(JSON.stringify({ notes: true, resume: false }));
else if (word === "suite") writeFileSync("junit.xml", '<testsuite name="areas"><testcase name="notes"/></testsuite>');
else console.log(word === "--version" ? "harbour 1.0.0" : word);
`;

const run = (line: string) => `node repository/index.js ${line}`;

const configuration = (url: string) => `version: { sources: [{ kind: npm }], first-release: true }
changelog: { format: none }
gates:
  - { id: greets, title: It greets, kind: command, run: node index.js }
channels:
  - { id: repository, kind: git-tag }
smoke:
  systems: [ubuntu-latest, ubuntu-24.04]
  min-executed: 6
  endpoints: [{ id: notes, url: "${url}", writes: true, data: synthetic }]
  parameters: [{ id: small-model, kind: model, value: tiny-1, verified-on: 2026-11-01 }]
  specification: { files: [docs/spec.md], ids: 'SC-\\d+' }
  scenarios:
    - id: suite
      baseline: true
      writes: [junit.xml]
      steps: [{ kind: command, run: ${run("suite")}, results: { junit: junit.xml } }]
    - { id: hello, covers: [SC-1], repeat: 2, run: ${run("hello")}, expect: { exit: 0, output-contains: [hello] } }
    - id: notes
      covers: [SC-2]
      capability: { run: ${run("can")}, pointer: /notes }
      spec-ref: { file: docs/spec.md, heading: SC-2 Notes, seen: ${hexDigest("sha256", notes).slice(0, 12)} }
      uses: [small-model]
      writes: [notes.jsonl]
      steps:
        - { kind: probe, act: store, value: word, run: '${run('note "$PROBE_VALUE"')}' }
        - { kind: probe, act: recall, value: word, run: ${run("notes")} }
        - kind: command
          run: ${run("note again")}
          expect:
            models: [{ file: notes.jsonl, pointer: /model, parameter: small-model }]
            sequences: [{ file: notes.jsonl, pointer: /model, equals: [tiny-1, tiny-1] }]
    - id: resume
      capability: { run: ${run("can")}, pointer: /resume }
      steps:
        - { kind: probe, act: store, value: word, run: ${run("hello")} }
        - { kind: probe, act: recall, value: word, run: ${run("hello")} }
    - { id: companion, companion: { minimum: 0.9.0 }, required: false, run: ${run("--version")}, expect: { exit: 0 } }
    - id: service
      install: none
      steps:
        - { kind: probe, act: store, value: note, request: { endpoint: notes, method: POST, body: { note: "{PROBE_VALUE}" } } }
        - { kind: probe, act: recall, value: note, request: { endpoint: notes } }
        - { kind: http, request: { endpoint: notes }, expect: { json: [{ pointer: /service, equals: harbour }] } }
watch: { not-applicable: a program without a host }
`;

/** Makes a checkout of a project whose smoke test takes every kind of step, on two systems; its service answers at an address. */
export function smokedProject(url: string): string {
  return aProject("harbour", {
    "package.json": `${JSON.stringify({ name: "harbour", version: "1.0.0" }, null, 2)}\n`,
    "index.js": program,
    "docs/spec.md": specification,
    ".github/seaworthy.yml": configuration(url),
    ".github/workflows/release.yml": workflow,
  });
}
