const LONGEST_SERIES = 100;
const MOST_GAUGES = 200;
const LOWEST = -15;
const HIGHEST = 25;

/** A request that cannot be answered as asked. `code` is the HTTP status to answer with. */
export class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Keeps the latest readings of each gauge in memory; the oldest make room for the newest. */
export function readingStore() {
  const gauges = new Map();
  return { latest, record };

  function latest(gauge) {
    const readings = gauges.get(gauge);
    if (!readings) throw new Refusal(404, `no readings of gauge ${gauge}`);
    const mean = readings.reduce((sum, { metres }) => sum + metres, 0) / readings.length;
    return { gauge, mean: Math.round(mean * 1000) / 1000, readings };
  }

  function record(gauge, given) {
    const reading = checked(given);
    if (!gauges.has(gauge) && gauges.size >= MOST_GAUGES) throw new Refusal(507, `more than ${MOST_GAUGES} gauges`);
    gauges.set(gauge, [...(gauges.get(gauge) ?? []), reading].slice(-LONGEST_SERIES));
    return reading;
  }
}

function checked(given) {
  const { metres, at, test = false } = given ?? {};
  if (typeof metres !== "number" || metres < LOWEST || metres > HIGHEST) {
    throw new Refusal(422, `expected metres from ${LOWEST} to ${HIGHEST}, found ${JSON.stringify(metres)}`);
  }
  if (typeof at !== "string" || Number.isNaN(Date.parse(at))) {
    throw new Refusal(422, `expected an ISO 8601 time in "at", found ${JSON.stringify(at)}`);
  }
  if (typeof test !== "boolean") throw new Refusal(422, `expected true or false in "test"`);
  return { metres, at: new Date(at).toISOString(), test };
}
