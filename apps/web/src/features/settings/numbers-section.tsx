"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { errorMessage } from "../../api/api-error.ts";
import { syncNumbers } from "../../api/commands.ts";
import { numbersQuery } from "../../api/queries.ts";
import { useMay } from "../../api/use-may.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Failure } from "../failure/failure.tsx";
import { NumberForm } from "./number-form.tsx";
import { Section } from "./section.tsx";
import styles from "./settings.module.css";

/** The workspace's numbers, as the carrier told of them, and what each does with a call. */
export function NumbersSection() {
  const client = useQueryClient();
  const mayChange = useMay()("numbers:change");
  const { data, isPending, error, isFetching, refetch } = useQuery(numbersQuery);
  const syncing = useMutation({
    mutationFn: syncNumbers,
    onSuccess: () => client.invalidateQueries({ queryKey: ["numbers"] }),
  });
  return (
    <Section
      id="numbers"
      title="Numbers"
      count={data?.numbers.length}
      text="What callers hear, and whether the call is recorded."
      action={
        mayChange && (
          <Button look="line" size="sm" busy={syncing.isPending} onClick={() => syncing.mutate()}>
            {!syncing.isPending && <Icon of={RefreshCw} small />}
            Ask the carrier again
          </Button>
        )
      }
    >
      {data && data.numbers.length > 0 && !mayChange && <Notice>An owner or an admin can change these.</Notice>}
      <div role="status" className={styles.notices}>
        {syncing.isSuccess && <Notice>The carrier is being asked. New numbers show here when it answers.</Notice>}
        {syncing.isError && <Notice tone="bad">The carrier was not asked. {errorMessage(syncing.error)}</Notice>}
      </div>
      {data?.numbers.map((number) => (
        <NumberForm key={number.id} number={number} mayChange={mayChange} />
      ))}
      {data?.numbers.length === 0 && (
        <Empty title="No number yet">
          The carrier has told of none for this workspace. Buy one there, point it at the connection of this product,
          then ask again.
        </Empty>
      )}
      {isPending && (
        <div className={styles.skeleton}>
          <Skeleton width="third" />
          <Skeleton />
          <Skeleton width="half" />
        </div>
      )}
      {error && !data && (
        <Failure
          title="The numbers did not load"
          error={error}
          meaning="Calls are answered as before."
          isTrying={isFetching}
          onTryAgain={refetch}
        />
      )}
    </Section>
  );
}
