CREATE TABLE "customer_standings" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"standing" json NOT NULL,
	CONSTRAINT "customer_standings_pk" PRIMARY KEY("tenant_id","customer_id")
);
--> statement-breakpoint
ALTER TABLE "customer_standings" ADD CONSTRAINT "customer_standings_customer_id_fk" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON DELETE CASCADE;
--> statement-breakpoint
-- The last day of a contract or of one of its modules, without end while it goes on renewing. Cancelations that wait for
-- staff change nothing yet; a withdrawal that waits keeps the cancelation.
CREATE FUNCTION palestra_last_day(canceled_to date, snapshot jsonb, committed_end date) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT coalesce(canceled_to, CASE WHEN snapshot ->> 'extensionType' = 'TERM_EXTENSION' THEN NULL ELSE committed_end END)
$$;
--> statement-breakpoint
-- The contracts of a customer as src/memberships/contract-facts.ts reads them.
CREATE FUNCTION palestra_contract_standings(c customers) RETURNS json
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT json_agg(json_build_object('contractId', k.id, 'startOn', k.start_date, 'from', coalesce(k.pre_use_date, k.start_date),
      'lastDay', palestra_last_day(
        (SELECT n.to_date FROM contract_cancelations n WHERE n.tenant_id = k.tenant_id AND n.contract_id = k.id
          AND n.state IN ('EFFECTIVE', 'WITHDRAWAL_PENDING')), k.snapshot, k.committed_end),
      'phases', (SELECT json_agg(json_build_object('from', p.from_date, 'rateId', p.rate_id,
          'checkinLimit', p.snapshot -> 'checkinLimit',
          'allowedTimes', CASE WHEN p.snapshot ->> 'openingHourCategoryId' IS NOT NULL THEN coalesce(
            (SELECT json_agg(json_build_object('day', t.day, 'from', t.time_from, 'until', t.time_to) ORDER BY t.id)
              FROM opening_hour_category_times t
              WHERE t.tenant_id = p.tenant_id AND t.category_id = (p.snapshot ->> 'openingHourCategoryId')::bigint), '[]') END)
          ORDER BY p.seq)
        FROM contract_phases p WHERE p.tenant_id = k.tenant_id AND p.contract_id = k.id),
      'modules', (SELECT json_agg(json_build_object('moduleId', s.module_id, 'from', s.start_date, 'lastDay', palestra_last_day(
          (SELECT n.to_date FROM contract_cancelations n WHERE n.tenant_id = s.tenant_id AND n.sub_contract_id = s.id
            AND n.state IN ('EFFECTIVE', 'WITHDRAWAL_PENDING')), s.snapshot, s.committed_end)) ORDER BY s.id)
        FROM sub_contracts s
        WHERE s.tenant_id = k.tenant_id AND s.contract_id = k.id AND s.kind = 'MODULE' AND s.voided_at IS NULL),
      'idlePeriods', (SELECT json_agg(json_build_object('from', i.start_date, 'lastDay', i.end_date,
          'refusesAccess', i.policy_snapshot ->> 'accessRefusal' IS NOT DISTINCT FROM 'true') ORDER BY i.start_date, i.id)
        FROM idle_periods i WHERE i.tenant_id = k.tenant_id AND i.contract_id = k.id AND i.state = 'ACCEPTED'),
      -- Null is everywhere.
      'checkinStudioIds', (SELECT CASE WHEN bool_or(x.studio_id IS NULL) THEN NULL
          ELSE coalesce(json_agg(x.studio_id ORDER BY x.studio_id), '[]') END
        FROM contract_checkin_studios x WHERE x.tenant_id = k.tenant_id AND x.contract_id = k.id))
    ORDER BY coalesce(k.pre_use_date, k.start_date), k.id)
  FROM contracts k WHERE k.tenant_id = c.tenant_id AND k.customer_id = c.id AND k.voided_at IS NULL
$$;
--> statement-breakpoint
-- What src/customers/customer-standing.ts describes.
CREATE FUNCTION palestra_customer_standing(c customers) RETURNS json
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT json_build_object(
    'zone', (SELECT s.time_zone FROM studios s WHERE s.tenant_id = c.tenant_id AND s.id = c.studio_id),
    'restrictions', (SELECT json_agg(json_build_object('startDate', r.start_date, 'endDate', r.end_date) ORDER BY r.id)
      FROM access_restrictions r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id),
    'contracts', palestra_contract_standings(c))
