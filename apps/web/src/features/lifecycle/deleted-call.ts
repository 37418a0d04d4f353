import { useSyncExternalStore } from "react";

/** A call that was put into the trash a moment ago, for as long as that can be undone in one press. */
export interface DeletedCall {
  readonly callId: string;
  /** Whose call it was, as the screen wrote it. */
  readonly contact: string;
}

let deleted: DeletedCall | null = null;
const listeners = new Set<() => void>();

/** Says what was just deleted, or with null that nobody is to be told any more. It outlives the screen that it was done on. */
export function tellDeleted(call: DeletedCall | null): void {
  deleted = call;
  for (const listener of listeners) listener();
}

/** What was just deleted; null where nothing was. */
export function useDeletedCall(): DeletedCall | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => deleted,
    () => null,
  );
}
