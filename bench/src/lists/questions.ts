import { parseSearch, type UserActor } from "@earwitness/core";
import {
  type CallsPosition,
  type Database,
  listCalls,
  readCall,
  readTranscript,
  type SearchFilter,
  searchCalls,
} from "@earwitness/db";
import { newId } from "@earwitness/shared";
import { type SeededRecord, SPOKEN } from "./seed-record.ts";

export interface Question {
  readonly name: string;
  readonly kind: "list" | "search";
  ask(): Promise<unknown>;
}

const PAGE = 50;
/** How far down the deep page is, as a share of all calls. */
const DEEP = 0.9;

/** What the screens ask of the record: the queries of the API's routes, each in a transaction of its own. */
export async function questionsOf(database: Database, record: SeededRecord, calls: number): Promise<Question[]> {
  const { workspaceId, agentId } = record;
  const somebody = { kind: "user", workspaceId, sessionId: newId("session") } as const;
  const owner: UserActor = { ...somebody, userId: newId("user"), role: "owner", sees: "all" };
  const agent: UserActor = { ...somebody, userId: agentId, role: "agent", sees: "own" };

  const list = (after: CallsPosition | null, actor = owner) =>
    database.read(actor, (scope) => listCalls(scope, { filter: {}, after, limit: PAGE }));
  const deep: CallsPosition = {
    startedAt: new Date(Date.now() - 30_000 * calls * DEEP),
    id: newId("call"),
  };
  const [last] = (await list(deep)).calls;
  if (last === undefined) throw new Error("The record is not filled.");
  const search = (q: string, { actor = owner, filter = {} }: { actor?: UserActor; filter?: SearchFilter } = {}) =>
    database.read(actor, (scope) =>
      searchCalls(scope, { terms: parseSearch(q), filter, from: { after: null, skip: 0 }, limit: 20 }),
    );

  return [
    { name: "list, first page", kind: "list", ask: () => list(null) },
    { name: "list, deep page", kind: "list", ask: () => list(deep) },
    { name: "list, an agent's own", kind: "list", ask: () => list(null, agent) },
    {
      name: "call page",
      kind: "list",
      ask: () =>
        database.read(owner, async (scope) => {
          await readCall(scope, last.id);
          await readTranscript(scope, last.id);
        }),
    },
    { name: "search, rare word", kind: "search", ask: () => search(SPOKEN.rare) },
    { name: "search, common word", kind: "search", ask: () => search(SPOKEN.common) },
    { name: "search, middling word", kind: "search", ask: () => search(SPOKEN.middling) },
    { name: "search, two words", kind: "search", ask: () => search(`${SPOKEN.common} ${SPOKEN.middling}`) },
    { name: "search, phrase", kind: "search", ask: () => search(`"${SPOKEN.phrase}"`) },
    { name: "search, rare prefix", kind: "search", ask: () => search(`${SPOKEN.rare.slice(0, 4)}*`) },
    { name: "search, common prefix", kind: "search", ask: () => search(`${SPOKEN.common.slice(0, 2)}*`) },
    { name: "search, nothing found", kind: "search", ask: () => search("unspoken") },
    { name: "search, an agent's own", kind: "search", ask: () => search(SPOKEN.common, { actor: agent }) },
  ];
}
