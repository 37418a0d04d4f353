"use client";
import type { InvitationPreview } from "@earwitness/shared";
import Link from "next/link";
import { useCallback, useEffect, useState } from "react";
import { ApiError, errorMessage, isForbidden, isSignedOut } from "../../api/api-error.ts";
import { acceptInvitation, previewInvitation } from "../../api/members.ts";
import { dayAndTime, exactInstant } from "../../format/time.ts";
import { useBrowserValue } from "../../ui/browser-value.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { signOut } from "../session/auth.ts";
import { aRole, ROLES, roleName } from "../settings/roles.ts";
import styles from "./invitation.module.css";
import { InvitationFrame } from "./invitation-entry.tsx";
import { forgetToken, keepToken, keptToken, tokenIn } from "./kept-token.ts";

/** Where an invitation is come back to after signing in; its token was kept meanwhile. */
const SIGN_IN = `/login?${new URLSearchParams({ next: "/invitation" })}`;

type Shown =
  | { is: "reading" }
  | { is: "waiting"; preview: InvitationPreview }
  /** It cannot be used any more, or never could. */
  | { is: "over"; why: string }
  | { is: "unread"; error: unknown };

type Attempt = { is: "idle" } | { is: "busy" } | { is: "failed"; error: unknown };

/** What an invitation says to who holds it, and the way in. Reading it uses nothing up: mail scanners open every link. */
export default function Invitation() {
  const fragment = useBrowserValue(() => window.location.hash) ?? "";
  // Read once: it is forgotten when the invitation turns out to be over, and what the page says of it stays.
  const [kept] = useState(() => keptToken());
  const token = tokenIn(fragment) ?? kept;
  const [shown, setShown] = useState<Shown>({ is: "reading" });

  const read = useCallback(async () => {
    if (token === null) return;
    setShown({ is: "reading" });
    try {
      setShown({ is: "waiting", preview: await previewInvitation(token) });
    } catch (error) {
      if (isOver(error)) forgetToken();
      setShown(isOver(error) ? { is: "over", why: errorMessage(error) } : { is: "unread", error });
    }
  }, [token]);
  useEffect(() => void read(), [read]);

  if (token === null) {
    return <Closed why="The link is not whole: the mail program may have cut it. Open the one in the mail again." />;
  }
  switch (shown.is) {
    case "reading":
      return <InvitationFrame />;
    case "over":
      return <Closed why={shown.why} />;
    case "unread":
      return (
        <div className={styles.stack}>
          <h1>The invitation did not load</h1>
          <p className="second" role="alert">
            {errorMessage(shown.error)} The link stays good.
          </p>
          <Button look="primary" size="lg" onClick={() => void read()}>
            Load again
          </Button>
        </div>
      );
    case "waiting":
      return (
        <Waiting
          token={token}
          preview={shown.preview}
          onOver={(why) => {
            forgetToken();
            setShown({ is: "over", why });
          }}
        />
      );
  }
}

interface WaitingProps {
  token: string;
  preview: InvitationPreview;
  onOver: (why: string) => void;
}

function Waiting({ token, preview, onOver }: WaitingProps) {
  const { workspaceName, role, email, invitedBy, expiresAt } = preview;
  const [attempt, setAttempt] = useState<Attempt>({ is: "idle" });
  const error = attempt.is === "failed" ? attempt.error : null;

  async function accept() {
    setAttempt({ is: "busy" });
    try {
      await acceptInvitation(token);
      forgetToken();
      window.location.replace("/calls");
    } catch (error) {
      if (isOver(error)) return onOver(errorMessage(error));
      setAttempt({ is: "failed", error });
      if (isSignedOut(error)) {
        keepToken(token);
        window.location.assign(SIGN_IN);
      }
    }
  }

  async function becomeAnother() {
    setAttempt({ is: "busy" });
    keepToken(token);
    try {
      await signOut();
      window.location.assign(SIGN_IN);
    } catch (error) {
      setAttempt({ is: "failed", error });
    }
  }

  return (
    <div className={styles.stack}>
      <h1>Join {workspaceName}</h1>
      <p className="second">
        {invitedBy ?? "Somebody there"} invites you as <b className="strong">{aRole(role)}</b>.
      </p>
      <p className="small quiet">
        {roleName(role)}: {ROLES.find((each) => each.role === role)?.may}
      </p>
      <p className="second">
        For <b className="strong">{email}</b>, good until{" "}
        <time dateTime={expiresAt} title={exactInstant(expiresAt)}>
          {dayAndTime(expiresAt, new Date())}
        </time>
        .
      </p>
      {isForbidden(error) ? (
        <>
          <Notice tone="warn" role="alert">
            {errorMessage(error)}
          </Notice>
          <Button look="primary" size="lg" className={styles.another} onClick={becomeAnother}>
            Sign out, then sign in as {email}
          </Button>
          <Link className={buttonClass({ size: "lg" })} href="/calls">
            Stay signed in
          </Link>
        </>
      ) : (
        <Button look="primary" size="lg" busy={attempt.is === "busy" || isSignedOut(error)} onClick={accept}>
          {isSignedOut(error) ? "Sign in first" : attempt.is === "busy" ? "Joining" : "Accept and join"}
        </Button>
      )}
      {error !== null && !isForbidden(error) && !isSignedOut(error) && (
        <Notice tone="bad" role="alert">
          You have not joined. {errorMessage(error)}
        </Notice>
      )}
      <p className="small quiet">
        You need to be signed in with this address. If the invitation is not meant for you, close this page: nothing has
        happened.
      </p>
    </div>
  );
}

function Closed({ why }: { why: string }) {
  return (
    <div className={styles.stack}>
      <h1>This invitation does not work</h1>
      <p className="second" role="alert">
        {why}
      </p>
      <Link className={buttonClass({ look: "line", size: "lg" })} href="/calls">
        To the calls
      </Link>
    </div>
  );
}

/** True where asking again would be refused again: unknown, accepted, taken back or too old. */
function isOver(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 422 || error.status === 400);
}
