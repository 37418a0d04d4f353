CREATE TABLE "call_gaps" (
	"workspace_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"kind" text NOT NULL,
	"channel" text,
	"start_ms" integer NOT NULL,
	"end_ms" integer NOT NULL,
	"reason" text NOT NULL,
	"detail" text,
	CONSTRAINT "call_gaps_call_id_n_pk" PRIMARY KEY("call_id","n")
);
--> statement-breakpoint
ALTER TABLE "call_gaps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "call_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"text" text NOT NULL,
	"position_ms" integer,
	"written_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "call_notes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "captions" (
	"workspace_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"caption_id" text NOT NULL,
	"channel" text NOT NULL,
	"start_ms" integer NOT NULL,
	"end_ms" integer NOT NULL,
	"text" text NOT NULL,
	"words" jsonb NOT NULL,
	"language" text,
	CONSTRAINT "captions_call_id_caption_id_pk" PRIMARY KEY("call_id","caption_id")
);
--> statement-breakpoint
ALTER TABLE "captions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "recording_chunks" (
	"workspace_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"chunk" integer NOT NULL,
	"r2_key" text NOT NULL,
	"start_ms" integer NOT NULL,
	"end_ms" integer NOT NULL,
	"size_bytes" bigint NOT NULL,
	"held" jsonb NOT NULL,
	CONSTRAINT "recording_chunks_call_id_chunk_pk" PRIMARY KEY("call_id","chunk")
);
--> statement-breakpoint
ALTER TABLE "recording_chunks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "recording_pauses" (
	"workspace_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"started_by" text NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text,
	CONSTRAINT "recording_pauses_call_id_n_pk" PRIMARY KEY("call_id","n")
);
--> statement-breakpoint
ALTER TABLE "recording_pauses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "recordings" ADD COLUMN "source" text DEFAULT 'carrier' NOT NULL;--> statement-breakpoint
ALTER TABLE "transcripts" ADD COLUMN "comparison" jsonb;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "last_caption" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "live_ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "caption_latency" jsonb;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "numbers" ADD COLUMN "live_captions" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "call_gaps" ADD CONSTRAINT "call_gaps_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_notes" ADD CONSTRAINT "call_notes_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "captions" ADD CONSTRAINT "captions_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recording_chunks" ADD CONSTRAINT "recording_chunks_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recording_pauses" ADD CONSTRAINT "recording_pauses_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_notes_call_idx" ON "call_notes" USING btree ("call_id","created_at");--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "call_gaps" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "call_notes" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "captions" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "recording_chunks" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "recording_pauses" AS PERMISSIVE FOR ALL TO public USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system') WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid or current_setting('app.actor', true) = 'system');--> statement-breakpoint
-- By hand from here on: drizzle-kit knows neither of these. See 0000_initial.sql.
ALTER TABLE "call_gaps" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "call_notes" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "captions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "recording_chunks" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "recording_pauses" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
DO $$
BEGIN
	IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'earwitness_app') THEN
		GRANT SELECT, INSERT, UPDATE, DELETE ON "call_gaps", "call_notes", "captions", "recording_chunks", "recording_pauses" TO earwitness_app;
	END IF;
END
$$;
