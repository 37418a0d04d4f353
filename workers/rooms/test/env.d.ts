/// <reference types="@cloudflare/vitest-plugin/types" />

// The bindings that tests use, as wrangler.toml names them.
declare namespace Cloudflare {
  interface Env {
    CALL_ROOM: DurableObjectNamespace<import("../src/index.ts").CallRoom>;
    WORKSPACE_ROOM: DurableObjectNamespace<import("../src/index.ts").WorkspaceRoom>;
    WATCHED_ROOM: DurableObjectNamespace<import("./watch/watched-room.ts").WatchedRoom>;
    ROUTING: KVNamespace;
    RECORDINGS: R2Bucket;
    FACTS_READER: { getByName(room: string): { list(): Promise<unknown> } };
  }
}
