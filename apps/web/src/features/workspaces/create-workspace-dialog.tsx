"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { ApiError, errorMessage } from "../../api/api-error.ts";
import { createWorkspace, switchWorkspace } from "../../api/workspaces.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Notice } from "../../ui/notice.tsx";
import { goToWorkspace } from "./go-to-workspace.ts";

/** Makes a workspace of one's own and goes there. */
export default function CreateWorkspaceDialog({ onClose }: { onClose: () => void }) {
  // One key for one name: a second press after a lost answer makes no second workspace, another name is another wish.
  const [{ name, key }, setWish] = useState(() => wishOf(""));
  const form = useId();
  const making = useMutation({
    mutationFn: async () => {
      const { id } = await createWorkspace(name.trim(), key);
      await switchWorkspace(id);
    },
    onSuccess: goToWorkspace,
  });
  const wrong = making.error instanceof ApiError ? making.error.field("/name") : null;

  function make(event: FormEvent) {
    event.preventDefault();
    if (name.trim() !== "" && !making.isPending) making.mutate();
  }

  return (
    <Dialog
      title="Make a workspace"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Make none</Button>
          <Button look="primary" type="submit" form={form} busy={making.isPending} disabled={name.trim() === ""}>
            Make it and go there
          </Button>
        </>
      }
    >
      <p className="second">You will be its owner. It begins empty: nobody and nothing of this one comes along.</p>
      <form id={form} onSubmit={make} noValidate>
        <Field label="Name" hint="Such as the company’s. It can be changed later." error={wrong}>
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              value={name}
              onChange={(event) => setWish(wishOf(event.currentTarget.value))}
            />
          )}
        </Field>
      </form>
      {making.isError && wrong === null && (
        <Notice tone="bad" role="alert">
          You are still where you were. {errorMessage(making.error)}
        </Notice>
      )}
    </Dialog>
  );
}

const wishOf = (name: string) => ({ name, key: crypto.randomUUID() });
