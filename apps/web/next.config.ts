import path from "node:path";
import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";
import { API_PATHS, DYNAMIC_ROUTES, MOVED, PLACEHOLDER } from "./routes.ts";

const API_ORIGIN = process.env.API_ORIGIN ?? "http://127.0.0.1:8787";

/**
 * A static export for production, where Pages serves the files and `_worker.js` passes on what belongs to the API. The
 * development server does the same two things by rewrites: both are made from `routes.ts`, so that they cannot differ.
 */
export default function config(phase: string): NextConfig {
  const common: NextConfig = {
    reactStrictMode: true,
    poweredByHeader: false,
    transpilePackages: ["@earwitness/shared"],
    turbopack: { root: path.resolve(import.meta.dirname, "../..") },
  };
  if (phase !== PHASE_DEVELOPMENT_SERVER) return { ...common, output: "export" };
  return {
    ...common,
    devIndicators: false,
    redirects: async () => MOVED.map(({ from, to }) => ({ source: from, destination: to, permanent: false })),
    rewrites: async () => ({
      beforeFiles: [
        ...API_PATHS.map((name) => ({ source: `/${name}/:path*`, destination: `${API_ORIGIN}/${name}/:path*` })),
        ...DYNAMIC_ROUTES.map(({ folder, parameter }) => ({
          source: `${folder}/:${parameter}`,
          destination: `${folder}/${PLACEHOLDER}`,
        })),
      ],
      afterFiles: [],
      fallback: [],
    }),
  };
}
