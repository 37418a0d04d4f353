CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"type" text NOT NULL,
	"provider" text NOT NULL,
	"provider_account_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_sha256" text NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_token_sha256_unique" UNIQUE("token_sha256")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text,
	"image" text,
	"email_verified_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification_tokens" (
	"identifier" text NOT NULL,
	"token_sha256" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "verification_tokens_identifier_token_sha256_pk" PRIMARY KEY("identifier","token_sha256")
);
--> statement-breakpoint
CREATE TABLE "recordings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"state" text NOT NULL,
	"carrier" text NOT NULL,
	"carrier_recording_id" text,
	"carrier_leg_id" text NOT NULL,
	"carrier_url" text,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"format" text NOT NULL,
	"channels" integer NOT NULL,
	"caller_channel" integer NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"duration_ms" integer,
	"size_bytes" bigint,
	"sha256" text,
	"content_type" text,
	"r2_key" text,
	"peaks_key" text,
	"stored_at" timestamp (3) with time zone,
	"carrier_deleted_at" timestamp (3) with time zone,
	"failure" jsonb,
	"note" text
);
--> statement-breakpoint
ALTER TABLE "recordings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "transcripts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"recording_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"vendor" text NOT NULL,
	"vendor_transcription_id" text,
	"submitting_since" timestamp (3) with time zone,
	"submissions" integer DEFAULT 0 NOT NULL,
	"language" text,
	"confidence" real,
	"word_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"submitted_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone,
	"failure" jsonb
);
--> statement-breakpoint
ALTER TABLE "transcripts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "utterances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"transcript_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"speaker" text NOT NULL,
	"channel" integer,
	"start_ms" integer NOT NULL,
	"end_ms" integer NOT NULL,
	"confidence" real NOT NULL,
	"text" text NOT NULL,
	"words" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "utterances" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "call_facts" (
	"room" text NOT NULL,
	"n" integer NOT NULL,
	"call_id" uuid,
	"workspace_id" uuid,
	"type" text NOT NULL,
	"fact" jsonb NOT NULL,
	"projected_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "call_facts_room_n_pk" PRIMARY KEY("room","n")
);
--> statement-breakpoint
ALTER TABLE "call_facts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "call_legs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"carrier_leg_id" text NOT NULL,
	"carrier_control_id" text NOT NULL,
	"party" text NOT NULL,
	"address" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"carrier_cause" text,
	"sip_code" text
);
--> statement-breakpoint
ALTER TABLE "call_legs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "calls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"room" text NOT NULL,
	"direction" text NOT NULL,
	"carrier" text NOT NULL,
	"carrier_session_id" text,
	"from_address" text NOT NULL,
	"to_address" text NOT NULL,
	"number_id" uuid,
	"placed_by" text,
	"state" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"announced_at" timestamp (3) with time zone,
	"recording_started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"duration_ms" integer,
	"hangup_cause" text,
	"ended_by" text,
	"carrier_cause" text,
	"sip_code" text,
	"machine_result" text,
	"not_recorded_reason" text,
	"recording_state" text,
	"transcript_state" text,
	"first_line" text,
	"language" text,
	"notices_received" integer DEFAULT 0 NOT NULL,
	"notices_repeated" integer DEFAULT 0 NOT NULL,
	"notices_applied" integer DEFAULT 0 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"reconciled_at" timestamp (3) with time zone,
	CONSTRAINT "calls_room_unique" UNIQUE("room")
);
--> statement-breakpoint
ALTER TABLE "calls" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "inbound_notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid,
	"room" text NOT NULL,
	"call_id" uuid,
	"vendor" text NOT NULL,
	"event_id" text NOT NULL,
	"event_type" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"body" text NOT NULL,
	"applied" boolean NOT NULL,
	"flag" text,
	"repeats" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "inbound_notices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "room_cursors" (
	"room" text PRIMARY KEY NOT NULL,
	"call_id" uuid,
	"workspace_id" uuid,
	"projected_n" integer DEFAULT 0 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unrouted_calls" (
	"call_id" uuid PRIMARY KEY NOT NULL,
	"room" text NOT NULL,
	"from_address" text NOT NULL,
	"to_address" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"reason" text NOT NULL,
	CONSTRAINT "unrouted_calls_room_unique" UNIQUE("room")
);
--> statement-breakpoint
CREATE TABLE "dead_letters" (
	"id" text PRIMARY KEY NOT NULL,
	"queue" text NOT NULL,
	"body" jsonb NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"run_after" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"enqueued_at" timestamp (3) with time zone,
	"last_error" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "jobs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "outbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"key_sha256" text NOT NULL,
	"scope" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_key_sha256_unique" UNIQUE("key_sha256")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"workspace_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request_sha256" text NOT NULL,
	"body" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "memberships" (
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "numbers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"e164" text NOT NULL,
	"carrier_number_id" text,
	"label" text,
	"announcement" text,
	"record_inbound" boolean DEFAULT true NOT NULL,
	"record_outbound" boolean DEFAULT true NOT NULL,
	"language" text,
	"key_terms" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"delete_carrier_copy" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"published_version" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "numbers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recordings" ADD CONSTRAINT "recordings_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transcripts" ADD CONSTRAINT "transcripts_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transcripts" ADD CONSTRAINT "transcripts_recording_id_recordings_id_fk" FOREIGN KEY ("recording_id") REFERENCES "public"."recordings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "utterances" ADD CONSTRAINT "utterances_transcript_id_transcripts_id_fk" FOREIGN KEY ("transcript_id") REFERENCES "public"."transcripts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_legs" ADD CONSTRAINT "call_legs_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_number_id_numbers_id_fk" FOREIGN KEY ("number_id") REFERENCES "public"."numbers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "numbers" ADD CONSTRAINT "numbers_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_provider_idx" ON "accounts" USING btree ("provider","provider_account_id");--> statement-breakpoint
CREATE INDEX "sessions_user_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expires_idx" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "recordings_carrier_idx" ON "recordings" USING btree ("call_id","carrier_recording_id");--> statement-breakpoint
CREATE INDEX "recordings_call_idx" ON "recordings" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "recordings_state_idx" ON "recordings" USING btree ("state","saved_at");--> statement-breakpoint
CREATE UNIQUE INDEX "transcripts_version_idx" ON "transcripts" USING btree ("recording_id","version");--> statement-breakpoint
CREATE INDEX "transcripts_call_idx" ON "transcripts" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "transcripts_waiting_idx" ON "transcripts" USING btree ("state","submitted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "utterances_order_idx" ON "utterances" USING btree ("transcript_id","ordinal");--> statement-breakpoint
CREATE INDEX "call_facts_call_idx" ON "call_facts" USING btree ("call_id","n");--> statement-breakpoint
CREATE UNIQUE INDEX "call_legs_carrier_idx" ON "call_legs" USING btree ("call_id","carrier_leg_id");--> statement-breakpoint
CREATE INDEX "calls_list_idx" ON "calls" USING btree ("workspace_id","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "calls_from_idx" ON "calls" USING btree ("workspace_id","from_address","started_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "calls_to_idx" ON "calls" USING btree ("workspace_id","to_address","started_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "calls_unfinished_idx" ON "calls" USING btree ("state","started_at");--> statement-breakpoint
CREATE INDEX "calls_awaiting_recording_idx" ON "calls" USING btree ("recording_state","ended_at");--> statement-breakpoint
CREATE UNIQUE INDEX "inbound_notices_event_idx" ON "inbound_notices" USING btree ("room","vendor","event_id");--> statement-breakpoint
CREATE INDEX "inbound_notices_call_idx" ON "inbound_notices" USING btree ("call_id","received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_key_idx" ON "jobs" USING btree ("key");--> statement-breakpoint
CREATE INDEX "jobs_due_idx" ON "jobs" USING btree ("state","run_after");--> statement-breakpoint
CREATE INDEX "outbox_due_idx" ON "outbox" USING btree ("next_attempt_at");--> statement-breakpoint
CREATE INDEX "api_keys_workspace_idx" ON "api_keys" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "memberships_user_idx" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "numbers_e164_idx" ON "numbers" USING btree ("e164");--> statement-breakpoint
CREATE INDEX "numbers_workspace_idx" ON "numbers" USING btree ("workspace_id");--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "recordings" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "transcripts" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "utterances" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "call_facts" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "call_legs" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "calls" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "inbound_notices" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "jobs" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "outbox" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "idempotency_keys" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "numbers" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
-- By hand from here on: drizzle-kit knows neither of these.
-- The wall holds for the tables' owner as well, should a worker ever log in as it by mistake.
ALTER TABLE "recordings" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "transcripts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "utterances" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "call_facts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "call_legs" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "calls" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "inbound_notices" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "jobs" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "outbox" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "idempotency_keys" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "numbers" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Workers read and write, and alter nothing. Where the role does not exist (a database for one's own tools) there is nothing to grant.
DO $$
BEGIN
	IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'earwitness_app') THEN
		GRANT USAGE ON SCHEMA public, drizzle TO earwitness_app;
		GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO earwitness_app;
		GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO earwitness_app;
	END IF;
END
$$;
