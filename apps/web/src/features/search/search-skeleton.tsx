import { Skeleton } from "../../ui/skeleton.tsx";
import { Bar } from "../shell/bar.tsx";
import styles from "./search-screen.module.css";

const CALLS = ["a", "b", "c", "d", "e"] as const;

/** What was found, before the first answer. The prerendered page is this, so that its frame stands before any script has run. */
export function SearchSkeleton({ callsOnly = false }: { callsOnly?: boolean }) {
  return (
    <>
      {!callsOnly && <Bar title="Search" />}
      <div className={styles.awaited} role="status" aria-label={callsOnly ? "Searching" : "Loading the search"}>
        {CALLS.map((call, i) => (
          <div key={call} className={styles.awaitedCall}>
            <Skeleton width="third" />
            <Skeleton width={i % 2 === 0 ? "most" : "half"} />
            <Skeleton width={i % 2 === 0 ? "half" : "most"} />
          </div>
        ))}
      </div>
    </>
  );
}
