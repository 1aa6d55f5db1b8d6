CREATE TYPE "public"."usage_grouping" AS ENUM('token', 'endpoint', 'resource', 'ip', 'userAgent');--> statement-breakpoint
CREATE TABLE "usage_groups" (
	"organization_id" uuid NOT NULL,
	"group_by" "usage_grouping" NOT NULL,
	"day" date NOT NULL,
	"value" text NOT NULL,
	"active" bigint NOT NULL,
	"refused" bigint NOT NULL,
	CONSTRAINT "usage_groups_organization_id_group_by_day_value_pk" PRIMARY KEY("organization_id","group_by","day","value")
);
--> statement-breakpoint
CREATE TABLE "usage_weeks" (
	"organization_id" uuid NOT NULL,
	"week" date NOT NULL,
	"requests" bigint NOT NULL,
	"refused" bigint NOT NULL,
	CONSTRAINT "usage_weeks_organization_id_week_pk" PRIMARY KEY("organization_id","week")
);
--> statement-breakpoint
DROP INDEX "usage_days_by_day";--> statement-breakpoint
ALTER TABLE "usage_days" ADD COLUMN "grouped" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "usage_groups_by_day" ON "usage_groups" USING brin ("day");--> statement-breakpoint
CREATE INDEX "usage_weeks_by_week" ON "usage_weeks" USING brin ("week");--> statement-breakpoint
CREATE INDEX "usage_days_ungrouped" ON "usage_days" USING btree ("day") WHERE not "usage_days"."grouped";--> statement-breakpoint
CREATE INDEX "usage_days_by_day" ON "usage_days" USING btree ("day");--> statement-breakpoint
-- Whoever adds to a day, whatever they know of groups: it is to be grouped anew.
CREATE FUNCTION ungroup_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.grouped := false;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER usage_days_ungroup BEFORE UPDATE OF "count" ON "usage_days"
	FOR EACH ROW WHEN (OLD.grouped AND NEW.count IS DISTINCT FROM OLD.count) EXECUTE FUNCTION ungroup_day();--> statement-breakpoint
-- What is there already is grouped while the desk runs, the last day first; until then it is read from the hours.
-- Verifiers may only count, which `grouped` follows: they have no right to the new tables and need none.
ANALYZE "usage_days";
