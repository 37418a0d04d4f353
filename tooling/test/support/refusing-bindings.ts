/** Set over the worker's own address: by PUT neither rooms nor queues take anything any more, by DELETE they do again. */
export const REFUSAL_PATH = "/refusal";

let refuses = false;

export function setRefusal(request: Request): Response {
  refuses = request.method === "PUT";
  return new Response(null, { status: 204 });
}

/** The worker's environment; while its bindings are to refuse, one in which they do. */
export function envNow(env: object): object {
  return refuses ? { ...env, CALL_ROOM: { getByName: () => ({ deliver: refuse }) }, NOTICES: { send: refuse } } : env;
}

async function refuse(): Promise<never> {
  throw new Error("Refused by the test.");
}
