import type { Metadata } from "next";
import { Contact } from "../../../features/contact/contact.tsx";

export const metadata: Metadata = { title: "Write to us" };

export default function ContactPage() {
  return <Contact />;
}
