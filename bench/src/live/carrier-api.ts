import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { z } from "zod";

export interface CarrierCommand {
  controlId: string;
  action: string;
  /** Where a stream is wanted. */
  streamUrl: string | null;
  clientState: string | null;
}

const CommandBody = z.object({ stream_url: z.string().optional(), client_state: z.string().optional() });

/**
 * Serves as much of the carrier's API as calls need: every command is taken, one number is ours, nothing was recorded. Returns
 * its address.
 */
export async function serveCarrierApi(options: {
  number: () => string;
  onCommand: (command: CarrierCommand) => void;
}): Promise<string> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://carrier");
    const answer = (body: object) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(body));
    };
    if (request.method === "GET") {
      request.resume();
      return answer(pathname === "/v2/phone_numbers" ? numbers(options.number()) : { data: [] });
    }
    const body = CommandBody.parse(await json(request));
    answer({ data: { result: "ok" } });
    const [, id, action] = pathname.match(/^\/v2\/calls\/([^/]+)\/actions\/(\w+)$/) ?? [];
    if (id === undefined || action === undefined) return;
    const { stream_url: streamUrl = null, client_state: clientState = null } = body;
    options.onCommand({ controlId: decodeURIComponent(id), action, streamUrl, clientState });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The carrier has no port");
  return `http://127.0.0.1:${address.port}`;
}

function numbers(number: string) {
  return {
    data: [{ id: "1", phone_number: number, status: "active" }],
    meta: { total_pages: 1, total_results: 1, page_number: 1, page_size: 250 },
  };
}
