"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { placeHold } from "../../api/lifecycle.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { TextArea } from "../../ui/input.tsx";
import { Notice } from "../../ui/notice.tsx";

export interface HoldDialogProps {
  /** null: everything of the workspace. */
  callId: `call_${string}` | null;
  onClose: () => void;
}

/** Asks why, and keeps a call or everything from being deleted. */
export default function HoldDialog({ callId, onClose }: HoldDialogProps) {
  const client = useQueryClient();
  const form = useId();
  const [key] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState("");
  const [showsWrong, setShowsWrong] = useState(false);
  const placing = useMutation({
    mutationFn: () => placeHold({ callId, reason: reason.trim() }, key),
    onSuccess: async () => {
      const stale = ["holds", "retention", "trash", "call"];
      await Promise.all(stale.map((each) => client.invalidateQueries({ queryKey: [each] })));
      onClose();
    },
  });
  function place(event: FormEvent) {
    event.preventDefault();
    setShowsWrong(reason.trim() === "");
    if (reason.trim() !== "" && !placing.isPending) placing.mutate();
  }
  return (
    <Dialog
      title={callId === null ? "Hold everything of the workspace?" : "Hold this call?"}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form} busy={placing.isPending}>
            Place the hold
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={place} noValidate>
        <p className="second">
          Nothing of it is deleted until the hold is released: not by hand, not by a rule, not at the carrier. What is
          gone already does not come back.
        </p>
        <Field
          label="Why"
          hint="The matter, as whoever releases it will need to know it."
          error={showsWrong ? "Say what it is held for." : null}
        >
          {(control) => (
            <TextArea
              {...control}
              rows={2}
              maxLength={500}
              value={reason}
              onChange={(e) => setReason(e.currentTarget.value)}
            />
          )}
        </Field>
      </form>
      {placing.isError && (
        <Notice tone="bad" role="alert">
          Nothing is held. {errorMessage(placing.error)}
        </Notice>
      )}
    </Dialog>
  );
}
