import { existsSync, globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import * as z from "zod";
import type { ActionContract, InputFields, OutputFields } from "#src/contract/action-contract";
import { configSchema } from "#src/contract/config/schema";
import { buildManifestSchema } from "#src/domain/build-manifest";
import { catalogue } from "#src/domain/catalogue";
import { recordSchema } from "#src/domain/evidence";
import { verdictSchema } from "#src/domain/release-verdict";
import { servedAnswerSchema } from "#src/domain/served-answer";
import { verifiedReleaseSchema } from "#src/domain/verified-release";
import { faults } from "../../rehearsal/faults/catalogue.ts";
import { actionYml, inputRows, outputRows } from "./action-yml.ts";
import { type ConfigExample, configPage } from "./config-page.ts";
import { editorSchema } from "./config-schema.ts";
import { coveragePage, titlesOf } from "./coverage-page.ts";
import { insistOnDescriptions } from "./described.ts";
import { errorsPage } from "./errors-page.ts";
import { faultsTable } from "./faults-table.ts";
import { presetsPage } from "./presets-page.ts";
import { inputTable, outputTable, replaceRegion } from "./readme-tables.ts";
import { type TestSource, titlesOfCases, titlesOfFaults } from "./titles-of-data.ts";

const contractModule = z.object({
  contract: z.custom<ActionContract<InputFields, OutputFields>>((value) => value !== null && typeof value === "object"),
});

/** Computes every generated file of the repository, by path. Throws `GenerationError` where a source is incomplete. */
export async function generatedFiles(root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const path of globSync("actions/*/src/contract.ts", { cwd: root }).sort()) {
    const { contract } = contractModule.parse(await import(join(root, path)));
    const folder = `actions/${contract.stage}`;
    files.set(`${folder}/action.yml`, actionYml(contract));
    files.set(`${folder}/README.md`, actionReadme(join(root, folder, "README.md"), contract));
  }
  files.set(
    "schemas/seaworthy.schema.json",
    schemaText(editorSchema(jsonSchemaOf(configSchema)), "Seaworthy configuration, .github/seaworthy.yml"),
  );
  files.set("schemas/evidence.schema.json", schemaText(jsonSchemaOf(recordSchema), "Seaworthy evidence record"));
  files.set(
    "schemas/build-manifest.schema.json",
    schemaText(jsonSchemaOf(buildManifestSchema), "Seaworthy build manifest"),
  );
  files.set(
    "schemas/verified.schema.json",
    schemaText(jsonSchemaOf(verifiedReleaseSchema), "Seaworthy verified release"),
  );
  files.set(
    "schemas/served.schema.json",
    schemaText(jsonSchemaOf(servedAnswerSchema), "Seaworthy answer of a channel"),
  );
  files.set("schemas/verdict.schema.json", schemaText(jsonSchemaOf(verdictSchema), "Seaworthy verdict"));
  files.set("docs/configuration.md", configPage(jsonSchemaOf(configSchema), configExamples(root)));
  files.set("docs/presets.md", presetsPage());
  files.set("docs/errors.md", errorsPage(catalogue));
  files.set("docs/rehearsal.md", replaceRegion(textOf(join(root, "docs/rehearsal.md")), "faults", faultsTable(faults)));
  const sources = testSources(root);
  const written = sources.flatMap(({ file, text }) => titlesOf(file, text));
  files.set("docs/coverage.md", coveragePage([...written, ...titlesOfFaults(sources), ...titlesOfCases()]));
  return files;
}

function actionReadme(path: string, contract: ActionContract<InputFields, OutputFields>): string {
  const withInputs = replaceRegion(textOf(path), "inputs", inputTable(inputRows(contract)));
  return replaceRegion(withInputs, "outputs", outputTable(outputRows(contract)));
}

/** A file that is not there has no markers, and is refused for that. */
function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function schemaText(json: object, title: string): string {
  insistOnDescriptions(json, title);
  return `${JSON.stringify({ title, ...json }, null, 2)}\n`;
}

function jsonSchemaOf(schema: z.ZodType) {
  return z.toJSONSchema(schema, { io: "input", target: "draft-2020-12", reused: "inline" });
}

function configExamples(root: string): ConfigExample[] {
  return globSync("examples/*/.github/seaworthy.yml", { cwd: root })
    .sort()
    .map((file) => ({ project: file.split(sep)[1] ?? file, text: readFileSync(join(root, file), "utf8") }));
}

function testSources(root: string): TestSource[] {
  return globSync("{src,actions,rehearsal,tests,scripts}/**/*.test.ts", { cwd: root })
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));
}
