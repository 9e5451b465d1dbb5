import type { RiskLevel, Strategy } from "#src/domain/changes/kinds";
import type { RiskDocument } from "#src/domain/changes/risk-document";
import { type Aim, isUnnamed } from "../aim.ts";
import type { Policy } from "../facts.ts";

type Deployment = RiskDocument["deployment"];

/** The more there is at stake, the fewer users meet a release at first. */
const preferred: Record<RiskLevel, Strategy[]> = {
  high: ["canary", "blue-green", "rolling", "all-at-once"],
  medium: ["rolling", "canary", "blue-green", "all-at-once"],
  low: ["all-at-once", "rolling", "blue-green", "canary"],
};

/** Recommends how to deploy, among what the environment supports. Nothing is recommended where nothing is deployed. */
export function recommendStrategy(
  { environments, environment: name }: Policy,
  risk: RiskDocument["risk"],
  { base }: Aim,
): Deployment {
  const environment = environments.find(({ id }) => id === name);
  const rollback = !isUnnamed(base) && base.kind === "base" ? base.at.tag : null;
  if (!environment) {
    const because = name === "" ? "this release deploys to no environment" : `no strategies are declared for ${name}`;
    return { environment: name || null, supported: [], recommended: null, because, rollback: name ? rollback : null };
  }
  const { strategies: supported, traffic } = environment;
  const kept = environment.rollback === "none" ? null : rollback;
  return { environment: name, supported, ...chosen(supported, traffic, risk), rollback: kept };
}

function chosen(
  supported: Strategy[],
  traffic: "public" | "internal",
  { level, reasons }: RiskDocument["risk"],
): Pick<Deployment, "recommended" | "because"> {
  const automatic: Strategy[] = supported.filter((one) => one !== "manual");
  const [only, second] = automatic;
  if (!only) return { recommended: "manual", because: "the environment declares `manual` alone: a person deploys" };
  if (!second) return { recommended: only, because: `the environment supports no other way than ${only}` };
  const breaking = reasons.some(({ rule }) => rule === "breaking");
  if (breaking || traffic === "public") {
    const order = preferred[breaking ? "high" : level];
    const recommended = order.find((one) => automatic.includes(one)) ?? only;
    const why = breaking ? "a breaking change meets few users at first" : `the risk is ${level}`;
    return { recommended, because: `${why}, and the environment supports ${automatic.join(", ")}` };
  }
  const recommended = preferred.low.find((one) => automatic.includes(one)) ?? only;
  return { recommended, because: "internal traffic is too little for a part of it to prove anything" };
}
