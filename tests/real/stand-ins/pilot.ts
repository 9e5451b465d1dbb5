/** A small program that drives agents, as a package would bring it. `@DEFECT@` names the feature that is broken in it. */
export const pilot = String.raw`#!/usr/bin/env node
const fs = require("node:fs");
const { spawn } = require("node:child_process");
const broken = (feature) => "@DEFECT@" === feature;
const [command, ...rest] = process.argv.slice(2);
const given = (name) => (rest.includes("--" + name) ? rest[rest.indexOf("--" + name) + 1] : undefined);
const [state, log, queue, session] = [".pilot", ".pilot/tries.jsonl", ".pilot/queue", ".pilot/session"];
const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");
const end = (code, text) => {
  console.log(text);
  process.exit(code);
};

function configuration() {
  const { routes = {} } = JSON.parse(read(".pilot/config.json") || "{}");
  if (typeof routes !== "object" && !broken("2c")) end(2, "routes must be a mapping");
  return { routes };
}

function agentsOf({ routes }, task, count) {
  const mix = given("mix")?.split(",").flatMap((part) => Array(Number(part.split("=")[1])).fill(part.split("=")[0]));
  const turns = given("turns")?.split(",");
  const route = Object.entries(routes).find(([suffix]) => task.endsWith(suffix))?.[1];
  const routed = broken("2d") ? undefined : route;
  return Array.from({ length: count }, (_none, at) => {
    if (mix) return broken("2i") ? mix[(at * 2) % mix.length] : mix[at % mix.length];
    if (turns) return turns[broken("2j") ? 0 : at % turns.length];
    return given("agent") ?? routed ?? "alpha";
  });
}

function work(task) {
  const harness = broken("2f") ? undefined : given("harness");
  if (!harness) {
    if (!broken("one")) fs.writeFileSync(task, "done\n");
    return Promise.resolve("completed");
  }
  const limit = Number(given("stuck-after") ?? 60_000);
  const child = spawn(harness, [task], { stdio: "ignore" });
  return new Promise((resolve) => {
    const slow = setTimeout(() => console.log("slowing"), limit * 0.6);
    const stuck = setTimeout(() => {
      if (broken("2n")) return;
      resolve("stuck");
      child.kill("SIGKILL");
    }, limit);
    child.on("close", (code) => {
      clearTimeout(slow);
      clearTimeout(stuck);
      resolve(code === 0 ? "completed" : "failed");
    });
  });
}

async function run(task) {
  const count = Number(given("iterations") ?? 1);
  const agents = agentsOf(configuration(), task, count);
  const unknown = agents.find((agent) => !["alpha", "beta"].includes(agent));
  if (unknown) end(2, "unknown agent " + unknown);
  const tally = Object.fromEntries([...new Set(agents)].map((one) => [one, agents.filter((agent) => agent === one).length]));
  for (const [at, agent] of agents.entries()) {
    const tries = broken("2g") ? 0 : Number(given("retries") ?? 0);
    let outcome = "failed";
    for (let turn = 0; turn <= tries && outcome === "failed"; turn += 1) {
      outcome = await work(task);
      const record = {
        task,
        iteration: at + 1,
        agent_type: agent,
        agent_mix: tally,
        completed: outcome === "completed" && !broken("2a"),
        ended_at: new Date().toISOString(),
        instructions: broken("2m") ? "" : read("AGENTS.md").trim(),
      };
      fs.appendFileSync(log, JSON.stringify(record) + "\n");
    }
    if (outcome === "stuck") end(4, "stuck");
    if (outcome === "failed") end(1, "failed");
    if (!broken("2l") || at + 1 === count) console.log(Math.round((100 * (at + 1)) / count) + " %");
  }
}

async function main() {
  fs.mkdirSync(state, { recursive: true });
  const lines = () => read(log).trimEnd().split("\n").filter(Boolean);
  if (command === "check") end(0, configuration() && "valid");
  if (command === "monitor") end(0, JSON.stringify({ tries: broken("2b") ? 0 : lines().length }));
  if (command === "queue") return fs.appendFileSync(queue, rest[0] + "\n");
  if (command === "tell") return fs.writeFileSync(session, broken("2h") ? "told" : rest[0]);
  if (command === "new") return fs.rmSync(session);
  if (command === "resume") return fs.existsSync(session) ? end(0, read(session)) : end(3, "no session");
  if (command === "tail") return end(0, "iteration " + JSON.parse(lines().at(broken("2k") ? 0 : -1)).iteration);
  if (command !== "run") return end(2, "unknown command");
  const tasks = rest.includes("--queue") ? read(queue).trim().split("\n") : [rest.at(-1)];
  for (const task of broken("2e") ? tasks.slice(0, 1) : tasks) await run(task);
}
main();
`;
