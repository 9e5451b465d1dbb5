import { parse } from "yaml";
import type * as z from "zod";
import type { CheckoutFiles } from "#src/ports/checkout-files";

const largest = 4 * 1024 * 1024;

/** Reads one YAML or JSON file of the checkout by a schema; `broken` says why it cannot be. */
export async function readDocument<Schema extends z.ZodType>(
  files: CheckoutFiles,
  path: string,
  schema: Schema,
): Promise<{ value: z.output<Schema> } | { broken: string }> {
  const [file, ...others] = await files.matching([path], largest);
  if (!file || others.length > 0) return { broken: `expected one file ${path}, found ${file ? "several" : "none"}` };
  if (!file.bytes) return { broken: `expected ${path} to be a file of at most ${largest} bytes, found another thing` };
  try {
    const parsed = schema.safeParse(
      parse(new TextDecoder("utf-8", { fatal: true }).decode(file.bytes), { logLevel: "error" }),
    );
    return parsed.success ? { value: parsed.data } : { broken: `${path}: ${said(parsed.error)}` };
  } catch (thrown) {
    return { broken: `${path}: ${thrown instanceof Error ? thrown.message : "cannot be parsed"}` };
  }
}

function said({ issues }: z.ZodError): string {
  return issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join(".") || "(file)"}: ${message}`)
    .join("; ");
}
