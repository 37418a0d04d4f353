"use client";
import { useQuery } from "@tanstack/react-query";
import { coverageQuery } from "../../api/call-queries.ts";
import { captionsWords, sumWords } from "../call/record/coverage-words.ts";

/** While a call goes on, its sum is asked for thus often. */
const ASK_EVERY_MS = 10_000;

/** Where the answered seconds are kept so far, in one line that adds up. */
export function SumLine({ callId, isOpen }: { callId: string; isOpen: boolean }) {
  const { data } = useQuery({ ...coverageQuery(callId), refetchInterval: isOpen ? ASK_EVERY_MS : false });
  if (!data) return null;
  return (
    <p className="quiet small">
      {sumWords(data)}. {captionsWords(data)}
    </p>
  );
}
