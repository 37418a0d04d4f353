"use client";
import { PhoneOutgoing } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { type CallFilters, NO_FILTERS } from "../../api/call-filters.ts";
import { LIVE_CALLS, RINGING_CALLS } from "../../api/open-calls.ts";
import { useMay } from "../../api/use-may.ts";
import { LinkStatus } from "../../live/link-status.tsx";
import { useLink } from "../../live/live-provider.tsx";
import { useCallLink, useLiveCall } from "../../live/use-live-call.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useHold } from "../../ui/use-hold.ts";
import { Failure, StaleNotice } from "../failure/failure.tsx";
import { Bar } from "../shell/bar.tsx";
import { useKeys } from "../shell/use-keys.ts";
import { LatencyFigures } from "../talk/latency-figures.tsx";
import styles from "./live-screen.module.css";
import { NeedsView } from "./needs-view.tsx";
import { TalkPlace } from "./talk-place.tsx";
import { TodayView } from "./today-view.tsx";
import { useAllPages } from "./use-all-pages.ts";
import { useChosenCall } from "./use-chosen-call.ts";
import { Wall } from "./wall.tsx";
import { orderOfWall, type WallOrder, wallGroups } from "./wall-groups.ts";

const PlaceCallDialog = lazy(() => import("../place-call/place-call-dialog.tsx"));

const TODAY: CallFilters = { ...NO_FILTERS, when: { name: "today" } };

/** Everybody who is on the phone now, what became of the day so far, and the call that one is with. */
export default function LiveScreen() {
  const ringing = useAllPages(RINGING_CALLS);
  const live = useAllPages(LIVE_CALLS);
  const today = useAllPages(TODAY);
  const open = useMemo(() => [...ringing.calls, ...live.calls], [ringing.calls, live.calls]);
  const wall = useRef<HTMLElement>(null);
  const { held, release } = useHold(wall, (): WallOrder => orderOfWall(wallGroups(open, null)));
  const groups = useMemo(() => wallGroups(open, held), [open, held]);
  const [asked, setAsked] = useState<string | null>(null);
  const { chosenId, isByHand, choose } = useChosenCall(useSearchParams().get("call"), groups.inProgress);
  const chosen = useLiveCall(useCallLink(groups.inProgress.some(({ id }) => id === chosenId) ? chosenId : null));
  const isOld = useLink().is === "cut-off";
  const mayCall = useMay()("calls:place");
  useKeys(mayCall ? { c: () => setAsked("") } : {});

  const failed = [live, ringing].find(({ list }) => list.isError);
  const isLoaded = ringing.isLoaded && live.isLoaded;
  return (
    <>
      <Bar title="Live" beside={<LinkStatus />}>
        <div className="no-phone">
          <LatencyFigures latency={chosen?.call.latency ?? null} />
        </div>
        {mayCall && (
          <Button look="primary" size="sm" onClick={() => setAsked("")}>
            <Icon of={PhoneOutgoing} small />
            Call
          </Button>
        )}
      </Bar>
      <div className={styles.screen}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
        <section ref={wall} className={styles.wall} tabIndex={0} aria-label="Calls now">
          {failed && !isLoaded ? (
            <Failure
              className={styles.none}
              title="The calls did not load"
              error={failed.list.error}
              meaning="They go on, and are kept; only this view is missing."
              isTrying={failed.list.isFetching}
              onTryAgain={failed.list.refetch}
            />
          ) : (
            <>
              {failed && (
                <StaleNotice
                  className={styles.notice}
                  title="This wall may be old."
                  error={failed.list.error}
                  isTrying={failed.list.isFetching}
                  onTryAgain={failed.list.refetch}
                />
              )}
              <Wall
                groups={groups}
                isLoaded={isLoaded}
                isOld={isOld}
                chosenId={chosenId}
                onChoose={choose}
                onNews={release}
              />
            </>
          )}
          <TodayView calls={today.calls} isLoaded={today.isLoaded} isWhole={today.isWhole} />
          <NeedsView calls={today.calls} onCall={mayCall ? setAsked : null} />
        </section>
        <TalkPlace callId={chosenId} isByHand={isByHand} onBack={() => choose(null)} />
      </div>
      {asked !== null && (
        <Suspense>
          <PlaceCallDialog to={asked} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  );
}
