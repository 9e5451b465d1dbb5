import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { cargoHome, copyCredentials, copyRegistries } from "#src/adapters/cargo-configuration";
import { cargoEnvironment, cargoMissing } from "#src/adapters/cargo-environment";
import { type ClientPlace, inCleanPlace } from "#src/adapters/clean-place";
import type { CredentialQuestion, CredentialSighting, PublishingClient } from "#src/ports/publishing-client";
import type { Execution, Shell } from "#src/ports/shell";

/** A token that no registry has ever given out. */
const made = "seaworthy-asks-who-may-read-this";

/**
 * Asks through cargo who owns the crate, with the token of the job. Registries that tell everybody look at no token: where a
 * made-up one gets the same answer, nothing is known of the job's. Nothing is published, and nothing is changed.
 */
export function cargoCredentials(shell: Shell, place: ClientPlace): PublishingClient {
  return {
    async credential(asked) {
      if (!(await shell.which("cargo"))) throw cargoMissing();
      const { source = process.env } = place;
      const first = answerOf(await ask(asked, source[asked.variable] ?? "", { shell, place }));
      if ("sighting" in first) return first.sighting;
      const control = answerOf(await ask(asked, made, { shell, place }));
      return compared(first.answer, control);
    },
    async version() {
      const { exit, output } = await shell.run({
        line: "cargo --version",
        directory: place.temp,
        environment: cargoEnvironment(place.temp, place.source ?? process.env),
        timeout: place.patience ?? 60_000,
      });
      return exit === 0 ? /^cargo (\d+\.\d+\.\d+\S*)/m.exec(output)?.[1] : undefined;
    },
  };
}

function ask(
  { name, registry = "" }: CredentialQuestion,
  token: string,
  { shell, place }: { shell: Shell; place: ClientPlace },
): Promise<Execution> {
  return inCleanPlace(place, "cargo", async (folder) => {
    const { workspace, source = process.env, patience = 60_000 } = place;
    const home = { from: cargoHome(source), to: join(folder, "cargo") };
    const byUser = await copyRegistries(home);
    await copyCredentials(home);
    const directory = join(folder, "project");
    const byProject = await copyRegistries({ from: join(workspace, ".cargo"), to: join(directory, ".cargo") });
    await mkdir(join(folder, "home"));
    const target = registry || source.CARGO_REGISTRY_DEFAULT || byProject || byUser || "";
    const environment = {
      ...cargoEnvironment(folder, source),
      ...lent(token, target),
      CRATE: name,
      REGISTRY: registry,
    };
    const line = `cargo owner --list ${registry === "" ? "" : '--registry "$REGISTRY" '}-- "$CRATE"`;
    return shell.run({ line, directory, environment, timeout: patience });
  });
}

/** The variable that cargo reads for the registry, under whatever name the job has the token. */
function lent(token: string, registry: string): Record<string, string> {
  if (token === "") return {};
  const name = registry.toUpperCase().replaceAll("-", "_");
  return { [name === "" ? "CARGO_REGISTRY_TOKEN" : `CARGO_REGISTRIES_${name}_TOKEN`]: token };
}

type Answer = { answer: "told" | "new" } | { sighting: CredentialSighting; refused: boolean };

/** Reads one run of `cargo owner --list`, which tells what went wrong in words only. */
function answerOf({ ending, exit, output }: Execution): Answer {
  const other = (sighting: CredentialSighting, refused = false): Answer => ({ sighting, refused });
  if (ending !== "exited") return other({ seen: "unknown", because: `cargo was stopped: ${ending}` });
  if (exit === 0) return { answer: "told" };
  if (/no token found/i.test(output)) return other({ seen: "absent" });
  const http = /\b(?:status|got) (\d{3})\b/.exec(output)?.[1];
  const because = http === undefined ? `cargo ended with exit code ${exit}` : `cargo was answered HTTP ${http}`;
  if (http === "404") return { answer: "new" };
  if (http === "401") return other({ seen: "rejected", because }, true);
  // A token whose scope is publishing alone may be refused here, and still be good.
  return other({ seen: "unknown", because }, http === "403");
}

function compared(answer: "told" | "new", control: Answer): CredentialSighting {
  if ("sighting" in control && control.refused) {
    return { seen: "accepted", as: "a token that the registry knows", rights: "unknown" };
  }
  const about = answer === "new" ? "does not know the crate yet" : "tells everybody who owns the crate";
  return { seen: "unknown", because: `the registry ${about}, and says nothing about the token` };
}
