DROP INDEX "audit_events_by_organization";--> statement-breakpoint
CREATE INDEX "audit_events_by_time" ON "audit_events" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_action" ON "audit_events" USING btree ("action","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_events" USING btree ("actor_name","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_organization" ON "audit_events" USING btree ("organization_id","at","id");--> statement-breakpoint
-- Finds names by any part of them. Where the server doesn't have the extension, or not for this user, the log is searched without.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX audit_events_by_words ON audit_events USING gin (lower(actor_name) gin_trgm_ops, lower(target_name) gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
  RAISE NOTICE 'the audit log is searched without an index: %', SQLERRM;
END $$;
