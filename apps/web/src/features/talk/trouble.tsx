"use client";
import type { CallView } from "@earwitness/shared";
import { PhoneForwarded, Unplug } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { usePhoneFormat } from "../../format/phone.ts";
import type { LiveCallView } from "../../live/call-link.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useNow } from "../../ui/use-now.ts";
import { contactNumber } from "../calls/parties.ts";
import { useMemberName } from "./member-names.ts";
import styles from "./talk.module.css";
import { transferWords } from "./transfer-words.ts";

export interface TroubleProps {
  call: CallView;
  view: LiveCallView;
  isOpen: boolean;
  /** A sentence was put away by its button, which is gone with it: the focus needs another place. */
  onDismissed: () => void;
}

/** What must be known before the words below are believed: that the link is cut, sound is lost, a transfer failed, it is over. */
export function Trouble({ call, view, isOpen, onDismissed }: TroubleProps) {
  const formatPhone = usePhoneFormat();
  const nameOf = useMemberName();
  const { state } = view.call;
  const [read, setRead] = useState<string | null>(null);
  // Once the call is over nobody waits on the line any more, and nobody is still with us.
  const transfer = isOpen ? (state?.transfer ?? null) : null;
  const isSettled = transfer?.state === "failed" || transfer?.state === "connected";
  return (
    <div role="status" className={styles.answers}>
      {!isOpen && (
        <Notice action={<Link href={`/calls/${call.id}`}>Open the call</Link>}>
          The call has ended. Its words stay here as they were heard.
        </Notice>
      )}
      {isOpen && view.link.is === "cut-off" && <Cut since={view.link.since} />}
      {isOpen && state?.media === "lost" && (
        <Notice tone="warn" shape={Unplug}>
          The call’s sound does not reach us just now; it is asked for again. The people on the line hear each other
          {state.recording === "running" ? ", and the carrier goes on recording." : "."}
        </Notice>
      )}
      {isOpen && state?.captions === "lost" && (
        <Notice tone="warn" shape={Unplug}>
          The transcriber is away; it is called again. What is said meanwhile is kept as sound.
        </Notice>
      )}
      {transfer && !(isSettled && read === transfer.at) && (
        <Notice
          tone={transfer.state === "failed" ? "bad" : "plain"}
          shape={PhoneForwarded}
          action={
            isSettled && (
              <Button
                size="sm"
                onClick={() => {
                  setRead(transfer.at);
                  onDismissed();
                }}
              >
                Dismiss
              </Button>
            )
          }
        >
          {transferWords(transfer, {
            to: formatPhone(transfer.to),
            by: nameOf(transfer.by),
            contact: formatPhone(contactNumber(call)),
          })}
        </Notice>
      )}
    </div>
  );
}

function Cut({ since }: { since: number }) {
  const seconds = Math.max(0, Math.round((useNow(1_000) - since) / 1_000));
  return (
    <Notice tone="bad" shape={Unplug}>
      Connection lost {seconds} s ago. What is said is still being kept. It is caught up when it returns.
    </Notice>
  );
}
