import { Hono } from "hono";

/** The least that a Hono route can do: what any route on this workerd costs. */
const app = new Hono();
app.post("/", (c) => c.body(null, 200));
app.get("/health", (c) => c.text("ok"));
export default app;
