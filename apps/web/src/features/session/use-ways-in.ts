"use client";
import { useEffect, useState } from "react";
import { readWaysIn, type WaysIn } from "./auth.ts";

/** The ways to sign in here besides the mailed link; null until they are known. Not known is not wrong: the link always works. */
export function useWaysIn(): WaysIn | null {
  const [ways, setWays] = useState<WaysIn | null>(null);
  useEffect(() => {
    let isGone = false;
    readWaysIn().then(
      (read) => {
        if (!isGone) setWays(read);
      },
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, []);
  return ways;
}
