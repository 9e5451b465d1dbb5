/** The command `npm run rehearse`. */
import "./compiled.mjs";

await import("./command.ts");
