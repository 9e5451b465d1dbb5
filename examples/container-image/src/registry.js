import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Opens a repository of a registry by the OCI distribution specification, as the machine's container clients would: moved by
 * registries.conf, and with the login of config.json, or with the one in REGISTRY_USERNAME and REGISTRY_PASSWORD.
 */
export function openRepository(image, environment) {
  const [host, ...path] = image.split("/");
  const { location, plain } = locate(host, environment);
  const login = loginFor([host, location], environment);
  const origin = `${plain ? "http" : "https"}://${location}`;
  let authorization;
  return { name: path.join("/"), ask };

  async function ask(address, options = {}) {
    const send = () =>
      fetch(new URL(address, origin), {
        ...options,
        headers: { ...options.headers, ...(authorization ? { authorization } : {}) },
      });
    const first = await send();
    if (first.status !== 401) return first;
    authorization = await authorize(first.headers.get("www-authenticate") ?? "", login);
    return send();
  }
}

/** See https://distribution.github.io/distribution/spec/auth/token/ */
async function authorize(challenge, login) {
  const basic = login ? `Basic ${login}` : undefined;
  if (/^basic/i.test(challenge)) return basic;
  const field = (name) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? "";
  const query = new URLSearchParams({ service: field("service"), scope: field("scope") });
  const answer = await fetch(`${field("realm")}?${query}`, { headers: basic ? { authorization: basic } : {} });
  if (!answer.ok) throw new Error(`expected a token, found HTTP ${answer.status}`);
  const { token, access_token: other } = await answer.json();
  return `Bearer ${token ?? other}`;
}

function loginFor(hosts, { REGISTRY_USERNAME, REGISTRY_PASSWORD, DOCKER_CONFIG }) {
  if (REGISTRY_USERNAME) return Buffer.from(`${REGISTRY_USERNAME}:${REGISTRY_PASSWORD}`).toString("base64");
  const text = readIfThere(join(DOCKER_CONFIG ?? join(homedir(), ".docker"), "config.json"));
  const { auths = {} } = text === undefined ? {} : JSON.parse(text);
  return hosts.map((host) => auths[host]?.auth).find(Boolean);
}

/** Of registries.conf, the little that this needs: tables with a prefix that is a whole host. */
function locate(host, { CONTAINERS_REGISTRIES_CONF = "/etc/containers/registries.conf" }) {
  const tables = (readIfThere(CONTAINERS_REGISTRIES_CONF) ?? "").split("[[registry]]").slice(1);
  const setting = (table, name) => new RegExp(`^${name} *= *"?([^"\\n]*)"?$`, "m").exec(table)?.[1];
  const table = tables.find((one) => setting(one, "prefix") === host) ?? "";
  const location = setting(table, "location") ?? host;
  return { location, plain: setting(table, "insecure") === "true" || /^(localhost|127\.0\.0\.1)(:|$)/.test(location) };
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
