import type { IncomingHttpHeaders } from "node:http";
import { answer, type PypiAnswer } from "./answer.ts";

/** A file as readers see it, with every fault applied. */
export interface ShownFile {
  filename: string;
  version: string;
  packagetype: string;
  sha256: string;
  size: number;
  requiresPython: string | null;
  uploadedAt: string;
  yanked: string | null;
}

const simpleJson = "application/vnd.pypi.simple.v1+json";

/** Writes the list of a project, by PEP 503 as HTML or by PEP 691 and PEP 700 as JSON, as the client wants it. */
export function listPage(name: string, files: ShownFile[], { accept = "*/*" }: IncomingHttpHeaders): PypiAnswer {
  if (!accept.includes(simpleJson)) {
    const links = files.map(link).join("\n");
    const page = `<!DOCTYPE html>\n<html><head><meta name="pypi:repository-version" content="1.1"></head><body>\n${links}\n</body></html>\n`;
    return answer(200, "text/html; charset=utf-8", page);
  }
  const versions = [...new Set(files.map(({ version }) => version))];
  const described = files.map((file) => ({
    filename: file.filename,
    url: urlOf(file),
    hashes: { sha256: file.sha256 },
    "requires-python": file.requiresPython,
    size: file.size,
    "upload-time": file.uploadedAt,
    yanked: file.yanked ?? false,
  }));
  return json(simpleJson, { meta: { "api-version": "1.1" }, name, versions, files: described });
}

/** Writes the names of all projects. */
export function projectsPage(names: string[], { accept = "*/*" }: IncomingHttpHeaders): PypiAnswer {
  if (!accept.includes(simpleJson)) {
    const links = names.map((name) => `<a href="/simple/${name}/">${name}</a>`).join("\n");
    return answer(200, "text/html; charset=utf-8", `<!DOCTYPE html>\n<html><body>\n${links}\n</body></html>\n`);
  }
  return json(simpleJson, { meta: { "api-version": "1.1" }, projects: names.map((name) => ({ name })) });
}

/** Writes what the index tells of one version, beside the list. */
export function versionPage(name: string, version: string, files: ShownFile[]): PypiAnswer {
  const urls = files.map((file) => ({
    filename: file.filename,
    packagetype: file.packagetype,
    digests: { sha256: file.sha256 },
    size: file.size,
    upload_time_iso_8601: file.uploadedAt,
    url: urlOf(file),
    yanked: file.yanked !== null,
    yanked_reason: file.yanked || null,
  }));
  const yanked = files.every((file) => file.yanked !== null);
  return json("application/json", { info: { name, version, yanked }, urls });
}

function urlOf({ sha256, filename }: ShownFile): string {
  return `/files/${sha256}/${encodeURIComponent(filename)}`;
}

function link(file: ShownFile): string {
  const marks = [
    ...(file.requiresPython === null ? [] : [` data-requires-python="${escapeHtml(file.requiresPython)}"`]),
    ...(file.yanked === null ? [] : [` data-yanked="${escapeHtml(file.yanked)}"`]),
  ];
  return `<a href="${urlOf(file)}#sha256=${file.sha256}"${marks.join("")}>${escapeHtml(file.filename)}</a><br>`;
}

function json(type: string, value: unknown): PypiAnswer {
  return answer(200, type, JSON.stringify(value));
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
