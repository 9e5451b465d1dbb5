import { Script } from "node:vm";
import { Failure } from "#src/domain/failure";

const milliseconds = 2_000;
const script = new Script("search()");

/**
 * Searches by an expression of the configuration, for two seconds at most: some expressions take for ever over a text that they
 * do not fit. `name` says where the expression stands. Throws `all.expression-too-slow`.
 */
export function searchInTime<Found>(name: string, search: () => Found): Found {
  const found: Found[] = [];
  try {
    script.runInNewContext({ search: () => found.push(search()) }, { timeout: milliseconds });
  } catch (thrown) {
    throw isLate(thrown) ? tooSlow(name) : thrown;
  }
  const [only] = found;
  if (found.length === 0 || only === undefined)
    throw new Error(`expected the search of ${name} to end, found that it did not`);
  return only;
}

/** The error is one of the script's own realm, so that no class of this one tells it. */
function isLate(thrown: unknown): boolean {
  return (
    typeof thrown === "object" && thrown !== null && "code" in thrown && thrown.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
  );
}

function tooSlow(name: string): Failure {
  return new Failure({
    kind: "input",
    code: "all.expression-too-slow",
    message: `expected the regular expression of ${name} to be searched in ${milliseconds / 1_000} s, found it still searching`,
    hint: "Write it without repetitions inside of repeated groups, such as `(a+)+`, or anchor it.",
  });
}
