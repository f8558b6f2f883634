-- What the link to a calendar needs to know before its tenant is known; judging it is the application's business, and what
-- the calendar shows is read afterwards, inside the tenant.
create or replace function palestra_find_calendar_feed(wanted_hash bytea) RETURNS TABLE (
  feed_id bigint, class_id bigint, employee_id bigint, booking_id bigint,
  tenant_id bigint, tenant_slug text, tenant_status text, default_language text,
  activation_status text, scopes text[], integration_id bigint, visible_studio_ids bigint[],
  studio_id bigint, studio_name text, studio_status text, time_zone text, language_tag text,
  street text, house_number text, zip text, city text
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.id, f.class_id, f.employee_id, f.booking_id, t.id, t.slug, t.status, t.default_language,
    a.status, a.scopes, a.integration_id,
    ARRAY(SELECT v.studio_id FROM activations v
          WHERE v.tenant_id = f.tenant_id AND v.integration_id = a.integration_id AND v.status = 'ACTIVE' ORDER BY v.studio_id),
    s.id, s.name, s.status, s.time_zone, s.language_tag, s.street, s.house_number, s.zip, s.city
  FROM calendar_feeds f
  JOIN activations a ON a.tenant_id = f.tenant_id AND a.id = f.activation_id
  JOIN studios s ON s.tenant_id = f.tenant_id AND s.id = a.studio_id
  JOIN tenants t ON t.tenant_id = f.tenant_id AND t.id = f.tenant_id
  WHERE f.token_hash = wanted_hash
$$;

select palestra_own_lookup('palestra_find_calendar_feed(bytea)'::regprocedure);
