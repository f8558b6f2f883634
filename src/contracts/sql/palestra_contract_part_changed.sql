-- A part may go from one contract to another: then the customers of both have changed.
create or replace function palestra_contract_part_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
    FROM (SELECT k.tenant_id, k.customer_id
      FROM (SELECT tenant_id, contract_id FROM changed UNION SELECT tenant_id, contract_id FROM before) p
      JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  ELSE
    PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
    FROM (SELECT k.tenant_id, k.customer_id FROM changed p
      JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  END IF;
  RETURN NULL;
END
$$;

create or replace trigger idle_periods_view_insert AFTER INSERT ON "idle_periods"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

create or replace trigger idle_periods_view_update AFTER UPDATE ON "idle_periods"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

create or replace trigger idle_periods_view_delete AFTER DELETE ON "idle_periods"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

create or replace trigger contract_phases_view_insert AFTER INSERT ON "contract_phases"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

create or replace trigger contract_phases_view_update AFTER UPDATE ON "contract_phases"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

create or replace trigger contract_phases_view_delete AFTER DELETE ON "contract_phases"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

create or replace trigger contract_checkin_studios_view_insert AFTER INSERT ON "contract_checkin_studios"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

create or replace trigger contract_checkin_studios_view_update AFTER UPDATE ON "contract_checkin_studios"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

create or replace trigger contract_checkin_studios_view_delete AFTER DELETE ON "contract_checkin_studios"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

create or replace trigger sub_contracts_view_insert AFTER INSERT ON "sub_contracts"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

create or replace trigger sub_contracts_view_update AFTER UPDATE ON "sub_contracts"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();

create or replace trigger sub_contracts_view_delete AFTER DELETE ON "sub_contracts"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
