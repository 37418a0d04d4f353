import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "db", globalSetup: ["@earwitness/testing/postgres-setup"] } });
