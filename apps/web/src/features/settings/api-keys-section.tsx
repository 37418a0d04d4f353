"use client";
import type { ApiKeyView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { apiKeysQuery } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Failure } from "../failure/failure.tsx";
import { Day } from "./moment.tsx";
import { Section } from "./section.tsx";
import styles from "./settings.module.css";
import { useShown } from "./use-shown.tsx";

const CreateKeyDialog = lazy(() => import("./create-key-dialog.tsx"));
const RevokeKeyDialog = lazy(() => import("./revoke-key-dialog.tsx"));

/** The keys by which other programs ask the API. */
export function ApiKeysSection() {
  const { data, isPending, error, isFetching, refetch } = useQuery(apiKeysQuery);
  const [asks, setAsks] = useState<"create" | ApiKeyView | null>(null);
  const keys = data?.apiKeys ?? [];
  const { shown, more } = useShown(keys);
  return (
    <Section
      id="api-keys"
      title="API keys"
      count={data && keys.filter((key) => !isOver(key)).length}
      text="Shown once when made; we keep only a hash."
      action={
        <Button look="line" size="sm" onClick={() => setAsks("create")}>
          <Icon of={Plus} small />
          Make a key
        </Button>
      }
    >
      {keys.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section className={styles.scrollX} aria-label="API keys, table" tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>Name</th>
                <th>May</th>
                <th>Begins with</th>
                <th>Last used</th>
                <th>Good until</th>
                <th>
                  <span className="vh">Revoke</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((key) => (
                <KeyRow key={key.id} apiKey={key} onRevoke={() => setAsks(key)} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {more}
      {data && keys.length === 0 && (
        <Empty title="No keys">
          Programs of yours ask the API with a key. The API’s own pages say what they can ask.
        </Empty>
      )}
      {isPending && (
        <div className={styles.skeleton}>
          <Skeleton />
          <Skeleton width="most" />
        </div>
      )}
      {error && !data && (
        <Failure
          title="The keys did not load"
          error={error}
          meaning="They go on working."
          isTrying={isFetching}
          onTryAgain={refetch}
        />
      )}
      {asks !== null && (
        <Suspense>
          {asks === "create" ? (
            <CreateKeyDialog onClose={() => setAsks(null)} />
          ) : (
            <RevokeKeyDialog apiKey={asks} onClose={() => setAsks(null)} />
          )}
        </Suspense>
      )}
    </Section>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKeyView; onRevoke: () => void }) {
  const { name, scope, prefix, lastUsedAt, createdAt, expiresAt, revokedAt } = apiKey;
  return (
    <tr data-off={isOver(apiKey) || undefined}>
      <td className="strong">{name}</td>
      <td>{scope === "read" ? "read" : "read and write"}</td>
      <td>
        <span className="receipt">{prefix}…</span>
        <br />
        <span className="quiet small">
          made <Day instant={createdAt} />
        </span>
      </td>
      <td>{lastUsedAt === null ? "never" : <Day instant={lastUsedAt} />}</td>
      <td>
        {revokedAt !== null ? (
          <>
            revoked <Day instant={revokedAt} />
          </>
        ) : expiresAt === null ? (
          "no end"
        ) : (
          <Day instant={expiresAt} />
        )}
      </td>
      <td className="num">
        {revokedAt === null && (
          <Button look="bad-quiet" size="sm" aria-label={`Revoke ${name}`} onClick={onRevoke}>
            Revoke
          </Button>
        )}
      </td>
    </tr>
  );
}

/** True for a key that is refused: it was revoked, or is too old. */
function isOver({ revokedAt, expiresAt }: ApiKeyView): boolean {
  return revokedAt !== null || (expiresAt !== null && Date.parse(expiresAt) <= Date.now());
}
