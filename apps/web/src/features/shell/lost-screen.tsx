"use client";
import { useMutation } from "@tanstack/react-query";
import { LogOut, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { switchWorkspace } from "../../api/workspaces.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Mark } from "../../ui/mark.tsx";
import { Notice } from "../../ui/notice.tsx";
import { leave } from "../session/leave.ts";
import { goToWorkspace } from "../workspaces/go-to-workspace.ts";
import type { Lost } from "./belonging.tsx";
import styles from "./lost-screen.module.css";

const CreateWorkspaceDialog = lazy(() => import("../workspaces/create-workspace-dialog.tsx"));

/** In the place of the whole product for somebody who does not belong to the workspace that it showed. */
export default function LostScreen({ left, why, others }: Lost) {
  const [asks, setAsks] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  const switching = useMutation({ mutationFn: switchWorkspace, onSuccess: goToWorkspace });
  return (
    <main className={styles.lost} id="main">
      <p className={styles.brand}>
        <Mark />
        Earwitness
      </p>
      <div className={styles.words} role="alert">
        <h1>{left ? `You no longer belong to ${left.name}` : "You belong to no workspace"}</h1>
        <p className="second">
          {left
            ? "Somebody removed or suspended you there, or you left. Its calls and settings are closed to you; what you did there stays."
            : why}
        </p>
        {left && why && <p className="quiet small">{why}</p>}
        {others.length === 0 && (
          <p className="quiet small">Were you invited? Open the link in that mail: it lets you in.</p>
        )}
      </div>
      {others.length > 0 && (
        <ul className={styles.others} aria-label="Your other workspaces">
          {others.map(({ id, name, role }) => (
            <li key={id}>
              <Button
                look="line"
                size="lg"
                busy={switching.isPending && switching.variables === id}
                onClick={() => switching.mutate(id)}
              >
                Go to {name}
                <span className="quiet">as {role}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {switching.isError && (
        <Notice tone="bad" role="alert">
          The other workspace did not open. {errorMessage(switching.error)}
        </Notice>
      )}
      <p className={styles.acts}>
        {others.length > 0 && (
          <Button look="line" onClick={() => setAsks(true)}>
            <Icon of={Plus} small />
            Make a workspace
          </Button>
        )}
        <Button
          busy={isLeaving}
          onClick={() => {
            setIsLeaving(true);
            void leave();
          }}
        >
          {!isLeaving && <Icon of={LogOut} small />}
          Sign out
        </Button>
      </p>
      {asks && (
        <Suspense>
          <CreateWorkspaceDialog onClose={() => setAsks(false)} />
        </Suspense>
      )}
    </main>
  );
}
