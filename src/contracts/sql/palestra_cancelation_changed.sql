-- A cancelation is of a contract or of one of its modules: either way the standing of its customer is written again.
create or replace function palestra_cancelation_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT k.tenant_id, k.customer_id FROM changed n
    LEFT JOIN sub_contracts s ON s.tenant_id = n.tenant_id AND s.id = n.sub_contract_id
    JOIN contracts k ON k.tenant_id = n.tenant_id AND k.id = coalesce(n.contract_id, s.contract_id)) AS touched
  GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;

create or replace trigger contract_cancelations_view_insert AFTER INSERT ON "contract_cancelations"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_cancelation_changed();

create or replace trigger contract_cancelations_view_update AFTER UPDATE ON "contract_cancelations"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_cancelation_changed();

create or replace trigger contract_cancelations_view_delete AFTER DELETE ON "contract_cancelations"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_cancelation_changed();
