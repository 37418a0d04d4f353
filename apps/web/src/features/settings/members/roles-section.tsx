"use client";
import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../../../api/queries.ts";
import { Badge } from "../../../ui/status.tsx";
import { ROLES } from "../roles.ts";
import { Section } from "../section.tsx";
import styles from "./members.module.css";

/** What each role may, in plain words. */
export function RolesSection() {
  const own = useQuery(meQuery).data?.role;
  return (
    <Section id="roles" title="Roles" text="What each may, here and through the API.">
      <dl className={styles.roles}>
        {ROLES.map(({ role, name, may }) => (
          <div key={role}>
            <dt className="strong">
              {name} {role === own && <Badge tone="accent">you</Badge>}
            </dt>
            <dd className="second">{may}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
