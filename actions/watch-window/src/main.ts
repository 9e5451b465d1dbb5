/** Wiring only: which adapters stand behind which ports. Logic lives in `watch-window.ts`. */
import { consoleProgress } from "#src/adapters/console-progress";
import { httpHealthProbe } from "#src/adapters/http-health-probe";
import { prometheusMetrics } from "#src/adapters/prometheus-metrics";
import { systemClock } from "#src/adapters/system-clock";
import { runAction } from "#src/run-action";
import { contract } from "./contract.ts";
import { watchWindow } from "./watch-window.ts";

const clock = systemClock;
const ports = { clock, metrics: prometheusMetrics(clock), health: httpHealthProbe, progress: consoleProgress };

await runAction(contract, (given, context) => watchWindow(given, context, ports));
