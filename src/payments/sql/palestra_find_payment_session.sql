-- What the payment gateway needs to know of a session before its tenant is known; judging it is the application's business.
create or replace function palestra_find_payment_session(wanted_hash bytea) RETURNS TABLE (
  session_id bigint, tenant_id bigint, tenant_status text, default_language text, language_tag text, time_zone text,
  allowed_origins text[]
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.id, t.id, t.status, t.default_language, s.language_tag, s.time_zone, coalesce(o.allowed_origins, '{}')
  FROM payment_sessions p
  JOIN studios s ON s.tenant_id = p.tenant_id AND s.id = p.studio_id
  JOIN tenants t ON t.tenant_id = p.tenant_id AND t.id = p.tenant_id
  LEFT JOIN payment_settings o ON o.tenant_id = p.tenant_id AND o.studio_id = p.studio_id
  WHERE p.token_sha256 = wanted_hash
$$;

select palestra_own_lookup('palestra_find_payment_session(bytea)'::regprocedure);
