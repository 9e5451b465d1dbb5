import type { MetricQuestion, Metrics, Sample } from "#src/ports/metrics";

/** A backend that answers each query by a rule over time; it remembers every question. */
export function fakeMetrics(
  rules: Record<string, (at: Date) => Sample | number>,
): Metrics & { questions: MetricQuestion[] } {
  const questions: MetricQuestion[] = [];
  return {
    questions,
    async ask(question) {
      questions.push(question);
      const answer = rules[question.query]?.(question.at);
      if (answer === undefined) return { kind: "refused", because: "the backend calls the query bad data" };
      return typeof answer === "number" ? { kind: "value", value: answer } : answer;
    },
  };
}
