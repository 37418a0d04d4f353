import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "providers", exclude: [...configDefaults.exclude, "test/workerd/**"] } });
