"use client";
import type { HoldView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { Scale } from "lucide-react";
import Link from "next/link";
import { lazy, Suspense, useState } from "react";
import { holdsQuery } from "../../../api/lifecycle.ts";
import { usePhoneFormat } from "../../../format/phone.ts";
import { Button } from "../../../ui/button.tsx";
import { Empty } from "../../../ui/empty.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Failure } from "../../failure/failure.tsx";
import { Day } from "../moment.tsx";
import rowStyles from "../rows.module.css";
import { Rows, RowsSkeleton } from "../rows.tsx";
import { useShown } from "../use-shown.tsx";

const ReleaseDialog = lazy(() => import("../../lifecycle/release-dialog.tsx"));

/** What is held, for what, and the way to release it. */
export function Holds() {
  const { data, isPending, error, isFetching, refetch } = useQuery(holdsQuery());
  const [releases, setReleases] = useState<HoldView | null>(null);
  const holds = data?.holds ?? [];
  const { shown, more } = useShown(holds);
  return (
    <>
      {holds.length > 0 && (
        <Rows label="Legal holds">
          {shown.map((hold) => (
            <HoldRow key={hold.id} hold={hold} onRelease={() => setReleases(hold)} />
          ))}
        </Rows>
      )}
      {more}
      {data && holds.length === 0 && <Empty title="Nothing is held">A call is held from its own page.</Empty>}
      {isPending && <RowsSkeleton />}
      {error && !data && (
        <Failure
          title="The holds did not load"
          error={error}
          meaning="They go on holding."
          isTrying={isFetching}
          onTryAgain={refetch}
        />
      )}
      {releases && (
        <Suspense>
          <ReleaseDialog hold={releases} onClose={() => setReleases(null)} />
        </Suspense>
      )}
    </>
  );
}

function HoldRow({ hold, onRelease }: { hold: HoldView; onRelease: () => void }) {
  const formatPhone = usePhoneFormat();
  const what = hold.callLabel === null ? "Everything" : formatPhone(hold.callLabel);
  return (
    <li className={rowStyles.row}>
      <Icon of={Scale} />
      <div className={rowStyles.who}>
        <p>
          {hold.callId === null ? (
            <span className="strong">{what}</span>
          ) : (
            <Link className="phone" href={`/calls/${hold.callId}`}>
              {what}
            </Link>
          )}{" "}
          · {hold.reason}
        </p>
        <p className="quiet small">
          Held since <Day instant={hold.placedAt} />
          {hold.placedByName !== null && ` by ${hold.placedByName}`}
        </p>
      </div>
      <div className={rowStyles.end}>
        <Button look="bad-quiet" size="sm" aria-label={`Release the hold on ${what}`} onClick={onRelease}>
          Release
        </Button>
      </div>
    </li>
  );
}
