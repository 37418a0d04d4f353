"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Undo2, X } from "lucide-react";
import { useEffect, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { restoreCall } from "../../api/lifecycle.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { type DeletedCall, tellDeleted } from "./deleted-call.ts";
import styles from "./undo-toast.module.css";

/** Long enough to read it and reach it; the trash keeps the call for weeks in any case (WCAG 2.2.1). */
const SHOWN_MS = 12_000;

/** Says that a call is in the trash, and takes it out again in one press. It stays while the pointer or focus is on it. */
export default function UndoToast({ deleted }: { deleted: DeletedCall }) {
  const client = useQueryClient();
  const [isKept, setIsKept] = useState(false);
  const undoing = useMutation({
    mutationFn: () => restoreCall(deleted.callId),
    onSuccess: async () => {
      await Promise.all(["calls", "trash"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      tellDeleted(null);
    },
  });
  const stays = isKept || undoing.isPending || undoing.isError;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => tellDeleted(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [stays]);
  return (
    <section
      className={styles.toast}
      aria-label="Just deleted"
      onPointerEnter={() => setIsKept(true)}
      onPointerLeave={() => setIsKept(false)}
      onFocus={() => setIsKept(true)}
      onBlur={() => setIsKept(false)}
    >
      <p role="status">
        {undoing.isError ? (
          <>It is still in the trash. {errorMessage(undoing.error)}</>
        ) : (
          <>
            The call with <span className="phone">{deleted.contact}</span> is in the trash.
          </>
        )}
      </p>
      <Button size="sm" look="line" busy={undoing.isPending} onClick={() => undoing.mutate()}>
        {!undoing.isPending && <Icon of={Undo2} small />}
        Undo
      </Button>
      <Button size="sm" square aria-label="Close" onClick={() => tellDeleted(null)}>
        <Icon of={X} small />
      </Button>
    </section>
  );
}
