/** A request that the carrier received. */
export interface Received {
  path: string;
  body: Record<string, unknown>;
}

/** What the carrier answers next; without any it takes every command. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** The answer comes only after this time. */
  delayMs?: number;
}

/**
 * The carrier's API as tests script it. A leg's control id is its script's name: `PUT /script/<controlId>` queues
 * answers to its commands, `GET /script/<controlId>` lists the commands that came.
 */
export function scriptedCarrier(): (request: Request) => Promise<Response> {
  const received = new Map<string, Received[]>();
  const answers = new Map<string, Answer[]>();

  return async (request) => {
    const { pathname } = new URL(request.url);
    const script = /^\/script\/(.+)$/.exec(pathname)?.[1];
    if (script !== undefined) {
      if (request.method === "PUT") answers.set(script, (await request.json()) as Answer[]);
      return Response.json(received.get(script) ?? []);
    }
    const body = (await request.json()) as Record<string, unknown>;
    const name = pathname === "/v2/calls" ? String(body.to) : decodeURIComponent(pathname.split("/")[3] ?? "");
    received.set(name, [...(received.get(name) ?? []), { path: pathname, body }]);
    const answer = answers.get(name)?.shift() ?? { status: 200 };
    if (answer.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, answer.delayMs));
    return Response.json(answer.body ?? { data: { result: "ok" } }, {
      status: answer.status,
      headers: answer.headers ?? {},
    });
  };
}
