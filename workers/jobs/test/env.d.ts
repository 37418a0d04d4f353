/// <reference types="@cloudflare/vitest-plugin/types" />

declare module "*?raw" {
  const text: string;
  export default text;
}

declare namespace Cloudflare {
  interface Env extends Omit<import("../src/env.ts").JobsEnv, "CALL_ROOM" | "WORKSPACE_ROOM" | "OUTBOX_ALARM"> {
    readonly CALL_ROOM: {
      getByName(name: string): import("../src/services.ts").RoomDoor & {
        tell(callId: string, facts: unknown[]): Promise<void>;
        kept(name: string): Promise<unknown[]>;
      };
    };
    readonly OUTBOX_ALARM: DurableObjectNamespace<import("../src/objects/outbox-alarm.ts").OutboxAlarm>;
    readonly WORKSPACE_ROOM: {
      getByName(
        name: string,
      ): import("@earwitness/core").WorkspaceRoomDoor & { kept(name: string): Promise<unknown[]> };
    };
  }
}
