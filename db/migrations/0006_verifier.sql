CREATE TYPE "public"."outcome" AS ENUM('active', 'secret_retired', 'revoked', 'organization_required', 'not_a_member', 'suspended', 'api_user_disabled', 'expired', 'ip_not_allowed', 'insufficient_scope', 'resource_not_allowed');--> statement-breakpoint
CREATE TABLE "usage_addresses" (
	"organization_id" uuid,
	"token_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"value" text NOT NULL,
	"active" integer NOT NULL,
	"refused" integer NOT NULL,
	"user_agent" text,
	CONSTRAINT "usage_addresses_key" UNIQUE NULLS NOT DISTINCT("organization_id","token_id","hour","value")
);
--> statement-breakpoint
CREATE TABLE "usage_endpoints" (
	"organization_id" uuid,
	"token_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"value" text NOT NULL,
	"active" integer NOT NULL,
	"refused" integer NOT NULL,
	CONSTRAINT "usage_endpoints_key" UNIQUE NULLS NOT DISTINCT("organization_id","token_id","hour","value")
);
--> statement-breakpoint
CREATE TABLE "usage_hours" (
	"organization_id" uuid,
	"token_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"outcome" "outcome" NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "usage_hours_key" UNIQUE NULLS NOT DISTINCT("organization_id","token_id","hour","outcome"),
	CONSTRAINT "usage_hours_count" CHECK ("usage_hours"."count" > 0)
);
--> statement-breakpoint
CREATE TABLE "usage_resources" (
	"organization_id" uuid,
	"token_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"value" text NOT NULL,
	"active" integer NOT NULL,
	"refused" integer NOT NULL,
	CONSTRAINT "usage_resources_key" UNIQUE NULLS NOT DISTINCT("organization_id","token_id","hour","value")
);
--> statement-breakpoint
CREATE TABLE "usage_user_agents" (
	"organization_id" uuid,
	"token_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"value" text NOT NULL,
	"active" integer NOT NULL,
	"refused" integer NOT NULL,
	CONSTRAINT "usage_user_agents_key" UNIQUE NULLS NOT DISTINCT("organization_id","token_id","hour","value")
);
--> statement-breakpoint
CREATE TABLE "revocation_acknowledgements" (
	"revocation_id" bigint NOT NULL,
	"verifier_id" uuid NOT NULL,
	"verifier_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "revocation_acknowledgements_revocation_id_verifier_id_pk" PRIMARY KEY("revocation_id","verifier_id")
);
--> statement-breakpoint
CREATE TABLE "revocations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "revocations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"token_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verifiers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"entries" integer DEFAULT 0 NOT NULL,
	"hits" bigint DEFAULT 0 NOT NULL,
	"misses" bigint DEFAULT 0 NOT NULL,
	"lag_ms" real
);
--> statement-breakpoint
ALTER TABLE "token_secrets" ADD COLUMN "reveal_open" boolean GENERATED ALWAYS AS (reveal_salt is not null) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "revocation_acknowledgements" ADD CONSTRAINT "revocation_acknowledgements_revocation_id_revocations_id_fk" FOREIGN KEY ("revocation_id") REFERENCES "public"."revocations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "usage_addresses_by_hour" ON "usage_addresses" USING brin ("hour");--> statement-breakpoint
CREATE INDEX "usage_endpoints_by_hour" ON "usage_endpoints" USING brin ("hour");--> statement-breakpoint
CREATE INDEX "usage_hours_by_hour" ON "usage_hours" USING brin ("hour");--> statement-breakpoint
CREATE INDEX "usage_resources_by_hour" ON "usage_resources" USING brin ("hour");--> statement-breakpoint
CREATE INDEX "usage_user_agents_by_hour" ON "usage_user_agents" USING brin ("hour");--> statement-breakpoint
CREATE INDEX "revocations_by_time" ON "revocations" USING brin ("at");--> statement-breakpoint
-- Counts are in no index: where a page has room, counting on touches none.
ALTER TABLE "usage_hours" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "usage_endpoints" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "usage_resources" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "usage_addresses" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "usage_user_agents" SET (fillfactor = 70);--> statement-breakpoint
-- What verifiers keep in memory ends when it changes: whoever changes it, and whichever way, they are told at the commit.
-- Told are a token (t:), an API user's tokens (s:), a person's (u:), an organization with all below it (o:), or all
-- organizations (o:*). An act that would tell of more than 50 tells of everything instead (*): each takes a place in a
-- queue that all commits share. Neither uses nor the audit log ever tell.
CREATE FUNCTION tell_verifiers(what text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  -- Counted for this transaction alone: whatever else may stand there, nobody can have us keep silent.
  counted text := pg_current_xact_id()::text || ':';
  said text := coalesce(current_setting('tokenry.told', true), '');
  told int := CASE WHEN said ~ ('^' || counted || '[0-9]{1,3}$') THEN split_part(said, ':', 2)::int ELSE 0 END + 1;
BEGIN
  -- PostgreSQL passes on the same only once.
  PERFORM pg_notify('tokenry_facts', CASE WHEN told <= 50 THEN what ELSE '*' END);
  PERFORM set_config('tokenry.told', counted || least(told, 51), true);
END $$;--> statement-breakpoint
CREATE FUNCTION tokens_tell() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- With a token's organization, closed in this very transaction, its tokens are told of too.
  IF NOT EXISTS (
    SELECT FROM organizations
    WHERE id = old.organization_id AND closed_at IS NOT NULL AND xmin = pg_current_xact_id()::xid
  ) THEN
    PERFORM tell_verifiers('t:' || old.id);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER tokens_tell AFTER UPDATE OF name, scopes, devices, ip_ranges, expires_at, revoked_at, deleted_at ON tokens
  FOR EACH ROW WHEN ((old.name, old.scopes, old.devices, old.ip_ranges, old.expires_at, old.revoked_at, old.deleted_at)
    IS DISTINCT FROM (new.name, new.scopes, new.devices, new.ip_ranges, new.expires_at, new.revoked_at, new.deleted_at))
  EXECUTE FUNCTION tokens_tell();--> statement-breakpoint
CREATE TRIGGER tokens_gone_tell AFTER DELETE ON tokens FOR EACH ROW EXECUTE FUNCTION tokens_tell();--> statement-breakpoint
CREATE FUNCTION token_secrets_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.token_id IS NOT NULL THEN PERFORM tell_verifiers('t:' || old.token_id); END IF;
  IF new.token_id IS DISTINCT FROM old.token_id AND new.token_id IS NOT NULL THEN
    PERFORM tell_verifiers('t:' || new.token_id);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER token_secrets_tell AFTER INSERT OR DELETE OR UPDATE OF token_id, state, digest, minted_at, retires_at
  ON token_secrets FOR EACH ROW EXECUTE FUNCTION token_secrets_tell();--> statement-breakpoint
CREATE FUNCTION service_accounts_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_verifiers('s:' || old.id);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER service_accounts_tell AFTER DELETE OR UPDATE OF role, scopes, devices, disabled_at ON service_accounts
  FOR EACH ROW EXECUTE FUNCTION service_accounts_tell();--> statement-breakpoint
CREATE FUNCTION memberships_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.user_id IS NOT NULL THEN PERFORM tell_verifiers('u:' || old.user_id); END IF;
  IF new.user_id IS DISTINCT FROM old.user_id AND new.user_id IS NOT NULL THEN
    PERFORM tell_verifiers('u:' || new.user_id);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER memberships_tell AFTER INSERT OR DELETE OR UPDATE OF user_id, organization_id, role, devices ON memberships
  FOR EACH ROW EXECUTE FUNCTION memberships_tell();--> statement-breakpoint
CREATE FUNCTION organizations_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Where all above it changed the same way in the same act, that tells of it too.
  IF NOT EXISTS (
    SELECT FROM organizations parent
    WHERE parent.id = new.parent_id AND new.closed_at IS NOT NULL AND parent.closed_at = new.closed_at
  ) THEN
    PERFORM tell_verifiers('o:' || old.id);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER organizations_tell AFTER UPDATE OF slug, name, path, tier_id, suspended_at, closed_at ON organizations
  FOR EACH ROW WHEN ((old.slug, old.name, old.path, old.tier_id, old.suspended_at, old.closed_at)
    IS DISTINCT FROM (new.slug, new.name, new.path, new.tier_id, new.suspended_at, new.closed_at))
  EXECUTE FUNCTION organizations_tell();--> statement-breakpoint
CREATE FUNCTION all_organizations_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_verifiers('o:*');
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER tiers_tell AFTER DELETE OR UPDATE OF name, rank ON tiers
  FOR EACH STATEMENT EXECUTE FUNCTION all_organizations_tell();--> statement-breakpoint
CREATE TRIGGER scopes_tell AFTER INSERT OR DELETE OR UPDATE OF name, tier_id ON scopes
  FOR EACH STATEMENT EXECUTE FUNCTION all_organizations_tell();--> statement-breakpoint
CREATE FUNCTION everything_tells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_verifiers('*');
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER tokens_emptied_tell AFTER TRUNCATE ON tokens FOR EACH STATEMENT EXECUTE FUNCTION everything_tells();--> statement-breakpoint
CREATE TRIGGER token_secrets_emptied_tell AFTER TRUNCATE ON token_secrets FOR EACH STATEMENT EXECUTE FUNCTION everything_tells();--> statement-breakpoint
CREATE TRIGGER service_accounts_emptied_tell AFTER TRUNCATE ON service_accounts FOR EACH STATEMENT EXECUTE FUNCTION everything_tells();--> statement-breakpoint
CREATE TRIGGER memberships_emptied_tell AFTER TRUNCATE ON memberships FOR EACH STATEMENT EXECUTE FUNCTION everything_tells();--> statement-breakpoint
CREATE TRIGGER organizations_emptied_tell AFTER TRUNCATE ON organizations FOR EACH STATEMENT EXECUTE FUNCTION everything_tells();--> statement-breakpoint
CREATE TRIGGER tiers_emptied_tell AFTER TRUNCATE ON tiers FOR EACH STATEMENT EXECUTE FUNCTION everything_tells();--> statement-breakpoint
CREATE TRIGGER scopes_emptied_tell AFTER TRUNCATE ON scopes FOR EACH STATEMENT EXECUTE FUNCTION everything_tells();--> statement-breakpoint
-- A right to change a column is one to change it either way. Whoever has no more than a verifier's may revoke and shorten.
CREATE FUNCTION tokens_verifiers_revoke() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'member')
    AND (old.revoked_at IS NOT NULL OR new.revoked_at IS NULL)
    AND (old.revoked_at, old.revoked_by, old.revoke_reason, old.compromised)
      IS DISTINCT FROM (new.revoked_at, new.revoked_by, new.revoke_reason, new.compromised)
  THEN
    RAISE insufficient_privilege USING MESSAGE = 'a verifier may revoke a token, and change nothing of one that is revoked';
  END IF;
  RETURN new;
