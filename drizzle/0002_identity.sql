CREATE TABLE "audit_entries" (
	"workspace_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"object_kind" text NOT NULL,
	"object_id" text NOT NULL,
	"details" jsonb NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"request_id" text,
	"previous_sha256" text NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "audit_entries_workspace_id_n_pk" PRIMARY KEY("workspace_id","n")
);
--> statement-breakpoint
ALTER TABLE "audit_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"n" integer NOT NULL,
	"sha256" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_heads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid,
	"kind" text NOT NULL,
	"to_address" text NOT NULL,
	"about" jsonb NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"provider_mail_id" text,
	"reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "mails" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "call_members" (
	"workspace_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "call_members_call_id_user_id_pk" PRIMARY KEY("call_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "call_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"state" text NOT NULL,
	"r2_key" text NOT NULL,
	"reason" text,
	"metadata" jsonb,
	"call_id" uuid,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "uploads_r2_key_unique" UNIQUE("r2_key")
);
--> statement-breakpoint
ALTER TABLE "uploads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_sha256" text NOT NULL,
	"invited_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "invitations_token_sha256_unique" UNIQUE("token_sha256")
);
--> statement-breakpoint
ALTER TABLE "invitations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "number_members" (
	"workspace_id" uuid NOT NULL,
	"number_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "number_members_number_id_user_id_pk" PRIMARY KEY("number_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "number_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"token_sha256" text PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "refresh_tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "token_families" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"api_key_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revoked_reason" text
);
--> statement-breakpoint
ALTER TABLE "token_families" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "memberships" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workspaces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "jobs" ALTER COLUMN "workspace_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ALTER COLUMN "workspace_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "method" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "user_agent" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "ip_address" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "last_seen_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "workspace_id" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "rotate_after" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "token_offered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "previous_sha256" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "previous_expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "suspended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "suspended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "agents_see_all_calls" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "announcement" text;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "key_terms" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "retention_days" integer;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "allowed_origins" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_heads" ADD CONSTRAINT "audit_heads_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_members" ADD CONSTRAINT "call_members_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "number_members" ADD CONSTRAINT "number_members_number_id_numbers_id_fk" FOREIGN KEY ("number_id") REFERENCES "public"."numbers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "number_members" ADD CONSTRAINT "number_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_family_id_token_families_id_fk" FOREIGN KEY ("family_id") REFERENCES "public"."token_families"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_families" ADD CONSTRAINT "token_families_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_families" ADD CONSTRAINT "token_families_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entries_object_idx" ON "audit_entries" USING btree ("workspace_id","object_id","n");--> statement-breakpoint
CREATE INDEX "audit_entries_actor_idx" ON "audit_entries" USING btree ("workspace_id","actor_id","n");--> statement-breakpoint
CREATE INDEX "audit_entries_action_idx" ON "audit_entries" USING btree ("workspace_id","action","n");--> statement-breakpoint
CREATE INDEX "mails_created_idx" ON "mails" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "calls_number_idx" ON "calls" USING btree ("number_id");--> statement-breakpoint
CREATE INDEX "calls_placed_by_idx" ON "calls" USING btree ("placed_by");--> statement-breakpoint
CREATE INDEX "call_members_user_idx" ON "call_members" USING btree ("user_id","call_id");--> statement-breakpoint
CREATE INDEX "uploads_state_idx" ON "uploads" USING btree ("state","expires_at");--> statement-breakpoint
CREATE INDEX "uploads_workspace_idx" ON "uploads" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "invitations_workspace_idx" ON "invitations" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "invitations_email_idx" ON "invitations" USING btree ("email");--> statement-breakpoint
CREATE INDEX "number_members_user_idx" ON "number_members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "refresh_tokens_family_idx" ON "refresh_tokens" USING btree ("family_id");--> statement-breakpoint
CREATE INDEX "token_families_key_idx" ON "token_families" USING btree ("api_key_id");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_previous_sha256_unique" UNIQUE("previous_sha256");--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "api_keys" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "memberships" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "workspaces" AS PERMISSIVE FOR ALL TO public USING (id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor') WITH CHECK (id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "audit_entries" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "audit_heads" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "call_members" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "uploads" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "invitations" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "mails" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "number_members" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "refresh_tokens" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "token_families" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor');--> statement-breakpoint
CREATE TABLE "answered_requests" (
	"name" text PRIMARY KEY NOT NULL,
	"workspace_id" uuid,
	"request_sha256" text NOT NULL,
	"attempt" text NOT NULL,
	"state" text NOT NULL,
	"answer" text,
	"begun_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "answered_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "answered_requests_begun_idx" ON "answered_requests" USING btree ("begun_at");--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "answered_requests" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system' or current_setting('app.actor', true) = 'visitor');--> statement-breakpoint
-- By hand from here on: drizzle-kit knows neither of these. See 0000_initial.sql.
ALTER TABLE "answered_requests" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "api_keys" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_entries" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_heads" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "call_members" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "invitations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "mails" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "memberships" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "number_members" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "refresh_tokens" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "token_families" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "uploads" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workspaces" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
DO $$
BEGIN
	IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'earwitness_app') THEN
		GRANT SELECT, INSERT, UPDATE, DELETE ON "answered_requests", "audit_heads", "call_members", "invitations", "mails", "number_members", "refresh_tokens", "token_families", "uploads" TO earwitness_app;
		-- What was logged is neither changed nor taken out, by nobody who has the workers' password either.
		GRANT SELECT, INSERT ON "audit_entries" TO earwitness_app;
		REVOKE UPDATE, DELETE, TRUNCATE ON "audit_entries" FROM earwitness_app;
	END IF;
END
$$;--> statement-breakpoint
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'The audit log is append-only.';
END
$$;--> statement-breakpoint
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
