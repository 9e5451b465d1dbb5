import type { HttpAnswer, HttpRequest, HttpRequests } from "#src/ports/http-requests";

/** Builds an answer that came with code 200. */
export function anAnswer(overrides: { code?: number; body?: string; cut?: boolean } = {}): HttpAnswer {
  return { came: true, code: 200, body: "", cut: false, duration: 1, ...overrides };
}

/** Answers by `METHOD url`; an address that it does not know refuses the connection. It remembers what it was asked. */
export function fakeHttpRequests(
  answers: Record<string, HttpAnswer | ((request: HttpRequest) => HttpAnswer)> = {},
): HttpRequests & { requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  const unknown: HttpAnswer = { came: false, late: false, because: "ECONNREFUSED: no connection", duration: 1 };
  return {
    requests,
    async ask(request) {
      requests.push(request);
      const answer = answers[`${request.method} ${request.url}`] ?? unknown;
      return typeof answer === "function" ? answer(request) : answer;
    },
  };
}
