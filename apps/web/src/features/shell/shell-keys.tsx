"use client";
import { useRouter } from "next/navigation";
import { lazy, Suspense } from "react";
import { useKeys } from "./use-keys.ts";

const KeysDialog = lazy(() => import("./keys-dialog.tsx"));

export interface ShellKeysProps {
  isShown: boolean;
  onShow: (isShown: boolean) => void;
}

/** The keys that work on every screen, and the dialog that lists them all. */
export default function ShellKeys({ isShown, onShow }: ShellKeysProps) {
  const router = useRouter();
  useKeys({
    "?": () => onShow(true),
    "g l": () => router.push("/live"),
    "g c": () => router.push("/calls"),
    "g o": () => router.push("/ops"),
    "g f": () => router.push("/search"),
    "g s": () => router.push("/settings"),
  });
  return isShown ? (
    <Suspense>
      <KeysDialog onClose={() => onShow(false)} />
    </Suspense>
  ) : null;
}
