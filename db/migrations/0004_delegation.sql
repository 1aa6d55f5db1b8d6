ALTER TYPE "public"."link_purpose" ADD VALUE 'reset-password';--> statement-breakpoint
CREATE TABLE "devices" (
	"organization_id" uuid NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "devices_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "devices_id_form" CHECK ("devices"."id" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$')
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"email" text NOT NULL,
	"email_key" text NOT NULL,
	"role" "role" NOT NULL,
	"devices" text[],
	"invited_by" uuid NOT NULL,
	"from_above_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"approved_at" timestamp with time zone,
	"approved_by" uuid,
	"link_digest" "bytea",
	"expires_at" timestamp with time zone,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "invitations_link_digest_length" CHECK (octet_length("invitations"."link_digest") = 32),
	CONSTRAINT "invitations_link_has_end" CHECK (("invitations"."link_digest" is null) = ("invitations"."expires_at" is null)),
	CONSTRAINT "invitations_link_when_approved" CHECK ("invitations"."approved_at" is not null or "invitations"."link_digest" is null),
	CONSTRAINT "invitations_ended_once" CHECK ("invitations"."accepted_at" is null or "invitations"."withdrawn_at" is null)
);
--> statement-breakpoint
CREATE TABLE "scopes" (
	"name" text PRIMARY KEY NOT NULL,
	"description" text NOT NULL,
	"tier_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "scopes_name_form" CHECK ("scopes"."name" ~ '^[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)+$' and length("scopes"."name") <= 64),
	CONSTRAINT "scopes_not_built_in" CHECK ("scopes"."name" not in ('data:read', 'reports:read', 'tokens:read', 'tokens:write', 'tokens:verify'))
);
--> statement-breakpoint
CREATE TABLE "logins" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "logins_issuer_subject_pk" PRIMARY KEY("issuer","subject")
);
--> statement-breakpoint
ALTER TABLE "tokens" ALTER COLUMN "devices" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "tokens" ALTER COLUMN "devices" DROP NOT NULL;--> statement-breakpoint
UPDATE "tokens" SET "devices" = null WHERE "devices" = '{}';--> statement-breakpoint
ALTER TABLE "service_accounts" ADD COLUMN "devices" text[];--> statement-breakpoint
ALTER TABLE "token_secrets" ADD COLUMN "sealed" "bytea";--> statement-breakpoint
ALTER TABLE "token_secrets" ADD COLUMN "seal_key_id" text;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "handed_over_by_id" uuid;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "replaced_by" text;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "devices" text[];--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "invited_by" uuid;--> statement-breakpoint
ALTER TABLE "one_time_links" ADD COLUMN "user_id" uuid;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_from_above_id_organizations_id_fk" FOREIGN KEY ("from_above_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_approved_by_users_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scopes" ADD CONSTRAINT "scopes_tier_id_tiers_id_fk" FOREIGN KEY ("tier_id") REFERENCES "public"."tiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "logins" ADD CONSTRAINT "logins_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "devices_by_name" ON "devices" USING btree ("organization_id","name_key","id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_link" ON "invitations" USING btree ("link_digest");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_open" ON "invitations" USING btree ("organization_id","email_key") WHERE "invitations"."accepted_at" is null and "invitations"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "invitations_organization" ON "invitations" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE INDEX "scopes_tier" ON "scopes" USING btree ("tier_id");--> statement-breakpoint
CREATE INDEX "logins_user" ON "logins" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_handed_over_by_id_organizations_id_fk" FOREIGN KEY ("handed_over_by_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_replaced_by_tokens_id_fk" FOREIGN KEY ("replaced_by") REFERENCES "public"."tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_links" ADD CONSTRAINT "one_time_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "token_secrets_sealed" ON "token_secrets" USING btree ("seal_key_id","token_id") WHERE "token_secrets"."sealed" is not null;--> statement-breakpoint
CREATE INDEX "one_time_links_user" ON "one_time_links" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "token_secrets" ADD CONSTRAINT "token_secrets_sealed_has_key" CHECK (("token_secrets"."sealed" is null) = ("token_secrets"."seal_key_id" is null));--> statement-breakpoint
ALTER TABLE "token_secrets" ADD CONSTRAINT "token_secrets_sealed_length" CHECK (octet_length("token_secrets"."sealed") > 28);--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_replaced_is_deleted" CHECK ("tokens"."replaced_by" is null or "tokens"."deleted_at" is not null);--> statement-breakpoint
ALTER TABLE "one_time_links" ADD CONSTRAINT "one_time_links_whose" CHECK (("one_time_links"."purpose" = 'setup') = ("one_time_links"."user_id" is null));