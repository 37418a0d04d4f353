import type { Metadata } from "next";
import { SearchEntry } from "../../../features/search/search-entry.tsx";

export const metadata: Metadata = { title: "Search" };

export default function SearchPage() {
  return <SearchEntry />;
}
