/** An image by the host that serves it and its path there, without tag or digest. */
export interface ImageName {
  /** Host, with the port where there is one, such as `localhost:5000`. */
  host: string;
  path: string;
}

const part = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";

/**
 * Spelling of an image's name as the OCI distribution specification has it. Without a dot or a port, a first part would be
 * read as a host by some clients and as a path by others.
 */
export const imagePattern = new RegExp(
  `^(?<host>localhost(?::\\d+)?|${label}(?:\\.${label})+(?::\\d+)?|${label}:\\d+)/(?<path>${part}(?:/${part})*)$`,
);

/** Reads the name of an image; undefined where the host is not named. */
export function imageName(text: string): ImageName | undefined {
  const { host, path } = imagePattern.exec(text)?.groups ?? {};
  return host === undefined || path === undefined ? undefined : { host, path };
}
