import type { MiddlewareHandler } from "hono";
import { z } from "zod";
import type { NodeBindings } from "./listen.ts";

/** Requests kept per vendor; older ones are forgotten. */
const KEPT = 5000;

export interface ReceivedRequest {
  readonly vendor: Vendor;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** The JSON body, or `null` when there was none. */
  readonly body: unknown;
  readonly status: number;
}

export const Vendor = z.enum(["telnyx", "assemblyai", "resend", "google", "github"]);
export type Vendor = z.infer<typeof Vendor>;

/** What the vendors were asked, in the order of the answers. Credentials are not kept. */
export class Received {
  readonly #requests: Record<Vendor, ReceivedRequest[]> = {
    telnyx: [],
    assemblyai: [],
    resend: [],
    google: [],
    github: [],
  };

  add(request: ReceivedRequest): void {
    const list = this.#requests[request.vendor];
    list.push(request);
    if (list.length > KEPT) list.shift();
  }

  list(vendor?: Vendor): ReceivedRequest[] {
    const lists = vendor === undefined ? Object.values(this.#requests) : [this.#requests[vendor]];
    return lists.flat().sort((a, b) => a.at.localeCompare(b.at));
  }

  clear(): void {
    for (const list of Object.values(this.#requests)) list.length = 0;
  }

  /** Notes every request that passes, with the status of its answer. */
  watch(vendor: Vendor): MiddlewareHandler<NodeBindings> {
    return async (c, next) => {
      const at = new Date().toISOString();
      const body = await readJson(c.req.raw);
      await next();
      this.add({ vendor, at, method: c.req.method, path: withQuery(c.req.url), body, status: c.res.status });
    };
  }
}

function withQuery(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

async function readJson(request: Request): Promise<unknown> {
  const isJson = request.headers.get("content-type")?.includes("json") ?? false;
  // Only JSON is cloned: the other half of a clone is kept in memory until it is read.
  const text = isJson && request.body !== null ? await request.clone().text() : "";
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 1000);
  }
}
