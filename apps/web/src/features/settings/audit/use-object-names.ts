"use client";
import type { AuditEntryView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { membersQuery } from "../../../api/call-queries.ts";
import { apiKeysQuery, numbersQuery } from "../../../api/queries.ts";
import { usePhoneFormat } from "../../../format/phone.ts";

/** What the things are called that entries are about: people, keys and numbers by their names, others by their ids. */
export function useObjectNames(): (entry: Pick<AuditEntryView, "object" | "details">) => string {
  const formatPhone = usePhoneFormat();
  const members = useQuery(membersQuery).data?.members;
  const keys = useQuery(apiKeysQuery).data?.apiKeys;
  const numbers = useQuery(numbersQuery).data?.numbers;
  return ({ object }) => {
    const member = members?.find(({ id }) => id === object.id);
    if (member) return member.name ?? member.email;
    const key = keys?.find(({ id }) => id === object.id);
    if (key) return key.name;
    const number = numbers?.find(({ id }) => id === object.id);
    return number ? formatPhone(number.e164) : object.id;
  };
}