$$;
--> statement-breakpoint
-- Besides the views, the standings; who has been merged into somebody else has none. What stays the same is not written.
CREATE OR REPLACE FUNCTION palestra_refresh_customer_views(wanted_tenant bigint, wanted bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(palestra_customer_views_key(wanted_tenant));
  PERFORM FROM customers c WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted) ORDER BY c.id FOR NO KEY UPDATE;
  DELETE FROM customer_views v USING customers c
  WHERE v.tenant_id = wanted_tenant AND v.customer_id = ANY (wanted)
    AND c.tenant_id = v.tenant_id AND c.id = v.customer_id AND (c.erased_at IS NOT NULL OR c.system);
  DELETE FROM customer_standings v USING customers c
  WHERE v.tenant_id = wanted_tenant AND v.customer_id = ANY (wanted) AND c.tenant_id = v.tenant_id AND c.id = v.customer_id
    AND (c.erased_at IS NOT NULL OR c.system OR c.merged_into_id IS NOT NULL);
  INSERT INTO customer_views (tenant_id, customer_id, studio_id, blocked_integration_ids, whole)
  SELECT c.tenant_id, c.id, c.studio_id,
    ARRAY(SELECT b.integration_id FROM customer_integration_blocks b WHERE b.tenant_id = c.tenant_id AND b.customer_id = c.id),
    palestra_customer_whole(c)
  FROM customers c
  WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted) AND c.erased_at IS NULL AND NOT c.system
  ON CONFLICT (tenant_id, customer_id) DO UPDATE SET
    studio_id = excluded.studio_id, blocked_integration_ids = excluded.blocked_integration_ids, whole = excluded.whole;
  INSERT INTO customer_standings AS known (tenant_id, customer_id, standing)
  SELECT c.tenant_id, c.id, palestra_customer_standing(c)
  FROM customers c
  WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted)
    AND c.erased_at IS NULL AND NOT c.system AND c.merged_into_id IS NULL
  ON CONFLICT (tenant_id, customer_id) DO UPDATE SET standing = excluded.standing
  WHERE known.standing::text <> excluded.standing::text;
END
$$;
--> statement-breakpoint
ALTER FUNCTION palestra_idle_period_changed() RENAME TO palestra_contract_part_changed;
--> statement-breakpoint
CREATE FUNCTION palestra_cancelation_changed() RETURNS trigger
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
--> statement-breakpoint
-- Many people share the times of a category: whoever signs meanwhile waits for the change, and it for them.
CREATE FUNCTION palestra_category_times_changed() RETURNS trigger
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
--> statement-breakpoint
-- A cancelation keeps its contract and a time its category: nothing moves it to another.
CREATE FUNCTION palestra_keep_owner() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% keeps what it belongs to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER contract_cancelations_keep_owner BEFORE UPDATE ON "contract_cancelations" FOR EACH ROW
WHEN (old.contract_id IS DISTINCT FROM new.contract_id OR old.sub_contract_id IS DISTINCT FROM new.sub_contract_id)
EXECUTE FUNCTION palestra_keep_owner();
--> statement-breakpoint
CREATE TRIGGER opening_hour_category_times_keep_owner BEFORE UPDATE ON "opening_hour_category_times" FOR EACH ROW
WHEN (old.category_id <> new.category_id) EXECUTE FUNCTION palestra_keep_owner();
--> statement-breakpoint
CREATE TRIGGER contracts_view_insert AFTER INSERT ON "contracts" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER contracts_view_delete AFTER DELETE ON "contracts" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER contract_phases_view_insert AFTER INSERT ON "contract_phases" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
--> statement-breakpoint
CREATE TRIGGER contract_phases_view_update AFTER UPDATE ON "contract_phases" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
--> statement-breakpoint
CREATE TRIGGER contract_phases_view_delete AFTER DELETE ON "contract_phases" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
--> statement-breakpoint
CREATE TRIGGER contract_checkin_studios_view_insert AFTER INSERT ON "contract_checkin_studios" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
--> statement-breakpoint
CREATE TRIGGER contract_checkin_studios_view_update AFTER UPDATE ON "contract_checkin_studios" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
--> statement-breakpoint
CREATE TRIGGER contract_checkin_studios_view_delete AFTER DELETE ON "contract_checkin_studios" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
--> statement-breakpoint
CREATE TRIGGER sub_contracts_view_insert AFTER INSERT ON "sub_contracts" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
--> statement-breakpoint
CREATE TRIGGER sub_contracts_view_update AFTER UPDATE ON "sub_contracts" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
--> statement-breakpoint
CREATE TRIGGER sub_contracts_view_delete AFTER DELETE ON "sub_contracts" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_contract_part_changed();
--> statement-breakpoint
CREATE TRIGGER contract_cancelations_view_insert AFTER INSERT ON "contract_cancelations" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_cancelation_changed();
--> statement-breakpoint
CREATE TRIGGER contract_cancelations_view_update AFTER UPDATE ON "contract_cancelations" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_cancelation_changed();
--> statement-breakpoint
CREATE TRIGGER contract_cancelations_view_delete AFTER DELETE ON "contract_cancelations" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_cancelation_changed();
--> statement-breakpoint
CREATE TRIGGER opening_hour_category_times_view_insert AFTER INSERT ON "opening_hour_category_times" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_category_times_changed();
--> statement-breakpoint
CREATE TRIGGER opening_hour_category_times_view_update AFTER UPDATE ON "opening_hour_category_times" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_category_times_changed();
--> statement-breakpoint
CREATE TRIGGER opening_hour_category_times_view_delete AFTER DELETE ON "opening_hour_category_times" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_category_times_changed();
--> statement-breakpoint
SELECT palestra_protect_tables();
--> statement-breakpoint
DO $$
DECLARE
  tenant bigint;
BEGIN
  FOR tenant IN SELECT tenant_id FROM palestra_list_tenants() LOOP
    PERFORM set_config('palestra.tenant_id', tenant::text, true);
    PERFORM palestra_refresh_customer_views(tenant, array_agg(id)) FROM customers WHERE tenant_id = tenant;
  END LOOP;
  PERFORM set_config('palestra.tenant_id', '', true);
END
$$;
