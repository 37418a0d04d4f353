"use client";
import type { CallView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { Scale, Trash2 } from "lucide-react";
import { holdsQuery } from "../../api/lifecycle.ts";
import { useMay } from "../../api/use-may.ts";
import { Notice } from "../../ui/notice.tsx";
import { purgeWords } from "./purge-words.ts";

/** Says of a call what keeps it, and what of it is gone. Nothing where neither is so. */
export function CallStanding({ call, className }: { call: CallView; className?: string | undefined }) {
  const may = useMay();
  const holds = useQuery({ ...holdsQuery(call.id), enabled: call.isHeld && may("holds:manage") }).data?.holds ?? [];
  const reasons = holds.map(({ reason }) => `“${reason}”`).join(", ");
  return (
    <>
      {call.isHeld && (
        <Notice shape={Scale} className={className}>
          On legal hold{reasons && `: ${reasons}`}. Nothing of it is deleted.
        </Notice>
      )}
      {call.purges.length > 0 && (
        <Notice shape={Trash2} className={className}>
          {call.purges.map(({ kind }) => purgeWords(kind, call.purges)).join(" ")}
        </Notice>
      )}
    </>
  );
}
