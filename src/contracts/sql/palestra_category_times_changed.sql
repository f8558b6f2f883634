-- Many people share the times of a category: a unit that signs meanwhile and the change wait for each other.
create or replace function palestra_category_times_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(palestra_customer_views_key(owner.tenant_id)) FROM (SELECT DISTINCT tenant_id FROM changed) owner;
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT k.tenant_id, k.customer_id FROM (SELECT DISTINCT tenant_id, category_id FROM changed) t
    JOIN contract_phases p ON p.tenant_id = t.tenant_id AND (p.snapshot ->> 'openingHourCategoryId')::bigint = t.category_id
    JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;

create or replace trigger opening_hour_category_times_view_insert AFTER INSERT ON "opening_hour_category_times"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_category_times_changed();

create or replace trigger opening_hour_category_times_view_update AFTER UPDATE ON "opening_hour_category_times"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_category_times_changed();

create or replace trigger opening_hour_category_times_view_delete AFTER DELETE ON "opening_hour_category_times"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_category_times_changed();
