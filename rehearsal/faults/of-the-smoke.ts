import type { Edits } from "../amend.ts";
import { aborted, type Fault } from "./fault.ts";

const shared = { example: "npm-package", stage: "smoke-test" } as const;

/** Puts another section `smoke` into the configuration of the example. */
function smoke(section: string): Edits {
  return {
    ".github/seaworthy.yml": (text) => text.replace(/^smoke:\n[\s\S]*?(?=^watch:)/m, `smoke:\n${section}\n`),
  };
}

/** A section with one scenario that holds, and another one. */
function beside(scenario: string, more = ""): Edits {
  return smoke(`${more}  scenarios:
    - { id: version, run: tide-table --version, expect: { version: true } }
    - ${scenario}`);
}

const tides = `  endpoints: [{ id: tides, url: "http://127.0.0.1:9/tides", writes: true, data: DATA }]\n`;
const posting = `{ id: post, install: none, steps: [
        { kind: http, request: { endpoint: tides } },
        { kind: http, request: { endpoint: tides, method: POST, body: { at: 1 } } }] }`;
const limited = 'echo "usage limit reached" && exit 3';
const quota = "  on-external: report\n  signs: [{ id: quota, pattern: usage limit, class: agent }]\n";

/** Faults that a smoke test must notice, each planted in what the example tries. */
export const smokeFaults: Fault[] = [
  {
    ...shared,
    name: "smoke-cannot-fail",
    proves: "SMK-06",
    title: "a scenario passes whatever the product does",
    expected: aborted("smoke.cannot-fail"),
    edits: beside('{ id: blind, run: tide-table --version || echo "$RELEASE_VERSION", expect: { version: true } }'),
  },
  {
    ...shared,
    name: "smoke-silent",
    proves: "SMK-08",
    title: "a command falls silent and never ends",
    expected: aborted("smoke.hung"),
    edits: beside(
      "{ id: silent, run: tide-table --version; exec tail -f /dev/null, idle-timeout: 1s, expect: { exit: 0 } }",
    ),
  },
  {
    ...shared,
    name: "smoke-over-budget",
    proves: "SMK-03",
    title: "the scenarios of a channel take longer than they may together",
    expected: aborted("smoke.over-budget"),
    edits: beside(
      "{ id: long, run: tide-table --version; exec tail -f /dev/null, expect: { exit: 0 } }",
      "  budgets: { npm: 8s }\n",
    ),
  },
  {
    ...shared,
    name: "smoke-skipped",
    proves: "SMK-11",
    title: "a required scenario says that it did not run",
    expected: aborted("smoke.skipped"),
    edits: beside("{ id: suite, steps: [{ kind: command, run: exit 77, skip-exit: 77, expect: { exit: 0 } }] }"),
  },
  {
    ...shared,
    name: "smoke-baseline-red",
    proves: "SMK-11 SMK-02",
    title: "the baseline executed fewer tests than it must",
    expected: aborted("smoke.too-few-executed"),
    edits: beside(`{ id: suite, baseline: true, writes: [junit.xml], steps: [{ kind: command,
        run: 'tide-table --version && echo "<testsuite><testcase name=\\"one\\"><skipped/></testcase></testsuite>" > junit.xml',
        results: { junit: junit.xml, min-executed: 1, max-skipped: 1 } }] }`),
  },
  {
    ...shared,
    name: "smoke-other-program",
    proves: "SMK-10 F52",
    title: "a scenario calls a program that the package lacks and the machine has",
    expected: aborted("smoke.wrong-binary"),
    edits: beside("{ id: other, run: node --version, programs: [node], expect: { exit: 0 } }"),
  },
  {
    ...shared,
    name: "smoke-probe-lost",
    proves: "SMK-41 F53",
    title: "a value that was stored does not come back",
    expected: aborted("smoke.probe-failed"),
    edits: beside(`{ id: probe, steps: [
        { kind: probe, act: store, value: word, run: 'tide-table --help > "$PROBE_VALUE"' },
        { kind: probe, act: recall, value: word, run: tide-table --help }], writes: [.] }`),
  },
  {
    ...shared,
    name: "smoke-half-wired",
    proves: "SMK-42 F53",
    title: "a value is recalled that nothing has stored",
    expected: aborted("smoke.half-wired"),
    edits: beside("{ id: half, steps: [{ kind: probe, act: recall, value: word, run: tide-table --help }] }"),
  },
  {
    ...shared,
    name: "smoke-dishonest",
    proves: "SMK-42 F53",
    title: "the product claims what it cannot",
    expected: aborted("smoke.capability-dishonest"),
    edits:
      beside(`{ id: resume, capability: { run: "tide-table --help > /dev/null && echo '{\\"resume\\":true}'", pointer: /resume }, steps: [
        { kind: probe, act: store, value: word, run: tide-table --help },
        { kind: probe, act: recall, value: word, run: tide-table --help }] }`),
  },
  {
    ...shared,
    name: "smoke-real-data",
    proves: "SMK-32",
    title: "a step would write to what is not marked as test data",
    expected: aborted("smoke.real-data"),
    edits: beside(posting, tides.replace("DATA", "unmarked")),
  },
  {
    ...shared,
    name: "smoke-endpoint-uncovered",
    proves: "SMK-30",
    title: "an endpoint that can write has no write case",
    expected: aborted("smoke.endpoint-uncovered"),
    edits: beside(
      "{ id: read, install: none, steps: [{ kind: http, request: { endpoint: tides } }] }",
      tides.replace("DATA", "synthetic"),
    ),
  },
  {
    ...shared,
    name: "smoke-environment",
    proves: "F47",
    title: "a dependency fails three times by a sign that is known",
    expected: aborted("smoke.case-failed"),
    edits: beside(
      "{ id: tls, run: 'tide-table --version && echo handshake failed && exit 7', expect: { exit: 0 } }",
      "  signs: [{ id: tls, pattern: handshake failed, exit: 7, class: environment }]\n",
    ),
  },
  {
    ...shared,
    name: "smoke-external-only",
    proves: "SMK-07",
    title: "every scenario but too few is refused by an agent",
    expected: aborted("smoke.external-only"),
    edits: beside(
      `{ id: relay, run: '${limited}', graceful: { exit: 3 }, expect: { exit: 0 } }`,
      `${quota}  min-pass: 2\n`,
    ),
  },
  {
    ...shared,
    name: "smoke-refused-crudely",
    proves: "SMK-07",
    title: "an agent refuses, and no clean end follows",
    expected: aborted("smoke.product-failure"),
    edits: beside(`{ id: relay, run: '${limited}', graceful: { exit: 0 }, expect: { exit: 0 } }`, quota),
  },
  {
    ...shared,
    name: "smoke-regression-unproven",
    proves: "SMK-14",
    title: "a guard of a fix passes with the version before, too",
    expected: aborted("smoke.regression-unproven"),
    edits: beside("{ id: guard, run: tide-table --help, fixed-in: 1.1.0, expect: { exit: 0 } }"),
  },
  {
    ...shared,
    name: "smoke-upgrade-fails",
    proves: "SMK-23",
    title: "what the version before wrote does not work after the upgrade",
    expected: aborted("smoke.upgrade-failed"),
    edits: beside(`{ id: upgrade, writes: [old.txt], steps: [
        { kind: install, version: previous },
        { kind: command, run: tide-table --version > old.txt, expect: { files: [old.txt] } },
        { kind: install, keeps: [old.txt] },
        { kind: command, run: test "$(tide-table --version)" = "$(cat old.txt)", expect: { exit: 0 } }] }`),
  },
  {
    ...shared,
    name: "smoke-model-replaced",
    proves: "SMK-12",
    title: "the product's record names another model than it was told to use",
    expected: aborted("smoke.model-substituted"),
    edits: beside(
      `{ id: relay, uses: [small], writes: [runs.jsonl], run: 'tide-table --help && echo "{\\"model\\":\\"large\\"}" > runs.jsonl',
        expect: { models: [{ file: runs.jsonl, pointer: /model, parameter: small }] } }`,
      "  parameters: [{ id: small, kind: model, value: tiny-1, verified-on: 2026-11-01 }]\n",
    ),
  },
  {
    ...shared,
    name: "smoke-spec-unobserved",
    proves: "SMK-40 F54",
    title: "a scenario of the specification has no observation",
    expected: aborted("smoke.scenario-unobserved"),
    edits: {
      ...beside(
        "{ id: first, covers: [SC-1], run: tide-table --help, expect: { exit: 0 } }",
        "  specification: { files: [docs/spec.md], ids: 'SC-\\d+' }\n",
      ),
      "docs/spec.md": () => "# Tides\n\n## SC-1 It helps\n\n## SC-2 It counts\n",
    },
  },
];
