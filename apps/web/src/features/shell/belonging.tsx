"use client";
import type { MeView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isForbidden } from "../../api/api-error.ts";
import { meQuery } from "../../api/queries.ts";
import { goToWorkspace } from "../workspaces/go-to-workspace.ts";

/** Why the screen has to go: who looks at it no longer belongs to the workspace that it shows, or to none at all. */
export interface Lost {
  /** The workspace that was shown; null when this page never showed one. */
  left: MeView["workspace"] | null;
  /** The server's own words, where it refuses altogether. */
  why: string | null;
  /** Where they belong besides. */
  others: MeView["workspaces"];
}

/**
 * Watches that this page stays in the workspace that it began with. Whoever was taken out of it is told so; where another tab
 * went to another workspace, this one goes along, since the session is in one at a time.
 */
export default function Belonging({ onLost }: { onLost: (lost: Lost) => void }) {
  const { data: me, error } = useQuery(meQuery);
  const [began, setBegan] = useState<MeView["workspace"] | null>(null);
  if (began === null && me) setBegan(me.workspace);

  useEffect(() => {
    if (isForbidden(error)) return onLost({ left: began, why: error?.message ?? null, others: [] });
    if (!me || began === null || me.workspace.id === began.id) return;
    if (me.workspaces.some(({ id }) => id === began.id)) goToWorkspace();
    else onLost({ left: began, why: null, others: me.workspaces });
  }, [me, error, began, onLost]);
  return null;
}
