"use client";
import type { ApiKeyView } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { errorMessage } from "../../api/api-error.ts";
import { revokeApiKey } from "../../api/commands.ts";
import { apiKeysQuery } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";

/** Asks before a key stops working: it cannot be taken back. */
export default function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKeyView; onClose: () => void }) {
  const client = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => revokeApiKey(apiKey.id),
    onSuccess: async () => {
      await client.invalidateQueries(apiKeysQuery);
      onClose();
    },
  });
  return (
    <Dialog
      title={`Revoke the key for ${apiKey.name}?`}
      onClose={onClose}
      insists
      foot={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="bad" busy={revoking.isPending} onClick={() => revoking.mutate()}>
            Revoke
          </Button>
        </>
      }
    >
      <p className="second">
        What uses <span className="receipt">{apiKey.prefix}…</span> is refused from now on. This cannot be undone; a new
        key can be made.
      </p>
      {revoking.isError && (
        <Notice tone="bad" role="alert">
          The key still works. {errorMessage(revoking.error)}
        </Notice>
      )}
    </Dialog>
  );
}
