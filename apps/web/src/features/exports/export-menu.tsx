"use client";
import type { MakeExport } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { errorMessage } from "../../api/api-error.ts";
import { makeExport } from "../../api/transfers.ts";
import { useMay } from "../../api/use-may.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Notice } from "../../ui/notice.tsx";

export interface ExportChoice {
  readonly label: string;
  /** What is asked for once it is chosen: `today` is then, not when the menu was drawn. */
  readonly wish: () => MakeExport;
}

export interface ExportMenuProps {
  readonly label: string;
  readonly choices: readonly ExportChoice[];
  /** That of the buttons beside it. */
  readonly size?: "sm" | "md";
}

/** A menu of files that can be written of what is shown. Whoever chooses one is led to where it becomes ready. */
export function ExportMenu({ label, choices, size = "md" }: ExportMenuProps) {
  const router = useRouter();
  const client = useQueryClient();
  const may = useMay();
  const making = useMutation({
    mutationFn: makeExport,
    onSuccess: async ({ exportId }) => {
      await client.invalidateQueries({ queryKey: ["exports"] });
      router.push(`/settings?export=${exportId}#exports`);
    },
  });
  if (!may("exports:make")) return null;
  const actions = choices.map(({ label, wish }) => ({ key: label, label, onSelect: () => making.mutate(wish()) }));
  return (
    <>
      <Menu head={<p className="quiet small">{label}</p>} label={label} actions={actions}>
        {(control) => (
          <Button {...control} look="line" size={size} busy={making.isPending}>
            {!making.isPending && <Icon of={FileDown} small={size === "sm"} />}
            Export
          </Button>
        )}
      </Menu>
      {making.isError && (
        <Notice tone="bad" role="alert">
          Nothing is written. {errorMessage(making.error)}
        </Notice>
      )}
    </>
  );
}