END $$;--> statement-breakpoint
CREATE TRIGGER tokens_verifiers_revoke BEFORE UPDATE OF revoked_at, revoked_by, revoke_reason, compromised ON tokens
  FOR EACH ROW EXECUTE FUNCTION tokens_verifiers_revoke();--> statement-breakpoint
CREATE FUNCTION token_secrets_verifiers_shorten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'member')
    AND ((new.reveal_salt IS NOT NULL AND new.reveal_salt IS DISTINCT FROM old.reveal_salt)
      OR (new.retires_at IS DISTINCT FROM old.retires_at AND NOT coalesce(new.retires_at < old.retires_at, false)))
  THEN
    RAISE insufficient_privilege USING MESSAGE = 'a verifier may end a secret or its reveal sooner, never later';
  END IF;
  RETURN new;
END $$;--> statement-breakpoint
CREATE TRIGGER token_secrets_verifiers_shorten BEFORE UPDATE OF retires_at, reveal_salt ON token_secrets
  FOR EACH ROW EXECUTE FUNCTION token_secrets_verifiers_shorten();--> statement-breakpoint
-- The connections of our programs, for whom the server's own list tells the state of.
CREATE FUNCTION tokenry_connections() RETURNS TABLE (application text, state text, count int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT application_name, coalesce(state, 'unknown'), count(*)::int
  FROM pg_stat_activity
  WHERE datname = current_database() AND application_name IN ('tokenry', 'tokenry-verifier')
  GROUP BY 1, 2
$$;--> statement-breakpoint
-- What a verifier may do, as a role that its login belongs to. Roles are the whole server's: another Tokenry may have made
-- it, and where this user may make none, verifiers work with the desk's own rights.
DO $$
BEGIN
  BEGIN
    CREATE ROLE tokenry_verifier NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
  END;
  GRANT USAGE ON SCHEMA public, drizzle TO tokenry_verifier;
  GRANT SELECT ON drizzle.__drizzle_migrations TO tokenry_verifier;
  GRANT SELECT ON tokens, tiers, scopes TO tokenry_verifier;
  -- No secret can be derived or opened from what it sees of them.
  GRANT SELECT (token_id, token_live, state, prefix, tail, digest, minted_at, retires_at, reveal_open, seal_key_id)
    ON token_secrets TO tokenry_verifier;
  GRANT SELECT (id, organization_id, name, role, scopes, devices, disabled_at) ON service_accounts TO tokenry_verifier;
  GRANT SELECT (user_id, organization_id, role, devices) ON memberships TO tokenry_verifier;
  GRANT SELECT (id, parent_id, path, slug, name, tier_id, suspended_at, closed_at) ON organizations TO tokenry_verifier;
  GRANT UPDATE (last_used_at, last_used_ip, last_used_user_agent, revoked_at, revoked_by, revoke_reason, compromised, updated_at)
    ON tokens TO tokenry_verifier;
  GRANT UPDATE (retires_at, reveal_salt) ON token_secrets TO tokenry_verifier;
  GRANT INSERT ON audit_events TO tokenry_verifier;
  GRANT SELECT, INSERT, UPDATE ON usage_hours, usage_endpoints, usage_resources, usage_addresses, usage_user_agents
    TO tokenry_verifier;
  GRANT SELECT, INSERT, UPDATE, DELETE ON verifiers TO tokenry_verifier;
  GRANT SELECT, INSERT ON revocations, revocation_acknowledgements TO tokenry_verifier;
  GRANT EXECUTE ON FUNCTION tokenry_connections() TO tokenry_verifier;
  EXECUTE format('GRANT tokenry_verifier TO %I', current_user);
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'verifiers work with the rights of the desk: %', SQLERRM;
END $$;
