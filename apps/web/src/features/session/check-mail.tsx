"use client";
import Link from "next/link";
import { useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { returnPath } from "../../api/sign-in-address.ts";
import { useBrowserValue } from "../../ui/browser-value.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { requestSignInLink } from "./auth.ts";
import styles from "./door.module.css";
import { useWaysIn } from "./use-ways-in.ts";

type Sending = { is: "idle" } | { is: "busy" } | { is: "sent" } | { is: "failed"; why: string };

/**
 * Says where the link went, and sends another one that leads to the same place. The mail's address stands after the `#`, where
 * only this browser sees it.
 */
export function CheckMail() {
  const ways = useWaysIn();
  const search = useBrowserValue(() => window.location.search) ?? "";
  const address = useBrowserValue(() => decodeURIComponent(window.location.hash.slice(1)));
  const [sending, setSending] = useState<Sending>({ is: "idle" });

  async function sendAgain(to: string) {
    setSending({ is: "busy" });
    try {
      const next = new URLSearchParams(search).get("next");
      await requestSignInLink(to, returnPath(next, window.location.origin));
      setSending({ is: "sent" });
    } catch (error) {
      setSending({ is: "failed", why: errorMessage(error) });
    }
  }

  // The server tells nobody whether an address is known here, so this page cannot tell either.
  const isInvited = ways?.signUp === "invited";
  return (
    <div className={styles.stack}>
      <h1>Look in your mail</h1>
      <p className="second">
        {isInvited ? "Where somebody has invited you, a" : "A"} link went to{" "}
        {address ? <b className="strong">{address}</b> : "your address"}. It works once, for 15 minutes.
      </p>
      <p className="small quiet">
        Nothing after a minute? It may lie with the junk mail. A new link takes the old one’s place.
      </p>
      {address && (
        <Button look="line" size="lg" busy={sending.is === "busy"} onClick={() => sendAgain(address)}>
          Mail another link
        </Button>
      )}
      <Link className={buttonClass({ size: "lg" })} href={`/login${search}`}>
        Use another address
      </Link>
      <div role="status">
        {sending.is === "sent" && <Notice tone="good">Another link is on its way.</Notice>}
        {sending.is === "failed" && <Notice tone="bad">{sending.why}</Notice>}
      </div>
    </div>
  );
}
