import { liveTickets, watcherOf } from "@earwitness/core";
import { CreateLiveToken, LiveTokenView } from "@earwitness/shared";
import { reply, route } from "../http/route.ts";
import { sessionOf } from "../middleware/identify.ts";

export const createLiveToken = route({
  method: "post",
  path: "/live-tokens",
  operationId: "createLiveToken",
  tag: "Calls",
  summary: "A token to watch a call, or the workspace, over a WebSocket",
  description:
    'For those who have no session\'s cookie to open `/live` with. Connect to `url` within a minute, and send `{"action": "authenticate", "token": …}` as the first frame. Each opens one socket.',
  may: "calls:read",
  request: { body: CreateLiveToken.strict() },
  returns: { 201: LiveTokenView },
  handle: async ({ ctx, services, raw, input: { body } }) => {
    const asOf = ctx.clock.now();
    const session = ctx.actor.kind === "user" ? await sessionOf(services, raw) : null;
    // A person is looked up once more, because what they may could have changed before `asOf`.
    const actor = session?.actor ?? ctx.actor;
    const { callId } = body;
    const call = callId === null ? null : await services.contextOf(actor).unitOfWork((tx) => tx.calls.find(callId));
    const watcher = watcherOf(actor, session, asOf);
    const wish = { room: call?.room ?? actor.workspaceId, jti: crypto.randomUUID(), watcher };
    const { token, address, expiresAt } = await liveTickets(services.env.LIVE_SECRET, wish, ctx.clock.now());
    return reply(201, {
      token,
      url: liveUrl(services.env.APP_ORIGIN, raw.url, address),
      expiresAt: expiresAt.toISOString(),
    });
  },
});

/** The live address at the host that was asked: the app's own for what comes through its pages, else the API's. */
function liveUrl(appOrigin: string, requestUrl: string, address: string): string {
  const { origin, pathname } = new URL(requestUrl);
  const base = pathname.startsWith("/api/") ? `${appOrigin}/api/live` : `${origin}/live`;
  return `${base.replace(/^http/, "ws")}?address=${address}`;
}
