import { createServer, type Server } from "node:http";
import { connect } from "node:net";

/** What arrived behind the tunnel. */
export interface Arrived {
  line: string;
  token: string | undefined;
  body: string;
}

/** A proxy on loopback whose every tunnel ends at one server, which answers with what arrived. */
export interface Tunnel {
  proxy: string;
  /** Address of the server itself. */
  direct: string;
  /** Hosts with ports that tunnels were asked for. */
  asked: string[];
  close(): void;
}

/** Starts a tunnel; whoever starts it closes it. */
export async function startTunnel(): Promise<Tunnel> {
  const target = createServer(async (request, response) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of request) pieces.push(piece);
    const { method, url, headers } = request;
    const body = Buffer.concat(pieces).toString("utf8");
    response.end(JSON.stringify({ line: `${method} ${url}`, token: headers.authorization, body } satisfies Arrived));
  });
  const direct = await listen(target);
  const asked: string[] = [];
  const tunnel = createServer().on("connect", (request, client) => {
    asked.push(request.url ?? "");
    const upstream = connect(Number(new URL(direct).port), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on("error", () => client.destroy());
    client.on("error", () => upstream.destroy());
  });
  const close = () => {
    for (const server of [tunnel, target]) {
      server.closeAllConnections();
      server.close();
    }
  };
  return { proxy: await listen(tunnel), direct, asked, close };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("expected a port");
  return `http://127.0.0.1:${address.port}`;
}
