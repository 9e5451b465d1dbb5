const tests = "\\.test\\.ts$";
const fakes = "^(src|actions/[^/]+/src)/testing/";
const effects =
  "^(node:)?(fs|fs/promises|child_process|net|tls|dgram|http|http2|https|dns|os|worker_threads)$|^@actions/|^@octokit/|^undici(/|$)|(^|/)node_modules/undici/";

/** The layers of ARCHITECTURE.md as rules; `tests/architecture` sees each of them catch a forbidden import. */
export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "domain-stands-alone",
      comment: "The domain knows zod, semver and canonical JSON, and no other room.",
      severity: "error",
      from: { path: "^src/domain/", pathNot: tests },
      to: { path: "^(src|actions|rehearsal|scripts)/", pathNot: "^src/domain/" },
    },
    {
      name: "ports-import-only-domain",
      severity: "error",
      from: { path: "^src/ports/" },
      to: { path: "^(src|actions|rehearsal|scripts)/", pathNot: "^src/(domain|ports)/" },
    },
    {
      name: "contract-imports-only-domain",
      severity: "error",
      from: { path: "^src/contract/", pathNot: tests },
      to: { path: "^(src|actions|rehearsal|scripts)/", pathNot: "^src/(domain|contract)/" },
    },
    {
      name: "reports-are-pure",
      severity: "error",
      from: { path: "^src/report/", pathNot: tests },
      to: { path: "^(src|actions|rehearsal|scripts)/", pathNot: "^src/(domain|report|contract)/" },
    },
    {
      name: "only-main-meets-adapters",
      comment: "Stages are handed their ports; only the wiring and the error boundary know what stands behind them.",
      severity: "error",
      from: {
        path: "^(src|actions)/",
        pathNot: `^src/(adapters/|run-action\\.ts$|conclude-stage\\.ts$)|/src/main\\.ts$|${tests}`,
      },
      to: { path: "^src/adapters/" },
    },
    {
      name: "actions-are-strangers",
      severity: "error",
      from: { path: "^actions/([^/]+)/" },
      to: { path: "^actions/([^/]+)/", pathNot: "^actions/$1/" },
    },
    {
      name: "effects-only-in-adapters",
      comment: "Only adapters and the error boundary touch the runner, GitHub, processes, disk and network.",
      severity: "error",
      from: {
        path: "^(src|actions)/",
        pathNot: `^src/(adapters/|testing/|run-action\\.ts$|conclude-stage\\.ts$)|${tests}`,
      },
      to: { path: effects },
    },
    {
      name: "fakes-stay-in-tests",
      severity: "error",
      from: { path: "^(src|actions)/", pathNot: `${fakes}|${tests}` },
      to: { path: fakes },
    },
    {
      name: "shared-fakes-know-no-stage",
      comment: "What sets up one stage stands beside it, under `actions/<name>/src/testing`.",
      severity: "error",
      from: { path: "^src/testing/" },
      to: { path: "^actions/" },
    },
    {
      name: "rehearsal-runs-the-shipped-files",
      comment: "The rehearsal may read the suite's schemas and domain types, never its stages or adapters.",
      severity: "error",
      from: { path: "^rehearsal/" },
      to: { path: "^(actions|src)/", pathNot: "^src/(contract|domain)/" },
    },
    {
      name: "the-suite-knows-no-rehearsal",
      severity: "error",
      from: { path: "^(src|actions)/" },
      to: { path: "^(rehearsal|scripts|tests|bench)/" },
    },
    {
      name: "no-development-packages-in-the-suite",
      severity: "error",
      from: { path: "^(src|actions)/", pathNot: `${fakes}|${tests}` },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], pathNot: "node_modules/@actions/artifact/" },
    },
    { name: "everything-resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|build|examples|\\.cache)/" },
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".mjs"],
      conditionNames: ["import", "node", "default"],
      exportsFields: ["exports"],
    },
  },
};
