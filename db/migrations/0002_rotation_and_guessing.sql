CREATE TABLE "password_failures" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "password_failures_key_length" CHECK (octet_length("password_failures"."key") = 32),
	CONSTRAINT "password_failures_count_not_negative" CHECK ("password_failures"."count" >= 0)
);
--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "rotation_overlap_seconds" integer;--> statement-breakpoint
CREATE INDEX "password_failures_ends" ON "password_failures" USING btree ("ends_at");--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_rotation_overlap" CHECK ("tokens"."rotation_overlap_seconds" in (0, 3600, 86400, 604800));--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_deleted_rotates_not" CHECK ("tokens"."deleted_at" is null or "tokens"."rotation_overlap_seconds" is null);