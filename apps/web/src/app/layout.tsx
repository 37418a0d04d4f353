import "@fontsource-variable/ibm-plex-sans/wght.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "@fontsource/ibm-plex-mono/400.css";
import "../ui/styles/tokens.css";
import "../ui/styles/base.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";

export const metadata: Metadata = {
  title: { default: "Earwitness", template: "%s · Earwitness" },
  description: "The system of record for business phone calls, on your own Cloudflare account.",
  icons: { icon: "/mark.svg" },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default function RootLayout({ children }: { children: ReactNode }) {
  // scheme.js writes the chosen scheme onto <html> before React is there: a difference that React is told to expect.
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script src="/scheme.js" />
      </head>
      <body>{children}</body>
    </html>
  );
}
