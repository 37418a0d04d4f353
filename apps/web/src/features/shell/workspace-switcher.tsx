"use client";
import type { MeView } from "@earwitness/shared";
import { useMutation } from "@tanstack/react-query";
import { ChevronsUpDown, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { switchWorkspace } from "../../api/workspaces.ts";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { goToWorkspace } from "../workspaces/go-to-workspace.ts";
import styles from "./rail.module.css";

const CreateWorkspaceDialog = lazy(() => import("../workspaces/create-workspace-dialog.tsx"));

/** The workspace that one is in, the others, and the way to a new one. */
export function WorkspaceSwitcher({ me }: { me: MeView | undefined }) {
  const [asks, setAsks] = useState(false);
  const switching = useMutation({ mutationFn: switchWorkspace, onSuccess: goToWorkspace });
  if (!me) return <p className={styles.workspace}>{"\u00a0"}</p>;
  const choices = me.workspaces.map(({ id, name, isCurrent }) => ({
    key: id,
    label: name,
    chosen: isCurrent,
    onSelect: () => {
      if (!isCurrent) switching.mutate(id);
    },
  }));
  const making = { key: "make", label: "Make a workspace…", icon: Plus, onSelect: () => setAsks(true) };
  return (
    <>
      <Menu
        label="Workspaces"
        head="Your workspaces"
        actions={me.may.includes("workspaces:create") ? [...choices, making] : choices}
      >
        {(control) => (
          <button
            {...control}
            className={styles.workspace}
            type="button"
            aria-label={`Workspace: ${me.workspace.name}`}
            aria-busy={switching.isPending || undefined}
          >
            <span className="clip">{switching.isPending ? "Going there" : me.workspace.name}</span>
            <Icon of={ChevronsUpDown} small />
          </button>
        )}
      </Menu>
      {switching.isError && (
        <p className={styles.wrong} role="alert">
          Still here. {errorMessage(switching.error)}
        </p>
      )}
      {asks && (
        <Suspense>
          <CreateWorkspaceDialog onClose={() => setAsks(false)} />
        </Suspense>
      )}
    </>
  );
}
