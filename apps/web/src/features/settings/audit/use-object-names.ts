"use client";
import { useQuery } from "@tanstack/react-query";
import { membersQuery } from "../../../api/call-queries.ts";
import { apiKeysQuery, numbersQuery } from "../../../api/queries.ts";
import { usePhoneFormat } from "../../../format/phone.ts";
import type { NameOf } from "./audit-words.ts";

/** What the things are called that entries are about: people, keys and numbers by their names, others by their ids. */
export function useObjectNames(): NameOf {
  const formatPhone = usePhoneFormat();
  const members = useQuery(membersQuery).data?.members;
  const keys = useQuery(apiKeysQuery).data?.apiKeys;
  const numbers = useQuery(numbersQuery).data?.numbers;
  return (wanted) => {
    const member = members?.find(({ id }) => id === wanted);
    if (member) return member.name ?? member.email;
    const key = keys?.find(({ id }) => id === wanted);
    if (key) return key.name;
    const number = numbers?.find(({ id }) => id === wanted);
    return number ? formatPhone(number.e164) : wanted;
  };
}
