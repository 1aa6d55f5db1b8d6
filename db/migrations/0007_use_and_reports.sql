CREATE TYPE "public"."report_format" AS ENUM('pdf', 'csv');--> statement-breakpoint
CREATE TYPE "public"."report_state" AS ENUM('waiting', 'running', 'done', 'failed', 'cancelled');--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"token_id" text NOT NULL,
	"route" text NOT NULL,
	"key_digest" "bytea" NOT NULL,
	"request_digest" "bytea" NOT NULL,
	"status" integer NOT NULL,
	"answer" json NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_token_id_route_key_digest_pk" PRIMARY KEY("token_id","route","key_digest"),
	CONSTRAINT "idempotency_keys_digests" CHECK (length("idempotency_keys"."key_digest") = 32 and length("idempotency_keys"."request_digest") = 32)
);
--> statement-breakpoint
CREATE TABLE "report_parts" (
	"report_id" uuid NOT NULL,
	"nth" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "report_parts_report_id_nth_pk" PRIMARY KEY("report_id","nth")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"requested_by" uuid NOT NULL,
	"format" "report_format" NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"time_zone" text NOT NULL,
	"state" "report_state" DEFAULT 'waiting' NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"bytes" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "reports_period" CHECK ("reports"."since" < "reports"."until"),
	CONSTRAINT "reports_progress" CHECK ("reports"."progress" between 0 and 100),
	CONSTRAINT "reports_done_has_bytes" CHECK (("reports"."state" = 'done') = ("reports"."bytes" is not null)),
	CONSTRAINT "reports_finished" CHECK (("reports"."state" in ('done', 'failed', 'cancelled')) = ("reports"."finished_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "usage_days" (
	"organization_id" uuid NOT NULL,
	"day" date NOT NULL,
	"outcome" "outcome" NOT NULL,
	"count" bigint NOT NULL,
	"hours" integer[] NOT NULL,
	CONSTRAINT "usage_days_organization_id_day_outcome_pk" PRIMARY KEY("organization_id","day","outcome"),
	CONSTRAINT "usage_days_count" CHECK ("usage_days"."count" > 0),
	CONSTRAINT "usage_days_hours" CHECK (array_ndims("usage_days"."hours") = 1 and array_length("usage_days"."hours", 1) = 24)
);
--> statement-breakpoint
DROP INDEX "tokens_by_last_used";--> statement-breakpoint
DROP INDEX "tokens_by_last_used_up";--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "last_used_minute" timestamp with time zone GENERATED ALWAYS AS (date_bin('1 minute', last_used_at, '2000-01-01 00:00:00+00'::timestamptz)) STORED;--> statement-breakpoint
ALTER TABLE "report_parts" ADD CONSTRAINT "report_parts_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "reports_by_created" ON "reports" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "usage_days_by_day" ON "usage_days" USING brin ("day");--> statement-breakpoint
CREATE INDEX "tokens_by_last_used" ON "tokens" USING btree ("organization_id",coalesce("last_used_minute", '-infinity'::timestamptz)) WHERE "tokens"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "tokens_by_last_used_up" ON "tokens" USING btree ("organization_id",coalesce("last_used_minute", 'infinity'::timestamptz)) WHERE "tokens"."deleted_at" is null;--> statement-breakpoint
INSERT INTO usage_days (organization_id, day, outcome, count, hours)
  SELECT organization_id, day, outcome, sum(count), array[
    coalesce(sum(count) FILTER (WHERE h = 0), 0), coalesce(sum(count) FILTER (WHERE h = 1), 0), coalesce(sum(count) FILTER (WHERE h = 2), 0),
    coalesce(sum(count) FILTER (WHERE h = 3), 0), coalesce(sum(count) FILTER (WHERE h = 4), 0), coalesce(sum(count) FILTER (WHERE h = 5), 0),
    coalesce(sum(count) FILTER (WHERE h = 6), 0), coalesce(sum(count) FILTER (WHERE h = 7), 0), coalesce(sum(count) FILTER (WHERE h = 8), 0),
    coalesce(sum(count) FILTER (WHERE h = 9), 0), coalesce(sum(count) FILTER (WHERE h = 10), 0), coalesce(sum(count) FILTER (WHERE h = 11), 0),
    coalesce(sum(count) FILTER (WHERE h = 12), 0), coalesce(sum(count) FILTER (WHERE h = 13), 0), coalesce(sum(count) FILTER (WHERE h = 14), 0),
    coalesce(sum(count) FILTER (WHERE h = 15), 0), coalesce(sum(count) FILTER (WHERE h = 16), 0), coalesce(sum(count) FILTER (WHERE h = 17), 0),
    coalesce(sum(count) FILTER (WHERE h = 18), 0), coalesce(sum(count) FILTER (WHERE h = 19), 0), coalesce(sum(count) FILTER (WHERE h = 20), 0),
    coalesce(sum(count) FILTER (WHERE h = 21), 0), coalesce(sum(count) FILTER (WHERE h = 22), 0), coalesce(sum(count) FILTER (WHERE h = 23), 0)]::int[]
  FROM (
    SELECT organization_id, (hour AT TIME ZONE 'UTC')::date AS day, outcome, count,
      extract(hour FROM hour AT TIME ZONE 'UTC') AS h
    FROM usage_hours WHERE organization_id IS NOT NULL) hours
  GROUP BY 1, 2, 3;--> statement-breakpoint
-- Where the first verifier's migration could make no role, they work with the desk's own rights.
DO $$
BEGIN
  GRANT SELECT, INSERT, UPDATE ON usage_days TO tokenry_verifier;
EXCEPTION WHEN undefined_object THEN
  NULL;
END $$;
