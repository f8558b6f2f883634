-- Losing rate counters in a crash only forgives; not logging them keeps them cheap.
ALTER TABLE "rate_windows" SET UNLOGGED;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO palestra_app, palestra_lookup;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE palestra_id TO palestra_app;
--> statement-breakpoint
-- Binds every table that has a tenant_id to the tenant stamped on the connection, the table's owner included.
-- Every migration that adds tables calls it again; what is protected already stays as it is.
CREATE FUNCTION palestra_protect_tables() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  target regclass;
BEGIN
  FOR target IN
    SELECT c.oid::regclass
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = target AND polname = 'own_tenant') THEN
      -- nullif: a connection that was never stamped reads NULL, one whose stamp was cleared reads ''.
      EXECUTE format(
        'CREATE POLICY own_tenant ON %s USING (tenant_id = nullif(current_setting(''palestra.tenant_id'', true), '''')::bigint)'
        ' WITH CHECK (tenant_id = nullif(current_setting(''palestra.tenant_id'', true), '''')::bigint)', target);
    END IF;
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO palestra_app', target);
  END LOOP;
END
$$;
--> statement-breakpoint
-- Lets palestra_lookup, and nobody else, read a table across tenants.
CREATE FUNCTION palestra_open_for_lookup(target regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('GRANT SELECT ON %s TO palestra_lookup', target);
  IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = target AND polname = 'lookup_before_tenant') THEN
    EXECUTE format('CREATE POLICY lookup_before_tenant ON %s FOR SELECT TO palestra_lookup USING (true)', target);
  END IF;
END
$$;
--> statement-breakpoint
-- Hands a SECURITY DEFINER function to palestra_lookup and lets palestra_app call it. To replace one later: drop, create, own again.
CREATE FUNCTION palestra_own_lookup(target regprocedure) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', target);
  EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO palestra_app', target);
  -- Only a role that may create in the schema may own something there.
  GRANT CREATE ON SCHEMA public TO palestra_lookup;
  EXECUTE format('ALTER FUNCTION %s OWNER TO palestra_lookup', target);
  REVOKE CREATE ON SCHEMA public FROM palestra_lookup;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION palestra_protect_tables(), palestra_open_for_lookup(regclass), palestra_own_lookup(regprocedure) FROM PUBLIC;
--> statement-breakpoint
SELECT palestra_protect_tables();
--> statement-breakpoint
SELECT palestra_open_for_lookup(t) FROM unnest(ARRAY[
  'tenants', 'studios', 'integrations', 'activations', 'api_keys', 'clock_state', 'outbox_events', 'audit_log',
  'scheduled_jobs', 'files', 'webhook_endpoints', 'webhook_deliveries']::regclass[]) AS t;
--> statement-breakpoint
-- The audit log is append-only: a row may be sealed once, and leaves only when retention lets whole sealed batches expire.
CREATE FUNCTION palestra_guard_audit_log() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.seal_no IS NULL AND NEW.seal_no IS NOT NULL
     AND to_jsonb(NEW) - 'seal_no' = to_jsonb(OLD) - 'seal_no' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' AND OLD.seal_no IS NOT NULL AND current_setting('palestra.audit_retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'audit_log_append_only';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON "audit_log" FOR EACH ROW EXECUTE FUNCTION palestra_guard_audit_log();
