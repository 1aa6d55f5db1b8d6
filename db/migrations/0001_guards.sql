-- An organization's path is computed from its parent's when it is made. It never moves, so no cycle can arise.
CREATE FUNCTION organizations_keep_path() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parent organizations%ROWTYPE;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.id <> OLD.id OR NEW.parent_id IS DISTINCT FROM OLD.parent_id OR NEW.path <> OLD.path OR NEW.kind <> OLD.kind THEN
      RAISE EXCEPTION 'an organization never moves and never changes its kind' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.parent_id IS NULL THEN
    NEW.path := ARRAY[NEW.id];
    RETURN NEW;
  END IF;
  SELECT * INTO parent FROM organizations WHERE id = NEW.parent_id FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the parent of an organization must exist' USING ERRCODE = 'foreign_key_violation';
  END IF;
  IF parent.kind = 'customer' THEN
    RAISE EXCEPTION 'a customer has no organizations below it' USING ERRCODE = 'check_violation';
  END IF;
  -- The platform, eight levels of resellers, a customer.
  IF cardinality(parent.path) > 9 OR (NEW.kind = 'reseller' AND cardinality(parent.path) > 8) THEN
    RAISE EXCEPTION 'resellers stand at most eight deep' USING ERRCODE = 'check_violation';
  END IF;
  NEW.path := parent.path || NEW.id;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER organizations_keep_path BEFORE INSERT OR UPDATE ON organizations
  FOR EACH ROW EXECUTE FUNCTION organizations_keep_path();
--> statement-breakpoint
CREATE FUNCTION audit_events_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'check_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_events_only_grow BEFORE UPDATE OR DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION audit_events_only_grow();
--> statement-breakpoint
CREATE TRIGGER audit_events_never_emptied BEFORE TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION audit_events_only_grow();
--> statement-breakpoint
INSERT INTO tiers (name, rank, token_limit, at_limit, metrics) VALUES
  ('Lite', 1, 1, 'refuse', 'basic'),
  ('Advanced', 2, 5, 'refuse', 'extended');
--> statement-breakpoint
INSERT INTO policy_ceilings DEFAULT VALUES;
