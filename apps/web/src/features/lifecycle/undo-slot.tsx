"use client";
import { lazy, Suspense } from "react";
import { useDeletedCall } from "./deleted-call.ts";

const UndoToast = lazy(() => import("./undo-toast.tsx"));

/** Where a deletion can be undone, whichever screen is shown by then. */
export function UndoSlot() {
  const deleted = useDeletedCall();
  return deleted ? (
    <Suspense>
      <UndoToast key={deleted.callId} deleted={deleted} />
    </Suspense>
  ) : null;
}
