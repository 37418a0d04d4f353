import { EarwitnessError } from "@earwitness/shared";
import { identifyPerson } from "./middleware/identify.ts";
import { requireSameOrigin } from "./middleware/same-origin.ts";
import type { Services } from "./services.ts";

/**
 * Opens a browser's live socket: identified and of our own page before the upgrade, then handed to the workspace's room, which
 * trusts what comes from here. Throws `invalid_request` for what is no upgrade, `forbidden`, `unauthenticated`.
 */
export async function openLive(services: Services, request: Request): Promise<Response> {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new EarwitnessError("invalid_request", "This address is for WebSockets.");
  }
  requireSameOrigin(request, services.env.APP_ORIGIN);
  const { actor } = await identifyPerson(services, request);
  const after = new URL(request.url).searchParams.get("after");
  // The room gets nothing of the browser's request but the wish: no cookie, no header that it might believe.
  const url = new URL("https://workspace-room/live");
  if (after !== null) url.searchParams.set("after", after);
  const room = services.env.WORKSPACE_ROOM.getByName(actor.workspaceId);
  const response = await room.fetch(new Request(url, { headers: { upgrade: "websocket" } }));
  if (response.status !== 101) {
    throw new EarwitnessError("unavailable", "No live connection can be opened now. Come back in half a minute.", {
      retryAfterMs: 30_000,
    });
  }
  return response;
}
