import { Hono } from "hono";
import { z } from "zod";
import type { NodeBindings } from "../../http/listen.ts";
import { Person } from "../../oauth/people.ts";
import type { ControlContext } from "../context.ts";

const PeopleRequest = z.strictObject({ people: z.array(Person).max(100) });

/** Who has accounts with the identity providers. */
export function peopleRoutes({ people }: ControlContext): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();
  app.get("/people", (c) => c.json({ people: people.list() }));
  app.put("/people", async (c) => {
    people.replace(PeopleRequest.parse(await c.req.json()).people);
    return c.json({ people: people.list() });
  });
  return app;
}
