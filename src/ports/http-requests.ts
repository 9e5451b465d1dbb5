/** One request; nothing is added to it but what the protocol needs. */
export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** Milliseconds after which it is given up. */
  timeout: number;
}

/** What came back, or why nothing did. Redirections are answers like any other. Of a body that was cut, only the start is there. */
export type HttpAnswer =
  | { came: true; code: number; body: string; cut: boolean; duration: number }
  | { came: false; late: boolean; because: string; duration: number };

/** Asks addresses over HTTP. */
export interface HttpRequests {
  ask(request: HttpRequest): Promise<HttpAnswer>;
}
