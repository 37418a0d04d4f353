"use client";
import type { WorkspaceChoice } from "@earwitness/shared";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { errorMessage } from "../../../api/api-error.ts";
import { meQuery } from "../../../api/queries.ts";
import { useMay } from "../../../api/use-may.ts";
import { switchWorkspace } from "../../../api/workspaces.ts";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Badge } from "../../../ui/status.tsx";
import { goToWorkspace } from "../../workspaces/go-to-workspace.ts";
import { roleName } from "../roles.ts";
import styles from "../rows.module.css";
import { Rows } from "../rows.tsx";
import { Section } from "../section.tsx";

const CreateWorkspaceDialog = lazy(() => import("../../workspaces/create-workspace-dialog.tsx"));

/** The workspaces that one belongs to, and the way into another. */
export function WorkspacesSection() {
  const workspaces = useQuery(meQuery).data?.workspaces ?? [];
  const may = useMay();
  const [asks, setAsks] = useState(false);
  return (
    <Section
      id="workspaces"
      title="Workspaces"
      count={workspaces.length}
      text="Where you belong. Each keeps its own calls, people and settings."
      action={
        may("workspaces:create") && (
          <Button look="line" size="sm" onClick={() => setAsks(true)}>
            <Icon of={Plus} small />
            Make a workspace
          </Button>
        )
      }
    >
      <Rows label="Workspaces">
        {workspaces.map((workspace) => (
          <WorkspaceRow key={workspace.id} workspace={workspace} />
        ))}
      </Rows>
      {asks && (
        <Suspense>
          <CreateWorkspaceDialog onClose={() => setAsks(false)} />
        </Suspense>
      )}
    </Section>
  );
}

function WorkspaceRow({ workspace: { id, name, role, isCurrent } }: { workspace: WorkspaceChoice }) {
  const switching = useMutation({ mutationFn: () => switchWorkspace(id), onSuccess: goToWorkspace });
  return (
    <li className={styles.row} data-plain>
      <div className={styles.who}>
        <p className="strong">
          {name} {isCurrent && <Badge tone="accent">you are here</Badge>}
        </p>
        <p className="quiet small">{roleName(role)}</p>
      </div>
      {!isCurrent && (
        <Button
          look="line"
          size="sm"
          busy={switching.isPending}
          aria-label={`Go there: ${name}`}
          onClick={() => switching.mutate()}
        >
          Go there
        </Button>
      )}
      {switching.isError && (
        <Notice tone="bad" role="alert" className={styles.below}>
          You are still where you were. {errorMessage(switching.error)}
        </Notice>
      )}
    </li>
  );
}
