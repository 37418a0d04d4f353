import type { Metadata } from "next";

export const metadata: Metadata = { title: { absolute: "Earwitness" } };

/** Nobody stays here: the server moves this address on to the calls. The link is for where it cannot. */
export default function Home() {
  return <a href="/calls">Earwitness: go to the calls</a>;
}
