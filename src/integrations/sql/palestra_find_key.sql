-- Everything that authentication needs to know about a key, in one row; judging it is the application's business.
create or replace function palestra_find_key(wanted_hash bytea) RETURNS TABLE (
  key_id bigint, key_kind text, key_status text, key_expires_at timestamptz, key_last_used_at timestamptz,
  activation_id bigint, activation_status text, scopes text[], confirmed_at timestamptz, webhooks_enabled_at timestamptz,
  integration_id bigint, integration_name text, webhook_access boolean, rate_limit_default integer, rate_limit_overrides jsonb,
  date_time_form text, absent_values text,
  studio_id bigint, studio_name text, time_zone text, currency char(3), language_tag text, country_code char(2), studio_status text,
  tenant_id bigint, tenant_slug text, tenant_status text, default_language text, visible_studio_ids bigint[]
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT
    k.id, k.kind, k.status, k.expires_at, k.last_used_at,
    a.id, a.status, a.scopes, a.confirmed_at, a.webhooks_enabled_at,
    i.id, i.name, i.webhook_access, i.rate_limit_default, i.rate_limit_overrides,
    i.date_time_form, i.absent_values,
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

select palestra_own_lookup('palestra_find_key(bytea)'::regprocedure);
