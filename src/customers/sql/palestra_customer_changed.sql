-- Which people a change of each kind of row touches.
create or replace function palestra_customer_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT tenant_id, id AS customer_id FROM changed) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;

create or replace trigger customers_view_insert AFTER INSERT ON "customers"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_changed();

create or replace trigger customers_view_update AFTER UPDATE ON "customers"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_changed();
