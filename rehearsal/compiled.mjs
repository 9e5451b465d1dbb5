/**
 * Keeps compiled code from one process to the next, below `.cache`: a rehearsal starts some thirty processes of the same few files.
 * It goes by the content of a file, and no process of a rehearsed step inherits it. Loaded before anything else: `node --import <this file> …`.
 */
import { enableCompileCache } from "node:module";
import { join } from "node:path";

enableCompileCache(join(import.meta.dirname, "../.cache/compiled"));
