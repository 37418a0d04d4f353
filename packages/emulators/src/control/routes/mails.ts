import { Hono } from "hono";
import type { NodeBindings } from "../../http/listen.ts";
import type { ControlContext } from "../context.ts";
import { mailboxPage, mailPage } from "../pages/mailbox.ts";

/** The mailbox: for programs as JSON, for people as pages. */
export function mailRoutes({ office }: ControlContext): Hono<NodeBindings> {
  const app = new Hono<NodeBindings>();

  app.get("/mailbox", (c) => {
    const mails = office.list(c.req.query("to"));
    // A person's browser asks for a page, a program does not.
    const wantsPage = c.req.header("accept")?.includes("text/html") ?? false;
    return wantsPage ? c.html(mailboxPage(mails)) : c.json({ mails });
  });

  app.get("/mailbox/:id", (c) => {
    const mail = office.find(c.req.param("id"));
    return mail === undefined ? c.notFound() : c.html(mailPage(mail));
  });

  app.delete("/mailbox", (c) => {
    office.clear();
    return c.json({ ok: true });
  });

  return app;
}
