CREATE TYPE "public"."delete_policy" AS ENUM('any', 'revoked-only');--> statement-breakpoint
CREATE TYPE "public"."organization_kind" AS ENUM('platform', 'reseller', 'customer');--> statement-breakpoint
CREATE TYPE "public"."reveal_policy" AS ENUM('anytime', 'once');--> statement-breakpoint
CREATE TYPE "public"."at_limit" AS ENUM('refuse', 'replace');--> statement-breakpoint
CREATE TYPE "public"."metrics" AS ENUM('basic', 'extended');--> statement-breakpoint
CREATE TYPE "public"."secret_state" AS ENUM('current', 'retiring');--> statement-breakpoint
CREATE TYPE "public"."token_kind" AS ENUM('personal', 'organization', 'service');--> statement-breakpoint
CREATE TYPE "public"."link_purpose" AS ENUM('setup');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('admin', 'member', 'viewer');--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"action" text NOT NULL,
	"organization_id" uuid,
	"actor_user_id" uuid,
	"actor_name" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"target_name" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"ip" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" "organization_kind" NOT NULL,
	"parent_id" uuid,
	"path" uuid[] DEFAULT '{}' NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"contact" text,
	"tier_id" uuid,
	"token_limit_override" integer,
	"reveal_policy" "reveal_policy" DEFAULT 'once' NOT NULL,
	"delete_policy" "delete_policy" DEFAULT 'revoked-only' NOT NULL,
	"longest_lifetime_days" integer,
	"never_expiring_allowed" boolean DEFAULT true NOT NULL,
	"suspended_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organizations_platform_is_root" CHECK (("organizations"."kind" = 'platform') = ("organizations"."parent_id" is null)),
	CONSTRAINT "organizations_platform_has_no_tier" CHECK (("organizations"."kind" = 'platform') = ("organizations"."tier_id" is null)),
	CONSTRAINT "organizations_not_own_parent" CHECK ("organizations"."parent_id" <> "organizations"."id"),
	CONSTRAINT "organizations_slug_form" CHECK ("organizations"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("organizations"."slug") <= 63),
	CONSTRAINT "organizations_limit_positive" CHECK ("organizations"."token_limit_override" >= 0),
	CONSTRAINT "organizations_lifetime_positive" CHECK ("organizations"."longest_lifetime_days" > 0)
);
--> statement-breakpoint
CREATE TABLE "policy_ceilings" (
	"only_row" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"reveal_policy" "reveal_policy" DEFAULT 'anytime' NOT NULL,
	"delete_policy" "delete_policy" DEFAULT 'any' NOT NULL,
	"longest_lifetime_days" integer,
	"never_expiring_allowed" boolean DEFAULT true NOT NULL,
	CONSTRAINT "policy_ceilings_only_row" CHECK ("policy_ceilings"."only_row"),
	CONSTRAINT "policy_ceilings_lifetime_positive" CHECK ("policy_ceilings"."longest_lifetime_days" > 0)
);
--> statement-breakpoint
CREATE TABLE "service_accounts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"role" "role" NOT NULL,
	"scopes" text[] NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "service_accounts_in_organization" UNIQUE("id","organization_id")
);
--> statement-breakpoint
CREATE TABLE "tiers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"rank" integer NOT NULL,
	"token_limit" integer NOT NULL,
	"at_limit" "at_limit" DEFAULT 'refuse' NOT NULL,
	"metrics" "metrics" DEFAULT 'basic' NOT NULL,
	CONSTRAINT "tiers_rank_positive" CHECK ("tiers"."rank" > 0),
	CONSTRAINT "tiers_limit_not_negative" CHECK ("tiers"."token_limit" >= 0)
);
--> statement-breakpoint
CREATE TABLE "token_secrets" (
	"token_id" text NOT NULL,
	"token_live" boolean DEFAULT true NOT NULL,
	"state" "secret_state" NOT NULL,
	"prefix" text NOT NULL,
	"digest" "bytea" NOT NULL,
	"tail" text NOT NULL,
	"minted_at" timestamp with time zone NOT NULL,
	"minted_by" uuid,
	"retires_at" timestamp with time zone,
	"reveal_key_digest" "bytea" NOT NULL,
	"reveal_salt" "bytea",
	"reveal_until" timestamp with time zone NOT NULL,
	CONSTRAINT "token_secrets_token_id_state_pk" PRIMARY KEY("token_id","state"),
	CONSTRAINT "token_secrets_token_live" CHECK ("token_secrets"."token_live"),
	CONSTRAINT "token_secrets_digest_length" CHECK (octet_length("token_secrets"."digest") = 32),
	CONSTRAINT "token_secrets_key_digest_length" CHECK (octet_length("token_secrets"."reveal_key_digest") = 32),
	CONSTRAINT "token_secrets_salt_length" CHECK (octet_length("token_secrets"."reveal_salt") = 32),
	CONSTRAINT "token_secrets_tail_length" CHECK (length("token_secrets"."tail") = 4),
	CONSTRAINT "token_secrets_retiring_has_end" CHECK (("token_secrets"."state" = 'retiring') = ("token_secrets"."retires_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" "token_kind" NOT NULL,
	"organization_id" uuid,
	"user_id" uuid,
	"service_account_id" uuid,
	"owner_id" uuid GENERATED ALWAYS AS (coalesce(service_account_id, user_id, organization_id)) STORED NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"scopes" text[],
	"devices" text[] DEFAULT '{}' NOT NULL,
	"ip_ranges" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" uuid,
	"expires_at" timestamp with time zone,
	"lifetime_days" integer,
	"revoked_at" timestamp with time zone,
	"revoked_by" uuid,
	"revoke_reason" text,
	"compromised" boolean DEFAULT false NOT NULL,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	"live" boolean GENERATED ALWAYS AS (deleted_at is null) STORED NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"last_used_ip" text,
	"last_used_user_agent" text,
	CONSTRAINT "tokens_live" UNIQUE("id","live"),
	CONSTRAINT "tokens_id_form" CHECK ("tokens"."id" ~ '^[0-9A-Za-z]{16}$'),
	CONSTRAINT "tokens_kind_has_its_owner" CHECK (case "tokens"."kind"
        when 'personal' then "tokens"."user_id" is not null and "tokens"."organization_id" is null and "tokens"."service_account_id" is null
        when 'organization' then "tokens"."organization_id" is not null and "tokens"."user_id" is null and "tokens"."service_account_id" is null
        when 'service' then "tokens"."service_account_id" is not null and "tokens"."organization_id" is not null and "tokens"."user_id" is null
      end),
	CONSTRAINT "tokens_scopes_stored" CHECK ("tokens"."kind" = 'personal' or "tokens"."scopes" is not null),
	CONSTRAINT "tokens_personal_never_verifies" CHECK ("tokens"."kind" <> 'personal' or not 'tokens:verify' = any(coalesce("tokens"."scopes", '{}'))),
	CONSTRAINT "tokens_compromised_is_revoked" CHECK (not "tokens"."compromised" or "tokens"."revoked_at" is not null),
	CONSTRAINT "tokens_lifetime_positive" CHECK ("tokens"."lifetime_days" > 0)
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"user_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"role" "role" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_user_id_organization_id_pk" PRIMARY KEY("user_id","organization_id")
);
--> statement-breakpoint
CREATE TABLE "one_time_links" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"purpose" "link_purpose" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "one_time_links_digest_length" CHECK (octet_length("one_time_links"."digest") = 32)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone NOT NULL,
	"ip" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"email_key" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"last_organization_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_actor_user_id_users_id_fk" FOREIGN KEY ("actor_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_parent_id_organizations_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_tier_id_tiers_id_fk" FOREIGN KEY ("tier_id") REFERENCES "public"."tiers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_accounts" ADD CONSTRAINT "service_accounts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_secrets" ADD CONSTRAINT "token_secrets_minted_by_users_id_fk" FOREIGN KEY ("minted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_secrets" ADD CONSTRAINT "token_secrets_of_live_token" FOREIGN KEY ("token_id","token_live") REFERENCES "public"."tokens"("id","live") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_revoked_by_users_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_deleted_by_users_id_fk" FOREIGN KEY ("deleted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_service_account_in_organization" FOREIGN KEY ("service_account_id","organization_id") REFERENCES "public"."service_accounts"("id","organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_last_organization_id_organizations_id_fk" FOREIGN KEY ("last_organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_by_organization" ON "audit_events" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_target" ON "audit_events" USING btree ("target_type","target_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_one_platform" ON "organizations" USING btree ("kind") WHERE "organizations"."kind" = 'platform';--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_slug" ON "organizations" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "organizations_path" ON "organizations" USING gin ("path");--> statement-breakpoint
CREATE INDEX "organizations_parent" ON "organizations" USING btree ("parent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "service_accounts_name" ON "service_accounts" USING btree ("organization_id","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "tiers_name" ON "tiers" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "token_secrets_open" ON "token_secrets" USING btree ("reveal_until") WHERE "token_secrets"."reveal_salt" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "tokens_name" ON "tokens" USING btree ("owner_id","name_key") WHERE "tokens"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "tokens_by_created" ON "tokens" USING btree ("organization_id","created_at","id") WHERE "tokens"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "tokens_by_name" ON "tokens" USING btree ("organization_id","name_key","id") WHERE "tokens"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "tokens_by_last_used" ON "tokens" USING btree ("organization_id",coalesce("last_used_at", '-infinity'::timestamptz),"id") WHERE "tokens"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "tokens_by_expires" ON "tokens" USING btree ("organization_id",coalesce("expires_at", 'infinity'::timestamptz),"id") WHERE "tokens"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "memberships_organization" ON "memberships" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email_key");