"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { createQueryClient } from "../../api/query-client.ts";
import { LiveProvider } from "../../live/live-provider.tsx";
import { Rail } from "./rail.tsx";
import styles from "./shell.module.css";

const ShellKeys = lazy(() => import("./shell-keys.tsx"));

/** What every screen stands in: the rail of places, and the screen beside it. It stays while screens come and go. */
export function Shell({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  const [showsKeys, setShowsKeys] = useState(false);
  return (
    <QueryClientProvider client={client}>
      <LiveProvider>
        <a className={styles.skip} href="#main">
          Skip to the screen
        </a>
        <div className={styles.shell}>
          <Rail onShowKeys={() => setShowsKeys(true)} />
          <main className={styles.screen} id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
        <Suspense>
          <ShellKeys isShown={showsKeys} onShow={setShowsKeys} />
        </Suspense>
      </LiveProvider>
    </QueryClientProvider>
  );
}