--> statement-breakpoint
CREATE FUNCTION palestra_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON "audit_log" FOR EACH STATEMENT EXECUTE FUNCTION palestra_refuse_truncate();
--> statement-breakpoint
-- What the tenant's own clock shows at the given real moment.
CREATE FUNCTION palestra_tenant_now(mode text, offset_ms bigint, frozen_at timestamptz, real_now timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE mode
    WHEN 'OFFSET' THEN real_now + offset_ms * interval '1 millisecond'
    WHEN 'FROZEN' THEN frozen_at
    ELSE real_now
  END
$$;
--> statement-breakpoint
-- Everything that authentication needs to know about a key, in one row; judging it is the application's business.
CREATE FUNCTION palestra_find_key(wanted_hash bytea) RETURNS TABLE (
  key_id bigint, key_kind text, key_status text, key_expires_at timestamptz, key_last_used_at timestamptz,
  activation_id bigint, activation_status text, scopes text[], confirmed_at timestamptz, webhooks_enabled_at timestamptz,
  integration_id bigint, integration_name text, webhook_access boolean, rate_limit_default integer, rate_limit_overrides jsonb,
  date_time_form text,
  studio_id bigint, studio_name text, time_zone text, currency char(3), language_tag text, country_code char(2), studio_status text,
  tenant_id bigint, tenant_slug text, tenant_status text, default_language text, visible_studio_ids bigint[]
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT
    k.id, k.kind, k.status, k.expires_at, k.last_used_at,
    a.id, a.status, a.scopes, a.confirmed_at, a.webhooks_enabled_at,
    i.id, i.name, i.webhook_access, i.rate_limit_default, i.rate_limit_overrides,
    i.date_time_form,
    s.id, s.name, s.time_zone, s.currency, s.language_tag, s.country_code, s.status,
    t.id, t.slug, t.status, t.default_language,
    ARRAY(SELECT v.studio_id FROM activations v
          WHERE v.tenant_id = k.tenant_id AND v.integration_id = i.id AND v.status = 'ACTIVE' ORDER BY v.studio_id)
  FROM api_keys k
  JOIN activations a ON a.tenant_id = k.tenant_id AND a.id = k.activation_id
  JOIN integrations i ON i.tenant_id = k.tenant_id AND i.id = a.integration_id
  JOIN studios s ON s.tenant_id = k.tenant_id AND s.id = a.studio_id
  JOIN tenants t ON t.tenant_id = k.tenant_id AND t.id = k.tenant_id
  WHERE k.key_hash = wanted_hash AND k.kind = 'INBOUND'
$$;
--> statement-breakpoint
CREATE FUNCTION palestra_tenants_with_outbox() RETURNS TABLE (tenant_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id FROM tenants t
  WHERE EXISTS (SELECT FROM outbox_events e WHERE e.tenant_id = t.id AND e.fanned_out_at IS NULL)
  ORDER BY t.id
$$;
--> statement-breakpoint
-- Deliveries fall due by the tenant's clock; a lease runs out in real time. Deliveries held back (endpoint paused,
-- activation not active) are not work.
CREATE FUNCTION palestra_tenants_with_deliveries(real_now timestamptz) RETURNS TABLE (tenant_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id FROM tenants t LEFT JOIN clock_state c ON c.tenant_id = t.id
  WHERE EXISTS (
    SELECT FROM webhook_deliveries d
    JOIN webhook_endpoints e ON e.tenant_id = d.tenant_id AND e.id = d.endpoint_id AND e.status = 'ACTIVE'
    JOIN activations a ON a.tenant_id = d.tenant_id AND a.id = d.activation_id AND a.status = 'ACTIVE'
    WHERE d.tenant_id = t.id AND d.state IN ('PENDING', 'RETRY_WAIT')
      AND d.next_attempt_at <= palestra_tenant_now(c.mode, c.offset_ms, c.frozen_at, real_now)
      AND (d.lease_until IS NULL OR d.lease_until <= real_now))
  ORDER BY t.id
$$;
--> statement-breakpoint
CREATE FUNCTION palestra_tenants_with_due_jobs(real_now timestamptz) RETURNS TABLE (tenant_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id FROM tenants t LEFT JOIN clock_state c ON c.tenant_id = t.id
  WHERE EXISTS (
    SELECT FROM scheduled_jobs j
    WHERE j.tenant_id = t.id AND j.next_run_at <= palestra_tenant_now(c.mode, c.offset_ms, c.frozen_at, real_now))
  ORDER BY t.id
$$;
--> statement-breakpoint
CREATE FUNCTION palestra_tenants_with_unsealed_audit() RETURNS TABLE (tenant_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id FROM tenants t
  WHERE EXISTS (SELECT FROM audit_log l WHERE l.tenant_id = t.id AND l.seal_no IS NULL)
  ORDER BY t.id
$$;
--> statement-breakpoint
CREATE FUNCTION palestra_list_tenants() RETURNS TABLE (tenant_id bigint, slug text, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id, t.slug, t.status FROM tenants t ORDER BY t.id
$$;
--> statement-breakpoint
CREATE FUNCTION palestra_find_tenant(wanted_slug text) RETURNS TABLE (tenant_id bigint, slug text, status text, name text, default_language text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id, t.slug, t.status, t.name, t.default_language FROM tenants t WHERE t.slug = wanted_slug
$$;
--> statement-breakpoint
-- What a signed link needs to know before it is believed; the bytes are read afterwards, inside the tenant.
CREATE FUNCTION palestra_find_file(wanted_id bigint) RETURNS TABLE (
  file_id bigint, tenant_id bigint, tenant_slug text, storage_key text, mime text, size bigint, sha256 bytea,
  original_name text, scan_state text, delete_after timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.id, f.tenant_id, t.slug, f.storage_key, f.mime, f.size, f.sha256, f.original_name, f.scan_state, f.delete_after
  FROM tenants t JOIN files f ON f.tenant_id = t.id WHERE f.id = wanted_id
$$;
--> statement-breakpoint
SELECT palestra_own_lookup(f) FROM unnest(ARRAY[
  'palestra_find_key(bytea)', 'palestra_tenants_with_outbox()', 'palestra_tenants_with_deliveries(timestamptz)',
  'palestra_tenants_with_due_jobs(timestamptz)', 'palestra_tenants_with_unsealed_audit()', 'palestra_list_tenants()',
  'palestra_find_tenant(text)', 'palestra_find_file(bigint)']::regprocedure[]) AS f;
