CREATE TABLE "used_journeys" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "used_journeys_key_length" CHECK (octet_length("used_journeys"."key") = 32)
);
--> statement-breakpoint
ALTER TABLE "sessions" ALTER COLUMN "confirmed_at" DROP NOT NULL;--> statement-breakpoint
CREATE INDEX "used_journeys_ends" ON "used_journeys" USING btree ("ends_at");--> statement-breakpoint
-- Never confirmed was 1970 while the column took no null.
UPDATE "sessions" SET "confirmed_at" = NULL WHERE "confirmed_at" = 'epoch';--> statement-breakpoint
-- Used journeys counted one among the failed passwords. No digest tells which they are; those of others are no journey's.
INSERT INTO "used_journeys" ("key", "ends_at") SELECT "key", "ends_at" FROM "password_failures" WHERE "count" = 1;
