-- What a one-time link needs to know before its tenant is known; the key is read afterwards, inside the tenant.
create or replace function palestra_find_key_reveal(wanted_hash bytea) RETURNS TABLE (
  reveal_id bigint, tenant_id bigint, tenant_slug text, tenant_status text, default_language text
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.id, t.id, t.slug, t.status, t.default_language
  FROM key_reveals r JOIN tenants t ON t.tenant_id = r.tenant_id AND t.id = r.tenant_id
  WHERE r.token_hash = wanted_hash
$$;

select palestra_own_lookup('palestra_find_key_reveal(bytea)'::regprocedure);
