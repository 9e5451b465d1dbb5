/**
 * What a registry said of the credential that a job would publish with. `rights` are those on the package; `unknown` is a
 * question that failed, which says nothing about the credential.
 */
export type CredentialSighting =
  | { seen: "accepted"; as: string; rights: "write" | "none" | "unknown" }
  | { seen: "absent" }
  | { seen: "rejected"; because: string }
  | { seen: "otp"; because: string }
  | { seen: "unknown"; because: string };

/** The client of an ecosystem, as the job would publish with it. Nothing is ever uploaded by asking. */
export interface PublishingClient {
  /**
   * Asks the registry who the client's own configuration says that it is, and what it may do with the package `name`;
   * `variable` is the one of the job that the configuration refers to. Throws `all.tool-missing` without the client.
   */
  credential(asked: { name: string; variable: string }): Promise<CredentialSighting>;
  /** Version of the client; undefined where it does not tell. */
  version(): Promise<string | undefined>;
}
