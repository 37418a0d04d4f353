import type { Context, WorkspaceActor } from "@earwitness/core";
import type { Action } from "@earwitness/shared";
import { z } from "zod";
import type { Services } from "../services.ts";
import { parseRequest, type RequestParts } from "./parse.ts";

/** What an answer holds: a JSON view, bytes of some media type (the handler makes the response itself), or nothing. */
export type Returned = z.ZodType | { readonly mediaType: string } | "nothing";
export type Returns = Readonly<Record<number, Returned>>;

/** Everything that is said about a route once: validation, types, permission and the OpenAPI document come from it. */
export interface Contract {
  readonly method: "get" | "post" | "patch" | "delete";
  /** Below `/v1`, with parameters in braces. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: "Calls" | "Recordings" | "Numbers" | "Workspace";
  /** Who may, by the table of permissions. */
  readonly may: Action;
  readonly request: RequestParts;
  /** The answers below 400 by status. Every route may also answer with a problem. */
  readonly returns: Returns;
}

interface Handled<S extends RequestParts> {
  readonly ctx: Context<WorkspaceActor>;
  readonly services: Services;
  readonly raw: Request;
  /** The parts of the request that the contract names, parsed. */
  readonly input: z.output<z.ZodObject<S>>;
}

type Answer =
  | Response
  | { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> };

/** An answer that fits what the contract says it returns. */
type AnswerOf<R extends Returns> = {
  [S in keyof R & number]: R[S] extends z.ZodType
    ? { readonly status: S; readonly body: z.output<R[S]>; readonly headers?: Record<string, string> }
    : R[S] extends "nothing"
      ? { readonly status: S; readonly headers?: Record<string, string> }
      : Response;
}[keyof R & number];

/** A declared route, its types folded away, as `mount` takes it. */
export interface Route {
  readonly contract: Contract;
  /** Parses the request, runs the handler and renders its answer. Throws what the parser or the verb throws. */
  answer(
    ctx: Context<WorkspaceActor>,
    services: Services,
    raw: Request,
    params: Record<string, string>,
  ): Promise<Response>;
}

/** Declares a route: its contract, and a handler that calls one verb or query and decides nothing itself. */
export function route<const R extends Returns, const S extends RequestParts>(
  contract: Omit<Contract, "request" | "returns"> & {
    readonly request: S;
    readonly returns: R;
    handle(call: Handled<S>): Promise<AnswerOf<R>>;
  },
): Route {
  const schema = z.object(contract.request);
  return {
    contract,
    answer: async (ctx, services, raw, params) =>
      render(await contract.handle({ ctx, services, raw, input: await parseRequest(schema, raw, params) })),
  };
}

/** The usual answer: 200 with a view. */
export function ok<T>(body: T): { readonly status: 200; readonly body: T } {
  return reply(200, body);
}

/** An answer with a view and another status. */
export function reply<const S extends number, T>(status: S, body: T): { readonly status: S; readonly body: T } {
  return { status, body };
}

function render(answer: Answer): Response {
  if (answer instanceof Response) return answer;
  const headers = { "cache-control": "no-store", ...answer.headers };
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });
  return Response.json(answer.body, { status: answer.status, headers });
}
