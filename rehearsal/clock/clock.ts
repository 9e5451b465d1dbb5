import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as z from "zod";
import { writeWhole } from "../write-whole.ts";
import { listenOnLoopback } from "./loopback.ts";
import { type AdvanceListener, type Timeline, timeline } from "./timeline.ts";

/** The rehearsal's machine time, shared by this process and by the child processes it starts. */
export interface VirtualClock {
  now(): Date;
  /** Passes virtual time; resumes as soon as every listener has seen it. */
  sleep(ms: number): Promise<void>;
  /** Where child processes ask for the time. */
  url: string;
  /** Put before the script when a child process is to live in virtual time. */
  nodeArguments: string[];
  /** Goes into the environment of the same child process. */
  environment: Record<string, string>;
  /** Calls the listener, awaited, with every stretch of time that passes; returns how to stop that. */
  onAdvance(listener: AdvanceListener): () => void;
  /** Writes the offset to a file, whole or not at all. */
  save(file: string): void;
  /** Takes the offset from a saved file. Throws when that would turn time back. */
  load(file: string): Promise<void>;
  close(): Promise<void>;
}

const savedOffset = z.strictObject({ offset: z.int().nonnegative() });

/** Starts the clock at the present. Its endpoint listens on loopback only. */
export async function startClock(): Promise<VirtualClock> {
  const time = timeline();
  const server = createServer((request, response) => void answer(time, request, response));
  const { url, close } = await listenOnLoopback(server);
  return {
    now: () => new Date(time.now()),
    sleep: (ms) => time.sleep(process.pid, ms),
    url,
    nodeArguments: [`--import=${new URL("./preload.mjs", import.meta.url).href}`],
    environment: { SEAWORTHY_REHEARSAL_CLOCK: url },
    onAdvance: time.onAdvance,
    save: (file) => writeWhole(file, `${JSON.stringify({ offset: time.offset() })}\n`),
    load: async (file) => time.moveTo(savedOffset.parse(JSON.parse(await readFile(file, "utf8"))).offset),
    close,
  };
}

/** `GET /offset` tells the offset, `POST /sleep?ms=` tells it after that time; both in milliseconds, as plain text. */
async function answer(time: Timeline, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://clock.invalid");
  const pid = Number(request.headers["x-process"]);
  const ms = Number(searchParams.get("ms") ?? Number.NaN);
  if (request.method === "GET" && pathname === "/offset") {
    time.arrived(pid);
    response.end(String(time.offset()));
  } else if (request.method === "POST" && pathname === "/sleep" && ms >= 0 && pid > 0) {
    await passTime(() => time.sleep(pid, ms, gone(response)), response);
    response.end(response.statusCode === 200 ? String(time.offset()) : undefined);
  } else {
    response
      .writeHead(400)
      .end(`expected GET /offset or POST /sleep?ms=<number>, found ${request.method} ${request.url}`);
  }
}

async function passTime(sleep: () => Promise<void>, response: ServerResponse): Promise<void> {
  try {
    await sleep();
  } catch (cause) {
    response.statusCode = 500;
    response.write(cause instanceof Error ? cause.message : String(cause));
  }
}

/** A sleeper whose connection closes has given up: its sleep must not move the time any more. */
function gone(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  response.once("close", () => left.abort(new Error("the sleeper went away")));
  return left.signal;
}
