-- A field that is given up, or shown in other studios, changes the views of all who have a value for it.
create or replace function palestra_information_field_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(palestra_customer_views_key(owner.tenant_id)) FROM (SELECT DISTINCT tenant_id FROM changed) owner;
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT a.tenant_id, a.customer_id FROM changed f
    JOIN additional_information_assignments a ON a.tenant_id = f.tenant_id AND a.field_id = f.id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;

create or replace trigger additional_information_fields_view_update AFTER UPDATE ON "additional_information_fields"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_information_field_changed();
