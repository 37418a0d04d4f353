/** Where live sockets are opened: on the page's own origin, below the paths that go on to the API. Without a call, the workspace's. */
export function liveAddress(callId?: string): string {
  const origin = window.location.origin.replace(/^http/, "ws");
  return `${origin}/api/live${callId === undefined ? "" : `?call=${encodeURIComponent(callId)}`}`;
}
