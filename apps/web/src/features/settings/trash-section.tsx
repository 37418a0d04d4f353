"use client";
import type { TrashedCall } from "@earwitness/shared";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Scale, Trash2, Undo2 } from "lucide-react";
import { errorMessage } from "../../api/api-error.ts";
import { restoreCall, trashQuery } from "../../api/lifecycle.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { callLength } from "../calls/call-line.ts";
import { contactNumber } from "../calls/parties.ts";
import { Failure } from "../failure/failure.tsx";
import { Day, Moment } from "./moment.tsx";
import styles from "./rows.module.css";
import { Rows, RowsSkeleton } from "./rows.tsx";
import { Section } from "./section.tsx";

/** The calls that were deleted, for as long as they can be had back. */
export function TrashSection() {
  const query = useInfiniteQuery(trashQuery);
  const { data, isPending, error, isFetching, refetch } = query;
  const calls = data?.pages.flatMap((page) => page.calls) ?? [];
  return (
    <Section id="trash" title="Trash" text="Deleted calls lie here for 30 days. Then everything of them goes for good.">
      {calls.length > 0 && (
        <Rows label="Calls in the trash">
          {calls.map((call) => (
            <TrashRow key={call.id} call={call} />
          ))}
        </Rows>
      )}
      {query.hasNextPage && (
        <p>
          <Button look="line" size="sm" busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Show more
          </Button>
        </p>
      )}
      {data && calls.length === 0 && <Empty title="Nothing in the trash">Deleted calls are found here.</Empty>}
      {isPending && <RowsSkeleton />}
      {error && !data && (
        <Failure
          title="The trash did not load"
          error={error}
          meaning="What lies there stays there."
          isTrying={isFetching}
          onTryAgain={refetch}
        />
      )}
    </Section>
  );
}

function TrashRow({ call }: { call: TrashedCall }) {
  const client = useQueryClient();
  const formatPhone = usePhoneFormat();
  const restoring = useMutation({
    mutationFn: () => restoreCall(call.id),
    onSuccess: () => Promise.all(["trash", "calls"].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
  const contact = formatPhone(contactNumber(call));
  return (
    <li className={styles.row}>
      <Icon of={call.isHeld ? Scale : Trash2} />
      <div className={styles.who}>
        <p>
          <span className="strong phone">{contact}</span> · <Moment instant={call.startedAt} /> ·{" "}
          {callLength(call, Date.parse(call.startedAt))}
        </p>
        <p className="quiet small">
          Deleted <Day instant={call.deletedAt} />
          {call.deletedByName !== null && ` by ${call.deletedByName}`} ·{" "}
          {call.isHeld ? (
            "a legal hold keeps it"
          ) : (
            <>
              goes for good after <Day instant={call.purgeAt} />
            </>
          )}
        </p>
      </div>
      <div className={styles.end}>
        <Button
          look="line"
          size="sm"
          busy={restoring.isPending}
          aria-label={`Restore the call with ${contact}`}
          onClick={() => restoring.mutate()}
        >
          {!restoring.isPending && <Icon of={Undo2} small />}
          Restore
        </Button>
      </div>
      {restoring.isError && (
        <Notice tone="bad" role="alert" className={styles.below}>
          It is still in the trash. {errorMessage(restoring.error)}
        </Notice>
      )}
    </li>
  );
}
