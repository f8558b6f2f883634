-- A part may go from one person to another: then both have changed.
create or replace function palestra_customer_part_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
    FROM (
      SELECT tenant_id, customer_id FROM changed WHERE customer_id IS NOT NULL
      UNION SELECT tenant_id, customer_id FROM before WHERE customer_id IS NOT NULL
    ) AS touched GROUP BY touched.tenant_id;
  ELSE
    PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
    FROM (SELECT tenant_id, customer_id FROM changed WHERE customer_id IS NOT NULL) AS touched GROUP BY touched.tenant_id;
  END IF;
  RETURN NULL;
END
$$;

create or replace trigger access_mediums_view_insert AFTER INSERT ON "access_mediums"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger access_mediums_view_update AFTER UPDATE ON "access_mediums"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger access_mediums_view_delete AFTER DELETE ON "access_mediums"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger access_restrictions_view_insert AFTER INSERT ON "access_restrictions"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger access_restrictions_view_update AFTER UPDATE ON "access_restrictions"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger access_restrictions_view_delete AFTER DELETE ON "access_restrictions"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger customer_third_party_ids_view_insert AFTER INSERT ON "customer_third_party_ids"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger customer_third_party_ids_view_update AFTER UPDATE ON "customer_third_party_ids"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger customer_third_party_ids_view_delete AFTER DELETE ON "customer_third_party_ids"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger customer_integration_blocks_view_insert AFTER INSERT ON "customer_integration_blocks"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger customer_integration_blocks_view_update AFTER UPDATE ON "customer_integration_blocks"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger customer_integration_blocks_view_delete AFTER DELETE ON "customer_integration_blocks"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger additional_information_assignments_view_insert AFTER INSERT ON "additional_information_assignments"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger additional_information_assignments_view_update AFTER UPDATE ON "additional_information_assignments"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger additional_information_assignments_view_delete AFTER DELETE ON "additional_information_assignments"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
