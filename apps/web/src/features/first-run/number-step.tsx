"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { errorMessage } from "../../api/api-error.ts";
import { syncNumbers } from "../../api/commands.ts";
import { numbersQuery } from "../../api/queries.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "./first-run.module.css";
import { Step } from "./step.tsx";

/** The number that takes calls, and what it does with them. */
export function NumberStep() {
  const client = useQueryClient();
  const formatPhone = usePhoneFormat();
  const { data, isPending, error } = useQuery(numbersQuery);
  const syncing = useMutation({
    mutationFn: syncNumbers,
    // The job runs behind the answer; live news bring the numbers, and this catches the case that they were there first.
    onSuccess: () => client.invalidateQueries({ queryKey: ["numbers"] }),
  });
  const failure = syncing.error ?? error;
  const number = data?.numbers[0];

  if (number) {
    const more = (data?.numbers.length ?? 1) - 1;
    const does = [number.announcement && "announces", number.recordInbound && "records"].filter(Boolean).join(" and ");
    return (
      <Step
        number={2}
        state="good"
        title="Choose a number"
        beside={
          <>
            <span className="phone">{formatPhone(number.e164)}</span>, {does || "neither announces nor records"}
            {more > 0 && `, and ${more} more`}
          </>
        }
        action={
          <Link className={buttonClass({ look: "line", size: "sm" })} href="/settings#numbers">
            Change
          </Link>
        }
      />
    );
  }
  return (
    <Step
      number={2}
      state={isPending ? "busy" : failure ? "bad" : "open"}
      title="Choose a number"
      beside={isPending ? "asking for this workspace’s numbers" : "the carrier has not told of one yet"}
      action={
        <Button look="line" size="sm" busy={syncing.isPending} onClick={() => syncing.mutate()}>
          Ask the carrier
        </Button>
      }
    >
      {failure && (
        <Notice tone="bad" role="alert" className={styles.indent}>
          {errorMessage(failure)}
        </Notice>
      )}
      {syncing.isSuccess && (
        <Notice role="status" className={styles.indent}>
          The carrier is being asked. Numbers show here as soon as it answers.
        </Notice>
      )}
    </Step>
  );
}
