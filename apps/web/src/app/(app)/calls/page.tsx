import type { Metadata } from "next";
import { Suspense } from "react";
import { CallsScreen } from "../../../features/calls/calls-screen.tsx";
import { CallsSkeleton } from "../../../features/calls/calls-skeleton.tsx";

export const metadata: Metadata = { title: "Calls" };

export default function CallsPage() {
  return (
    <Suspense fallback={<CallsSkeleton />}>
      <CallsScreen />
    </Suspense>
  );
}
