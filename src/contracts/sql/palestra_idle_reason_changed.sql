-- The name of a reason is in the views of all who paused for it: a pause signed meanwhile and the change wait for each other.
create or replace function palestra_idle_reason_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(palestra_customer_views_key(owner.tenant_id)) FROM (SELECT DISTINCT tenant_id FROM changed) owner;
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT k.tenant_id, k.customer_id FROM changed n JOIN idle_periods p ON p.tenant_id = n.tenant_id AND p.reason_id = n.id
    JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;

create or replace trigger idle_reasons_view_update AFTER UPDATE ON "idle_reasons"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_idle_reason_changed();
