"use client";
import type { CallView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect } from "react";
import { isNotFound } from "../../api/api-error.ts";
import { callQuery } from "../../api/queries.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import { LinkStatus } from "../../live/link-status.tsx";
import { useLink } from "../../live/live-provider.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { contactNumber } from "../calls/parties.ts";
import { Failure, StaleNotice } from "../failure/failure.tsx";
import { CallStanding } from "../lifecycle/call-standing.tsx";
import { CallBody } from "./call-body.tsx";
import { CallHead } from "./call-head.tsx";
import styles from "./call-screen.module.css";
import { CallSkeleton } from "./call-skeleton.tsx";

/** One call: who, when and how far it has come; its sound, its words and its record. */
export default function CallScreen({ callId }: { callId: string }) {
  const query = useQuery(callQuery(callId));
  useTitle(query.data);

  if (query.data) {
    return (
      <div className={styles.call} data-live={query.data.state === "live" || undefined}>
        <CallHead call={query.data} />
        {query.isError && (
          <StaleNotice
            className={styles.notice}
            title="This page may be old."
            error={query.error}
            isTrying={query.isFetching}
            onTryAgain={query.refetch}
          />
        )}
        {query.data.state !== "live" && <LinkTrouble />}
        <CallStanding call={query.data} className={styles.notice} />
        <CallBody call={query.data} />
      </div>
    );
  }
  if (query.isPending) return <CallSkeleton />;
  if (isNotFound(query.error)) {
    return (
      <Empty
        className={styles.alone}
        title="No such call here"
        action={
          <Link className={buttonClass({ look: "line" })} href="/calls">
            Go to the calls
          </Link>
        }
      >
        It may be mistyped, or belong to another workspace.
      </Empty>
    );
  }
  return (
    <Failure
      className={styles.alone}
      title="The call did not load"
      error={query.error}
      meaning="The recording is safe; only this view is missing."
      isTrying={query.isFetching}
      onTryAgain={query.refetch}
    />
  );
}

/** The link is spoken of here only when something is wrong with it. */
function LinkTrouble() {
  const link = useLink();
  return link.is === "cut-off" ? (
    <p className={styles.notice}>
      <LinkStatus />
    </p>
  ) : null;
}

function useTitle(call: CallView | undefined) {
  const formatPhone = usePhoneFormat();
  const title = call && `${formatPhone(contactNumber(call))} · Earwitness`;
  useEffect(() => {
    if (title) document.title = title;
  }, [title]);
}
