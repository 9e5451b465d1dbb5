/** The actions of the suite, by name; each starts when its module is imported. The bundle holds them all, and runs one. */
const actions = {
  "plan-release": () => import(/* webpackMode: "eager" */ "../actions/plan-release/src/main.ts"),
  "release-gates": () => import(/* webpackMode: "eager" */ "../actions/release-gates/src/main.ts"),
  promote: () => import(/* webpackMode: "eager" */ "../actions/promote/src/main.ts"),
  "auto-tag": () => import(/* webpackMode: "eager" */ "../actions/auto-tag/src/main.ts"),
  "build-manifest": () => import(/* webpackMode: "eager" */ "../actions/build-manifest/src/main.ts"),
  "publish-verify": () => import(/* webpackMode: "eager" */ "../actions/publish-verify/src/main.ts"),
  "smoke-test": () => import(/* webpackMode: "eager" */ "../actions/smoke-test/src/main.ts"),
  "watch-window": () => import(/* webpackMode: "eager" */ "../actions/watch-window/src/main.ts"),
  verdict: () => import(/* webpackMode: "eager" */ "../actions/verdict/src/main.ts"),
} as const;

/** Runs one action of the suite. The thin entries under `dist/` call nothing else. */
export async function run(action: keyof typeof actions): Promise<void> {
  await actions[action]();
}
