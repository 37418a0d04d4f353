"use client";
import { useQuery } from "@tanstack/react-query";
import { membersQuery } from "../../api/call-queries.ts";

/** The name behind an id of somebody who did something: a person's, else what kind of actor it was. */
export function useMemberName(): (by: string) => string {
  const members = useQuery(membersQuery).data?.members ?? [];
  return (by) => {
    const member = members.find(({ id }) => id === by);
    if (member) return member.name ?? member.email;
    return by.startsWith("key_") ? "An API key" : "Somebody";
  };
}
