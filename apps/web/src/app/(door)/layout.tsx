import type { ReactNode } from "react";
import { Door } from "../../features/session/door.tsx";

export default function DoorLayout({ children }: { children: ReactNode }) {
  return <Door>{children}</Door>;
}
