-- What a signed link needs to know before it is believed; the bytes are read afterwards, inside the tenant.
-- reads tenants: the answer names the tenant that the link is believed in.
create or replace function palestra_find_file(wanted_id bigint) RETURNS TABLE (
  file_id bigint, tenant_id bigint, tenant_slug text, storage_key text, mime text, size bigint, sha256 bytea,
  original_name text, scan_state text, delete_after timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.id, f.tenant_id, t.slug, f.storage_key, f.mime, f.size, f.sha256, f.original_name, f.scan_state, f.delete_after
  FROM tenants t JOIN files f ON f.tenant_id = t.id WHERE f.id = wanted_id
$$;

select palestra_own_lookup('palestra_find_file(bigint)'::regprocedure);
