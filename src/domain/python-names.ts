const separator = "[-_.]?";
const release = "(?:(\\d+)!)?(\\d+(?:\\.\\d+)*)";
const pre = `(?:${separator}(alpha|a|beta|b|preview|pre|c|rc)${separator}(\\d*))?`;
const post = `(?:-(\\d+)|${separator}(post|rev|r)${separator}(\\d*))?`;
const dev = `(?:${separator}(dev)${separator}(\\d*))?`;
const form = new RegExp(`^v?${release}${pre}${post}${dev}(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$`);

const letters = new Map([
  ["alpha", "a"],
  ["beta", "b"],
  ["c", "rc"],
  ["pre", "rc"],
  ["preview", "rc"],
]);

/** Writes a Python project's name as indexes compare it (PEP 503): in lower case, with one hyphen for each run of separators. */
export function pythonName(text: string): string {
  return text.toLowerCase().replace(/[-_.]+/g, "-");
}

/** Writes a version in the normal form of PEP 440, so that `1.0.0-rc.1` is `1.0.0rc1`; undefined for what is none. */
export function pythonVersion(text: string): string | undefined {
  const match = form.exec(text.trim().toLowerCase());
  if (!match) return undefined;
  const [, epoch, numbers = "", letter, count, implicit, postWord, postCount, devWord, devCount, local] = match;
  const number = (digits: string | undefined) => BigInt(digits || "0").toString();
  return [
    epoch === undefined || number(epoch) === "0" ? "" : `${number(epoch)}!`,
    numbers.split(".").map(number).join("."),
    letter === undefined ? "" : `${letters.get(letter) ?? letter}${number(count)}`,
    implicit === undefined && postWord === undefined ? "" : `.post${number(implicit ?? postCount)}`,
    devWord === undefined ? "" : `.dev${number(devCount)}`,
    local === undefined ? "" : `+${local.replace(/[-_]/g, ".")}`,
  ].join("");
}
