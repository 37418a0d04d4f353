"use client";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useState } from "react";
import type { LinkState } from "./resuming-socket.ts";

const LinkContext = createContext<LinkState>({ is: "joining" });

/** Whether this page hears of changes as they happen. */
export function useLink(): LinkState {
  return use(LinkContext);
}

/** Keeps the screens below it in step with the server. The code for that comes once they stand. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [link, setLink] = useState<LinkState>({ is: "joining" });

  useEffect(() => {
    let isGone = false;
    let end = () => {};
    void import("./keep-in-step.ts").then(({ keepInStep }) => {
      if (!isGone) end = keepInStep(client, setLink);
    });
    return () => {
      isGone = true;
      end();
    };
  }, [client]);

  return <LinkContext value={link}>{children}</LinkContext>;
}
