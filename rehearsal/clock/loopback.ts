import { once } from "node:events";
import type { Server } from "node:http";

/** An HTTP server of the rehearsal, reachable from this machine only. */
export interface LoopbackServer {
  /** Without a trailing slash. */
  url: string;
  close(): Promise<void>;
}

/** Listens on a free port of the loopback address; closing ends open connections too. */
export async function listenOnLoopback(server: Server, port = 0): Promise<LoopbackServer> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("expected a TCP address, found none.");
  return { url: `http://127.0.0.1:${address.port}`, close };

  async function close() {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }
}
