-- Most changes of a studio are not about its zone and must not wait for other units.
create or replace function palestra_studio_zone_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(palestra_customer_views_key(owner.tenant_id))
  FROM (SELECT DISTINCT s.tenant_id FROM changed s
    JOIN before b ON b.tenant_id = s.tenant_id AND b.id = s.id AND b.time_zone <> s.time_zone) owner;
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT c.tenant_id, c.id AS customer_id FROM changed s
    JOIN before b ON b.tenant_id = s.tenant_id AND b.id = s.id AND b.time_zone <> s.time_zone
    JOIN customers c ON c.tenant_id = s.tenant_id AND c.studio_id = s.id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;

create or replace trigger studios_view_update AFTER UPDATE ON "studios"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_studio_zone_changed();
