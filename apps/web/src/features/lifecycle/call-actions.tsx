"use client";
import type { CallView } from "@earwitness/shared";
import { Ellipsis, Scale, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { useMay } from "../../api/use-may.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, type MenuAction } from "../../ui/menu.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useDeleteCall } from "./use-delete-call.ts";

const HoldDialog = lazy(() => import("./hold-dialog.tsx"));

/** What can be done to the record of a call that is over: delete it, or keep it from being deleted. */
export function CallActions({ call, contact }: { call: CallView; contact: string }) {
  const may = useMay();
  const [asksToHold, setAsksToHold] = useState(false);
  const deleting = useDeleteCall(call, contact);
  const actions: MenuAction[] = [
    ...(may("holds:manage")
      ? [{ key: "hold", label: "Place a legal hold…", icon: Scale, onSelect: () => setAsksToHold(true) }]
      : []),
    ...(may("calls:delete") && !call.isHeld
      ? [{ key: "delete", label: "Delete", icon: Trash2, onSelect: () => deleting.mutate() }]
      : []),
  ];
  if (actions.length === 0) return null;
  return (
    <>
      <Menu label="This call" actions={actions}>
        {(control) => (
          <Button {...control} square aria-label="More for this call" busy={deleting.isPending}>
            {!deleting.isPending && <Icon of={Ellipsis} />}
          </Button>
        )}
      </Menu>
      {deleting.isError && (
        <Notice tone="bad" role="alert">
          Not deleted. {errorMessage(deleting.error)}
        </Notice>
      )}
      {asksToHold && (
        <Suspense>
          <HoldDialog callId={call.id} onClose={() => setAsksToHold(false)} />
        </Suspense>
      )}
    </>
  );
}
