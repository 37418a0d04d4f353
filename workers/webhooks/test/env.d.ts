/// <reference types="@cloudflare/vitest-plugin/types" />

// The rooms that the tests script, beside what wrangler.toml names.
declare namespace Cloudflare {
  interface Env {
    CALL_ROOM: { getByName(name: string): import("./door.ts").ScriptedRoom };
  }
}
