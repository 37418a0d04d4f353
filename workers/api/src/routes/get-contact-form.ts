import { ContactFormView } from "@earwitness/shared";
import { ok, route } from "../http/route.ts";

export const getContactForm = route({
  method: "get",
  path: "/contact",
  operationId: "getContactForm",
  tag: "Workspace",
  summary: "Whether somebody reads what visitors write",
  may: "anyone",
  request: {},
  returns: { 200: ContactFormView },
  handle: async ({ services }) => ok({ isOpen: services.env.CONTACT_TO !== "" }),
});
