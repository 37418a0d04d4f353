import type { Metadata } from "next";
import { PiecesEntry } from "../../../features/pieces/pieces-entry.tsx";

export const metadata: Metadata = { title: "Pieces" };

export default function PiecesPage() {
  return <PiecesEntry />;
}
