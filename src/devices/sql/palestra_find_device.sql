-- Everything that authentication needs to know about a device, and its configuration, in one row.
create or replace function palestra_find_device(wanted_hash bytea) RETURNS TABLE (
  device_id bigint, device_model text, device_state text, device_config jsonb,
  studio_id bigint, studio_name text, time_zone text, currency char(3), language_tag text, country_code char(2), studio_status text,
  tenant_id bigint, tenant_slug text, tenant_status text, default_language text
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT
    d.id, d.model, d.state, d.config,
    s.id, s.name, s.time_zone, s.currency, s.language_tag, s.country_code, s.status,
    t.id, t.slug, t.status, t.default_language
  FROM devices d
  JOIN studios s ON s.tenant_id = d.tenant_id AND s.id = d.studio_id
  JOIN tenants t ON t.tenant_id = d.tenant_id AND t.id = d.tenant_id
  WHERE d.token_hash = wanted_hash
$$;

select palestra_own_lookup('palestra_find_device(bytea)'::regprocedure);
