import { readFileSync } from "node:fs";
import { gaugeServer } from "./server.js";

const { name, version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const port = Number(process.env.PORT ?? 8080);
const host = process.env.HOST ?? "127.0.0.1";

const server = gaugeServer({ name, version });
server.listen(port, host, () => console.log(`${name} ${version} listens on ${host}:${server.address().port}`));

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    server.close();
    server.closeIdleConnections();
  });
}
