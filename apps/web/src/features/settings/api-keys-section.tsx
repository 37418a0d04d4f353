"use client";
import type { ApiKeyView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { apiKeysQuery } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Badge } from "../../ui/status.tsx";
import { Failure } from "../failure/failure.tsx";
import { Day } from "./moment.tsx";
import styles from "./rows.module.css";
import { Rows, RowsSkeleton } from "./rows.tsx";
import { Section } from "./section.tsx";
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
        <Rows label="API keys">
          {shown.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRevoke={() => setAsks(key)} />
          ))}
        </Rows>
      )}
      {more}
      {data && keys.length === 0 && <Empty title="No keys">Programs of yours ask the API with a key.</Empty>}
      {data && (
        <p className="quiet small">
          What a key can ask stands in the <a href="/api/v1/docs">API’s own pages</a>.
        </p>
      )}
      {isPending && <RowsSkeleton />}
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
    <li className={styles.row} data-off={isOver(apiKey) || undefined}>
      <Icon of={KeyRound} />
      <div className={styles.who}>
        <p>
          <span className="strong">{name}</span>{" "}
          {revokedAt !== null ? <Badge>revoked</Badge> : isOver(apiKey) && <Badge tone="warn">too old</Badge>}
        </p>
        <p className="quiet small">
          <span className="receipt">{prefix}…</span> · may {scope === "read" ? "read" : "read and write"} · made{" "}
          <Day instant={createdAt} />
        </p>
        <p className="quiet small">
          {lastUsedAt === null ? (
            "Never used"
          ) : (
            <>
              Last used <Day instant={lastUsedAt} />
            </>
          )}
          {" · "}
          <End expiresAt={expiresAt} revokedAt={revokedAt} />
        </p>
      </div>
      {revokedAt === null && (
        <div className={styles.end}>
          <Button look="bad-quiet" size="sm" aria-label={`Revoke ${name}`} onClick={onRevoke}>
            Revoke
          </Button>
        </div>
      )}
    </li>
  );
}

/** When a key stops to work, or did. */
function End({ expiresAt, revokedAt }: Pick<ApiKeyView, "expiresAt" | "revokedAt">) {
  if (revokedAt !== null) {
    return (
      <>
        revoked <Day instant={revokedAt} />
      </>
    );
  }
  if (expiresAt === null) return "good until it is revoked";
  return (
    <>
      good until <Day instant={expiresAt} />
    </>
  );
}

/** True for a key that is refused: it was revoked, or is too old. */
function isOver({ revokedAt, expiresAt }: ApiKeyView): boolean {
  return revokedAt !== null || (expiresAt !== null && Date.parse(expiresAt) <= Date.now());
}
