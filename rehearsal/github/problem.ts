/** One field that GitHub complains about in a 422 answer. */
export interface Complaint {
  readonly resource: string;
  readonly code: string;
  readonly field?: string;
  readonly message?: string;
}

/** What a route answers: JSON, bytes, or nothing but a code and headers. */
export interface Reply {
  readonly code: number;
  readonly body?: unknown;
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal in GitHub's own form. Thrown by routes wherever they find a reason; the server turns it into the answer. */
export class Problem extends Error {
  readonly reply: Reply;

  constructor(code: number, message: string, complaints: readonly Complaint[] = []) {
    super(message);
    this.name = "Problem";
    const errors = complaints.length > 0 ? { errors: complaints } : {};
    this.reply = {
      code,
      body: { message, ...errors, documentation_url: "https://docs.github.com/rest", status: String(code) },
    };
  }
}

/** Refuses with the plain 404 GitHub gives for everything that is absent or not for this token. */
export function notFound(): Problem {
  return new Problem(404, "Not Found");
}

/** Refuses with GitHub's 422, naming the resource's field when one is to blame. */
export function unprocessable(message: string, ...complaints: Complaint[]): Problem {
  return new Problem(422, message, complaints);
}
