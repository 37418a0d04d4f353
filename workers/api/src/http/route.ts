import type { Actor, Context, PersonActor, UnitOfWork, VisitorActor, WorkspaceActor } from "@earwitness/core";
import type { Action } from "@earwitness/shared";
import { z } from "zod";
import type { Services } from "../services.ts";
import { admitAnyone, admitMember, admitPerson } from "./admit.ts";
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
  readonly tag: "Calls" | "Recordings" | "Numbers" | "Workspace" | "Operations";
  /**
   * Who may: those whom the table of permissions allows the action, in their workspace; everybody who is signed in, in a workspace or
   * in none; or anyone at all, and then nobody is asked who they are.
   */
  readonly may: Action | "signed-in" | "anyone";
  /** The longest body that it takes; the usual one where it is left out. */
  readonly maxBodyBytes?: number;
  readonly request: RequestParts;
  /** The answers below 400 by status. Every route may also answer with a problem. */
  readonly returns: Returns;
}

interface Handled<A extends Actor, S extends RequestParts> {
  readonly ctx: Context<A>;
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

/** A contract with its handler, which is handed those who may. */
interface Declared<
  M extends Contract["may"],
  A extends Actor,
  S extends RequestParts = RequestParts,
  R extends Returns = Returns,
  T = Answer,
> extends Contract {
  readonly may: M;
  readonly request: S;
  readonly returns: R;
  handle(call: Handled<A, S>): Promise<T>;
}

/** Who sent a request and may, and how it is answered. */
export interface Admitted {
  readonly actor: Actor;
  /**
   * Parses the request, runs the handler and renders its answer; with `within`, what the handler changes it changes by those units
   * of work. Throws what the parser or the verb throws.
   */
  answer(params: Record<string, string>, within?: Within): Promise<Response>;
}

/** A declared route, its types folded away, as `mount` takes it. */
export interface Route {
  readonly contract: Contract;
  /** Finds out who sent the request. Throws `unauthenticated` or `forbidden` for those who may not. */
  admit(services: Services, raw: Request): Promise<Admitted>;
}

/** Declares a route: its contract, and a handler that calls one verb or query and decides nothing itself. */
export function route<const R extends Returns, const S extends RequestParts>(
  declared: Declared<Action, WorkspaceActor, S, R, AnswerOf<R>>,
): Route;
export function route<const R extends Returns, const S extends RequestParts>(
  declared: Declared<"signed-in", PersonActor, S, R, AnswerOf<R>>,
): Route;
export function route<const R extends Returns, const S extends RequestParts>(
  declared: Declared<"anyone", VisitorActor, S, R, AnswerOf<R>>,
): Route;
export function route(
  declared: Declared<Action, WorkspaceActor> | Declared<"signed-in", PersonActor> | Declared<"anyone", VisitorActor>,
): Route {
  switch (declared.may) {
    case "anyone":
      return routeFor(declared, admitAnyone);
    case "signed-in":
      return routeFor(declared, admitPerson);
    default:
      return routeFor(declared, (services, raw) => admitMember(services, raw, declared.may));
  }
}

function routeFor<A extends Actor>(
  declared: Declared<Contract["may"], A>,
  admit: (services: Services, raw: Request) => Promise<Context<A>>,
): Route {
  const schema = z.object(declared.request);
  return {
    contract: declared,
    async admit(services, raw) {
      const ctx = await admit(services, raw);
      return {
        actor: ctx.actor,
        answer: async (params, within = (unitOfWork) => unitOfWork) => {
          const input = await parseRequest(schema, raw, params);
          return render(
            await declared.handle({ ctx: changing(ctx, within), services: servedBy(services, within), raw, input }),
          );
        },
      };
    },
  };
}

type Within = (unitOfWork: UnitOfWork) => UnitOfWork;

/** The context, with units of work that `within` has made. */
function changing<A extends Actor>(ctx: Context<A>, within: Within): Context<A> {
  return { ...ctx, unitOfWork: within(ctx.unitOfWork) };
}

/** The same for what a handler does in somebody else's name, as the system. */
function servedBy(services: Services, within: Within): Services {
  return { ...services, contextOf: (actor) => changing(services.contextOf(actor), within) };
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
