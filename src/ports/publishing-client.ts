/**
 * What a registry said of the credential that a job would publish with. `rights` are those on the package; `unknown` is a
 * question that failed or that nobody answers, which says nothing about the credential.
 */
export type CredentialSighting =
  | { seen: "accepted"; as: string; rights: "write" | "none" | "unknown" }
  | { seen: "absent" }
  | { seen: "rejected"; because: string }
  | { seen: "otp"; because: string }
  | { seen: "unknown"; because: string };

/** Which credential is asked about. */
export interface CredentialQuestion {
  /** Name of the package. */
  name: string;
  /** Variable of the job that the client's configuration refers to; empty where the client keeps its login itself. */
  variable: string;
  /** Name of the registry in the client's own configuration; the client's default where absent. */
  registry?: string | undefined;
}

/** The client of an ecosystem, as the job would publish with it. Nothing is ever uploaded by asking. */
export interface PublishingClient {
  /**
   * Asks the registry who the client's own configuration says that it is, and what it may do with the package. Throws
   * `all.tool-missing` without the client.
   */
  credential(asked: CredentialQuestion): Promise<CredentialSighting>;
  /** Version of the client, of the named program where there are several; undefined where it does not tell. */
  version(program?: string): Promise<string | undefined>;
}
