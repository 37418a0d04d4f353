/** What an object tells of what it did; units as the platform bills them, before prices. */
export interface RoomCount {
  messagesIn: number;
  /** From the first to the last message, for an object that cannot hibernate meanwhile. */
  listeningMs: number;
  rowsWritten: number;
  framesKept: number;
}

export interface RoomDoor extends Rpc.DurableObjectBranded {
  count(): Promise<RoomCount>;
  reset(): Promise<void>;
}

export interface DoorEnv {
  TRANSCRIBER_URL: string;
  ACCEPTING: DurableObjectNamespace<RoomDoor>;
  HIBERNATING: DurableObjectNamespace<RoomDoor>;
  HANDED: DurableObjectNamespace<RoomDoor>;
}
