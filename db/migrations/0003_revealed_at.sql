ALTER TABLE "tokens" ADD COLUMN "revealed_at" timestamp with time zone;--> statement-breakpoint
-- Nothing was ever rotated before, so a token's only secret is its first.
UPDATE "tokens" SET "revealed_at" = s."minted_at" FROM "token_secrets" s WHERE s."token_id" = "tokens"."id" AND s."state" = 'current';--> statement-breakpoint
CREATE INDEX "tokens_by_state" ON "tokens" USING btree ("organization_id","revoked_at","expires_at") WHERE "tokens"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "tokens_by_last_used_up" ON "tokens" USING btree ("organization_id",coalesce("last_used_at", 'infinity'::timestamptz),"id") WHERE "tokens"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "tokens_by_updated" ON "tokens" USING btree (coalesce("organization_id", "user_id"),"updated_at");--> statement-breakpoint
CREATE INDEX "tokens_unrevealed" ON "tokens" USING btree ("organization_id","expires_at","id") WHERE "tokens"."deleted_at" is null and "tokens"."revoked_at" is null and "tokens"."revealed_at" is null;