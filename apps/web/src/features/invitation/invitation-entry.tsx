"use client";
import { lazy } from "react";
import { InBrowser } from "../../ui/in-browser.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import styles from "./invitation.module.css";

const Invitation = lazy(() => import("./invitation.tsx"));

/** The frame of an invitation, then what it says: its token is in the address's fragment, which only the browser knows. */
export function InvitationEntry() {
  return (
    <InBrowser frame={<InvitationFrame />}>
      <Invitation />
    </InBrowser>
  );
}

/** What stands until it is known what the invitation says. */
export function InvitationFrame() {
  return (
    <div className={styles.stack}>
      <h1>Invitation</h1>
      <Skeleton />
      <Skeleton width="half" />
    </div>
  );
}
