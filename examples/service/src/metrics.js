const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const ERRORS = [500, 501, 507];

/**
 * Counts requests, errors (answers of 500 and above) and latencies, and prints them in the Prometheus text format.
 * The expected series exist from the start: a counter that first appears with a value hides its first increase.
 */
export function requestMetrics(routes) {
  const requests = new Map();
  const errors = new Map();
  const latencies = new Map();
  for (const [route, codes] of Object.entries(routes)) {
    for (const code of codes) add(requests, { route, code }, 0);
    for (const code of ERRORS) add(errors, { route, code }, 0);
    latencies.set(route, { buckets: BUCKETS.map(() => 0), count: 0, sum: 0 });
  }
  return { observe, text };

  function observe({ route, code, seconds }) {
    add(requests, { route, code }, 1);
    if (code >= 500) add(errors, { route, code }, 1);
    const latency = latencies.get(route);
    for (const [index, bound] of BUCKETS.entries()) if (seconds <= bound) latency.buckets[index] += 1;
    latency.count += 1;
    latency.sum += seconds;
  }

  function text() {
    return [
      ...counter("http_requests_total", "Requests answered, by route and status code.", requests),
      ...counter("http_errors_total", "Requests answered with 500 or above, by route and status code.", errors),
      ...histogram("http_request_duration_seconds", "Time to answer, by route.", latencies),
      "",
    ].join("\n");
  }
}

function add(counts, { route, code }, amount) {
  const labels = `route="${route}",code="${code}"`;
  counts.set(labels, (counts.get(labels) ?? 0) + amount);
}

function counter(name, help, counts) {
  const samples = [...counts].map(([labels, value]) => `${name}{${labels}} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} counter`, ...samples];
}

function histogram(name, help, latencies) {
  const samples = [...latencies].flatMap(([route, { buckets, count, sum }]) => [
    ...BUCKETS.map((bound, index) => `${name}_bucket{route="${route}",le="${bound}"} ${buckets[index]}`),
    `${name}_bucket{route="${route}",le="+Inf"} ${count}`,
    `${name}_sum{route="${route}"} ${sum}`,
    `${name}_count{route="${route}"} ${count}`,
  ]);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`, ...samples];
}
