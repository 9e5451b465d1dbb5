import { formatInstant } from "#src/domain/instant";
import type { ArtifactSource } from "./artifact-source.ts";
import type { Git } from "./git/git.ts";
import type { Operation } from "./openapi.ts";
import type { Reply } from "./problem.ts";
import type { Dispatch } from "./records.ts";
import type { State } from "./state.ts";
import type { Grant } from "./tokens.ts";

/** Where the server can be reached, without a trailing slash, and the repository it hosts. */
export interface Place {
  readonly apiUrl: string;
  readonly serverUrl: string;
  readonly owner: string;
  readonly name: string;
}

/** All that a route may look at or change. */
export interface World {
  readonly place: Place;
  readonly git: Git;
  readonly state: State;
  readonly clock: { now(): Date };
  readonly artifacts: () => ArtifactSource | undefined;
  readonly dispatched: (dispatch: Dispatch) => void;
  readonly rates: () => unknown;
}

/** One request that has passed authentication and the guard. */
export interface Call {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly grant: Grant;
}

/** Answers one operation; refuses by throwing a `Problem`. */
export type Route = (call: Call, world: World) => Reply | Promise<Reply>;

/** Routes by operation id of the official description. */
export type Routes = Readonly<Record<string, Route>>;

/** Gives the world's present moment as GitHub writes it. */
export function nowIn(world: World): string {
  return formatInstant(world.clock.now());
}

/** Hands out the next id; ids are counted, so that two equal rehearsals give equal ids. */
export function nextId(state: State): number {
  const id = state.nextId;
  state.nextId += 1;
  return id;
}

/** Hands out the next number of an issue or a pull request; both count together. */
export function nextNumber({ issues, pulls }: State): number {
  return issues.length + pulls.length + 1;
}

/** Gives the REST address of something in the repository. */
export function apiPath(place: Place, path: string): string {
  return `${place.apiUrl}/repos/${place.owner}/${place.name}${path}`;
}

/** Gives the address of a page of the repository, for people. */
export function htmlPath(place: Place, path: string): string {
  return `${place.serverUrl}/${place.owner}/${place.name}${path}`;
}

/** Gives the opaque node id that GraphQL would know something by. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`0:${kind}${id}`).toString("base64url");
}
