"use client";
import { PlugZap, RefreshCw, Unplug } from "lucide-react";
import { timeOfDay } from "../format/time.ts";
import { Status } from "../ui/status.tsx";
import { useNow } from "../ui/use-now.ts";
import { useLink } from "./live-provider.tsx";

/** Says whether the screen is in step with the server. It claims nothing that was not heard. */
export function LinkStatus() {
  const link = useLink();
  if (link.is === "joining") {
    return (
      <Status tone="quiet" shape={RefreshCw}>
        Joining
      </Status>
    );
  }
  if (link.is === "in-step") {
    return (
      <Status tone="good" shape={PlugZap} title="Changes come as they happen">
        In step
      </Status>
    );
  }
  return <CutOff since={link.since} />;
}

function CutOff({ since }: { since: number }) {
  const seconds = Math.max(0, Math.round((useNow(1_000) - since) / 1_000));
  return (
    <Status
      tone="bad"
      shape={Unplug}
      title={`Cut off since ${timeOfDay(new Date(since).toISOString())}. The server is asked every 5 s until the link is back.`}
    >
      Cut off for {seconds} s, asking every 5 s
    </Status>
  );
}
