"use client";
import type { SessionView } from "@earwitness/shared";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import { errorMessage } from "../../../api/api-error.ts";
import { endAllSessions, endOtherSessions, endSession, sessionsQuery } from "../../../api/sessions.ts";
import { leaveByWish } from "../../../api/sign-in-address.ts";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Badge } from "../../../ui/status.tsx";
import { Failure } from "../../failure/failure.tsx";
import { leave } from "../../session/leave.ts";
import { METHOD_NAMES } from "../../session/provider-names.ts";
import { Day, Moment } from "../moment.tsx";
import styles from "../rows.module.css";
import { Rows, RowsSkeleton } from "../rows.tsx";
import { Section } from "../section.tsx";
import { useShown } from "../use-shown.tsx";
import { deviceName } from "./device-name.ts";

/** The browsers in which one is signed in, and the way out of each. */
export function DevicesSection() {
  const client = useQueryClient();
  const { data, isPending, error, isFetching, refetch } = useQuery(sessionsQuery);
  const { shown, more } = useShown(data?.sessions ?? []);
  const others = (data?.sessions.length ?? 0) - 1;
  const refresh = () => client.invalidateQueries(sessionsQuery);
  const endingOthers = useMutation({ mutationFn: endOtherSessions, onSettled: refresh });
  const endingAll = useMutation({
    mutationFn: () => leaveByWish(endAllSessions),
  });
  const failed = endingOthers.error ?? endingAll.error;

  return (
    <Section id="devices" title="Devices" count={data?.sessions.length} text="Where you are signed in now.">
      {data && (
        <Rows label="Devices">
          {shown.map((session) => (
            <DeviceRow key={session.id} session={session} onEnded={refresh} />
          ))}
        </Rows>
      )}
      {more}
      {isPending && <RowsSkeleton />}
      {error && !data && (
        <Failure
          title="The devices did not load"
          error={error}
          meaning="Each stays signed in."
          isTrying={isFetching}
          onTryAgain={refetch}
        />
      )}
      {data && (
        <div className={styles.acts}>
          <Button
            look="line"
            busy={endingOthers.isPending}
            disabled={others === 0}
            aria-describedby="others-note"
            onClick={() => endingOthers.mutate()}
          >
            Sign out everywhere else
          </Button>
          <Button look="bad-quiet" busy={endingAll.isPending} onClick={() => endingAll.mutate()}>
            Sign out everywhere
          </Button>
          <span className="quiet small" id="others-note" role="status">
            {endingOthers.isSuccess ? "Signed out everywhere else." : others === 0 && "You are signed in nowhere else."}
          </span>
        </div>
      )}
      {failed && (
        <Notice tone="bad" role="alert">
          Nothing was signed out. {errorMessage(failed)}
        </Notice>
      )}
    </Section>
  );
}

function DeviceRow({ session, onEnded }: { session: SessionView; onEnded: () => Promise<void> }) {
  const { id, isCurrent, method, userAgent, ipAddress, createdAt, lastSeenAt } = session;
  const name = deviceName(userAgent) ?? "An unknown browser";
  const [isLeaving, setIsLeaving] = useState(false);
  const ending = useMutation({ mutationFn: () => endSession(id), onSettled: onEnded });

  return (
    <li className={styles.row}>
      <Icon of={MonitorSmartphone} />
      <div className={styles.who}>
        <p className="strong" title={userAgent ?? undefined}>
          {name} {isCurrent && <Badge tone="accent">this one</Badge>}
        </p>
        <p className="quiet small">
          {isCurrent ? (
            "Here now"
          ) : lastSeenAt === null ? (
            "Not seen since"
          ) : (
            <>
              Last seen <Moment instant={lastSeenAt} />
            </>
          )}
          {" · signed in "}
          <Day instant={createdAt} />
          {method && ` by ${METHOD_NAMES[method]}`}
          {ipAddress && (
            <>
              {" · from "}
              <span className="receipt">{ipAddress}</span>
            </>
          )}
        </p>
        {ending.isError && (
          <Notice tone="bad" role="alert">
            Still signed in. {errorMessage(ending.error)}
          </Notice>
        )}
      </div>
      <Button
        look="line"
        size="sm"
        busy={ending.isPending || isLeaving}
        aria-label={isCurrent ? "Sign out here" : `Sign out ${name}`}
        onClick={() => {
          if (!isCurrent) return ending.mutate();
          setIsLeaving(true);
          void leave();
        }}
      >
        Sign out
      </Button>
    </li>
  );
}
