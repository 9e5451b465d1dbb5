/** Post phase of the checkout stand-in: takes the credentials away again. */
import { existsSync, rmSync } from "node:fs";
import { getState } from "@actions/core";
import { gitAnswer } from "./git.ts";

const credentials = getState("credentials");
const folder = getState("folder");
if (credentials !== "" && existsSync(folder)) {
  gitAnswer(folder, "config", "--local", "--unset-all", "include.path", credentials);
  rmSync(credentials, { force: true });
}
