import type { SmokePolicy } from "#src/contract/config/smoke";
import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { StepOf, StepPolicy } from "#src/contract/config/smoke-steps";
import type { Code } from "#src/domain/catalogue";
import { addressOf } from "./address.ts";
import { hasOracle, stepsOf } from "./scenario-steps.ts";
import type { Finding } from "./trial.ts";

type Request = StepOf<"http">["request"];

const reading = new Set(["GET", "HEAD"]);

/** Tells whether a request may change what it asks. */
export function writesSomething({ method }: Request): boolean {
  return !reading.has(method);
}

/** Lists the requests of a scenario, those of its probes included. */
export function requestsOf(scenario: ScenarioPolicy): Request[] {
  return stepsOf(scenario).flatMap((step) => requestOf(step) ?? []);
}

/**
 * Finds why a scenario must not be tried at all: it could not fail, would write to what is not marked as test data, asks an
 * address that is not declared, or is not wired at both ends.
 */
export function refusalsOf(scenario: ScenarioPolicy, policy: SmokePolicy): Finding[] {
  return [
    ...(hasOracle(scenario)
      ? []
      : [refuse("smoke.case-without-oracle", "expected at least one expectation, found none")]),
    ...requestsOf(scenario).flatMap((request) => refuseRequest(request, policy)),
    ...refuseProbes(scenario),
    ...refuseParameters(scenario, policy),
  ];
}

function refuseRequest(request: Request, { endpoints }: SmokePolicy): Finding[] {
  const endpoint = endpoints.find(({ id }) => id === request.endpoint);
  if (!endpoint) {
    const found = endpoints.map(({ id }) => id).join(", ") || "none";
    return [refuse("smoke.endpoint-unknown", `expected ${request.endpoint} among \`smoke.endpoints\`, found ${found}`)];
  }
  if (writesSomething(request) && endpoint.data !== "synthetic") {
    const because = `expected \`data: synthetic\` at ${endpoint.id} for a ${request.method}, found no mark of test data`;
    return [refuse("smoke.real-data", because)];
  }
  const address = addressOf(request, { endpoint: endpoint.url, variables: {} });
  return address === undefined
    ? [refuse("smoke.real-data", `expected an address within ${endpoint.url}, found ${request.path}`)]
    : [];
}

/** A value needs both ends, in this order; a claim that something works needs a value that comes back. */
function refuseProbes(scenario: ScenarioPolicy): Finding[] {
  const probes = stepsOf(scenario).filter((step) => step.kind === "probe");
  const unheard = probes.filter((probe, index) => {
    const [others, wanted] =
      probe.act === "store" ? [probes.slice(index + 1), "recall"] : [probes.slice(0, index), "store"];
    return !others.some(({ value, act }) => value === probe.value && act === wanted);
  });
  const halves = unheard.map(({ act, value }) =>
    refuse(
      "smoke.half-wired",
      `expected ${value} to be stored and then recalled, found ${act === "store" ? "no recall" : "no store before"}`,
    ),
  );
  if (scenario.capability && !probes.some(({ act }) => act === "recall")) {
    return [...halves, refuse("smoke.half-wired", "expected a probe that proves the capability, found none")];
  }
  return halves;
}

function refuseParameters({ uses }: ScenarioPolicy, { parameters }: SmokePolicy): Finding[] {
  return uses.flatMap((id) => {
    const parameter = parameters.find((one) => one.id === id);
    if (!parameter) return [refuse("smoke.parameter-unknown", `expected ${id} among \`smoke.parameters\`, found none`)];
    if (parameter.available) return [];
    const because = `expected ${id} to be available, found it marked otherwise${parameter.note ? ` (${parameter.note})` : ""}`;
    return [{ code: "smoke.model-unavailable", class: "agent", because }];
  });
}

function requestOf(step: StepPolicy): Request | undefined {
  return step.kind === "http" || step.kind === "probe" ? step.request : undefined;
}

function refuse(code: Code, because: string): Finding {
  return { code, class: "harness", because };
}
