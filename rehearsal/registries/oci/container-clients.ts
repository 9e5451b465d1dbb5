import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { imageName } from "#src/domain/image-name";
import type { OciRegistry } from "./oci.ts";

/**
 * Configures the rehearsed machine's container clients so that every one of these images is on the embedded registry, under
 * whatever host, and with the login that a publisher would have. Returns the variables that lead to the files.
 */
export function configureContainerClients(
  folder: string,
  registry: Pick<OciRegistry, "host" | "credential">,
  images: string[],
): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  const hosts = [...new Set(images.flatMap((image) => imageName(image)?.host ?? []))].sort();
  const tables = hosts.map((host) =>
    ["[[registry]]", `prefix = "${host}"`, `location = "${registry.host}"`, "insecure = true", ""].join("\n"),
  );
  const file = join(folder, "registries.conf");
  writeFileSync(file, tables.join("\n"));
  const auth = Buffer.from(registry.credential).toString("base64");
  const auths = Object.fromEntries([registry.host, ...hosts].map((host) => [host, { auth }]));
  writeFileSync(join(folder, "config.json"), `${JSON.stringify({ auths }, null, 2)}\n`);
  return { CONTAINERS_REGISTRIES_CONF: file, DOCKER_CONFIG: folder };
}
