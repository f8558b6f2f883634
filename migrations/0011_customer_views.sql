CREATE TABLE "customer_views" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"blocked_integration_ids" bigint[] NOT NULL,
	"whole" json NOT NULL,
	CONSTRAINT "customer_views_pk" PRIMARY KEY("tenant_id","customer_id")
);
--> statement-breakpoint
ALTER TABLE "customer_views" ADD CONSTRAINT "customer_views_customer_id_fk" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON DELETE CASCADE;
--> statement-breakpoint
-- The Customer representation of one row of customers, as src/customers/customer-row.ts reads it. What depends on the time
-- or on who asks is decided there: expired media, restrictions that are over, other integrations' ids.
CREATE FUNCTION palestra_customer_whole(c customers) RETURNS json LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT row_to_json(whole) FROM (SELECT
    c.id, c.customer_number AS "customerNumber", c.first_name AS "firstName", c.last_name AS "lastName",
    c.date_of_birth AS "dateOfBirth", c.email, c.gender, c.street, c.house_number AS "houseNumber", c.zip_code AS "zipCode",
    c.city, c.country_code AS "country", c.phone_private AS "phonePrivate", c.phone_private_mobile AS "phonePrivateMobile",
    c.phone_business AS "phoneBusiness", c.phone_business_mobile AS "phoneBusinessMobile", c.uuid,
    c.referral_code AS "referralCode", c.studio_id AS "studioId", c.second_first_name AS "secondFirstName",
    c.second_last_name AS "secondLastName", c.second_street AS "secondStreet", c.city_part AS "cityPart", c.district,
    c.street_type AS "streetType", c.street_block AS "streetBlock", c.portal, c.stairway, c.door, c.province,
    c.additional_address_information AS "additionalAddressInformation", c.floor, c.building_name AS "buildingName",
    c.membership_until AS "membershipUntil", c.language_code AS "languageCode", c.language_country AS "languageCountry",
    c.image_file_id AS "imageFileId", floor(extract(epoch from c.created_at) * 1000)::bigint AS "createdMs",
    (SELECT s.time_zone FROM studios s WHERE s.tenant_id = c.tenant_id AND s.id = c.studio_id) AS zone,
    (SELECT json_agg(json_build_object('id', m.id, 'type', m.type, 'value', m.value_norm,
        'sealed', translate(encode(m.value_enc, 'base64'), E'\n', ''),
        'validUntilMs', floor(extract(epoch from m.valid_until) * 1000)::bigint) ORDER BY m.id)
      FROM access_mediums m
      WHERE m.tenant_id = c.tenant_id AND m.customer_id = c.id AND m.removed_at IS NULL) AS mediums,
    (SELECT json_agg(json_build_object('reason', r.reason, 'startDate', r.start_date, 'endDate', r.end_date)
        ORDER BY r.start_date NULLS FIRST, r.id)
      FROM access_restrictions r WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id) AS restrictions,
    (SELECT json_agg(json_build_object('integrationId', t.integration_id, 'value', t.value))
      FROM customer_third_party_ids t WHERE t.tenant_id = c.tenant_id AND t.customer_id = c.id) AS "thirdPartyIds",
    (SELECT json_agg(json_build_object('additionalInformationFieldId', a.field_id, 'value', a.value) ORDER BY a.field_id)
      FROM additional_information_assignments a JOIN additional_information_fields f
        ON f.tenant_id = a.tenant_id AND f.id = a.field_id AND f.active AND c.studio_id = ANY (f.studio_ids)
      WHERE a.tenant_id = c.tenant_id AND a.customer_id = c.id) AS assignments,
    (SELECT json_agg(json_build_object('id', p.id, 'startDate', p.start_date, 'endDate', coalesce(p.end_date, k.committed_end),
        'reason', n.name, 'unlimited', p.unlimited, 'contractId', k.id, 'rateName', k.snapshot ->> 'rateName')
        ORDER BY p.start_date, p.id)
      FROM contracts k JOIN idle_periods p ON p.tenant_id = k.tenant_id AND p.contract_id = k.id AND p.state = 'ACCEPTED'
        LEFT JOIN idle_reasons n ON n.tenant_id = p.tenant_id AND n.id = p.reason_id
      WHERE k.tenant_id = c.tenant_id AND k.customer_id = c.id AND k.voided_at IS NULL) AS "idlePeriods",
    -- Only direct debits of the SEPA area carry an IBAN.
    (SELECT json_build_object('holder', i.holder, 'bank', i.bank, 'bic', i.bic, 'sealedIban',
        CASE WHEN i.type IN ('SEPA', 'CH_DD', 'LSV') THEN translate(encode(i.account_enc, 'base64'), E'\n', '') END)
      FROM payment_instruments i
      WHERE i.tenant_id = c.tenant_id AND i.customer_id = c.id AND i.is_run_default AND i.state = 'ACTIVE'
        AND i.type IN ('SEPA', 'CH_DD', 'LSV', 'BACS', 'ACH')) AS "bankAccount"
  ) whole
$$;
--> statement-breakpoint
-- Two changes of one person queue up at its row, so that the later one sees the earlier. Erased people have no view.
CREATE FUNCTION palestra_refresh_customer_views(wanted_tenant bigint, wanted bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM customers c WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted) ORDER BY c.id FOR NO KEY UPDATE;
  DELETE FROM customer_views v USING customers c
  WHERE v.tenant_id = wanted_tenant AND v.customer_id = ANY (wanted)
    AND c.tenant_id = v.tenant_id AND c.id = v.customer_id AND (c.erased_at IS NOT NULL OR c.system);
  INSERT INTO customer_views (tenant_id, customer_id, studio_id, blocked_integration_ids, whole)
  SELECT c.tenant_id, c.id, c.studio_id,
    ARRAY(SELECT b.integration_id FROM customer_integration_blocks b WHERE b.tenant_id = c.tenant_id AND b.customer_id = c.id),
    palestra_customer_whole(c)
  FROM customers c
  WHERE c.tenant_id = wanted_tenant AND c.id = ANY (wanted) AND c.erased_at IS NULL AND NOT c.system
  ON CONFLICT (tenant_id, customer_id) DO UPDATE SET
    studio_id = excluded.studio_id, blocked_integration_ids = excluded.blocked_integration_ids, whole = excluded.whole;
END
$$;
--> statement-breakpoint
-- Which people a change of each kind of row touches.
CREATE FUNCTION palestra_customer_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT tenant_id, id AS customer_id FROM changed) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION palestra_customer_part_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT tenant_id, customer_id FROM changed WHERE customer_id IS NOT NULL) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION palestra_idle_period_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT k.tenant_id, k.customer_id FROM changed p JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION palestra_idle_reason_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT k.tenant_id, k.customer_id FROM changed n JOIN idle_periods p ON p.tenant_id = n.tenant_id AND p.reason_id = n.id
    JOIN contracts k ON k.tenant_id = p.tenant_id AND k.id = p.contract_id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION palestra_information_field_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT a.tenant_id, a.customer_id FROM changed f JOIN additional_information_assignments a ON a.tenant_id = f.tenant_id AND a.field_id = f.id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION palestra_studio_zone_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM palestra_refresh_customer_views(touched.tenant_id, array_agg(DISTINCT touched.customer_id))
  FROM (SELECT c.tenant_id, c.id AS customer_id FROM changed s
    JOIN before b ON b.tenant_id = s.tenant_id AND b.id = s.id AND b.time_zone <> s.time_zone
    JOIN customers c ON c.tenant_id = s.tenant_id AND c.studio_id = s.id) AS touched GROUP BY touched.tenant_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER customers_view_insert AFTER INSERT ON "customers" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_changed();
--> statement-breakpoint
CREATE TRIGGER customers_view_update AFTER UPDATE ON "customers" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_changed();
--> statement-breakpoint
CREATE TRIGGER access_mediums_view_insert AFTER INSERT ON "access_mediums" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER access_mediums_view_update AFTER UPDATE ON "access_mediums" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER access_mediums_view_delete AFTER DELETE ON "access_mediums" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER access_restrictions_view_insert AFTER INSERT ON "access_restrictions" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER access_restrictions_view_update AFTER UPDATE ON "access_restrictions" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER access_restrictions_view_delete AFTER DELETE ON "access_restrictions" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER customer_third_party_ids_view_insert AFTER INSERT ON "customer_third_party_ids" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER customer_third_party_ids_view_update AFTER UPDATE ON "customer_third_party_ids" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER customer_third_party_ids_view_delete AFTER DELETE ON "customer_third_party_ids" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER customer_integration_blocks_view_insert AFTER INSERT ON "customer_integration_blocks" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER customer_integration_blocks_view_update AFTER UPDATE ON "customer_integration_blocks" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER customer_integration_blocks_view_delete AFTER DELETE ON "customer_integration_blocks" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER additional_information_assignments_view_insert AFTER INSERT ON "additional_information_assignments" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER additional_information_assignments_view_update AFTER UPDATE ON "additional_information_assignments" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER additional_information_assignments_view_delete AFTER DELETE ON "additional_information_assignments" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER contracts_view_update AFTER UPDATE ON "contracts" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER payment_instruments_view_insert AFTER INSERT ON "payment_instruments" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER payment_instruments_view_update AFTER UPDATE ON "payment_instruments" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER payment_instruments_view_delete AFTER DELETE ON "payment_instruments" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
--> statement-breakpoint
CREATE TRIGGER idle_periods_view_insert AFTER INSERT ON "idle_periods" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_idle_period_changed();
--> statement-breakpoint
CREATE TRIGGER idle_periods_view_update AFTER UPDATE ON "idle_periods" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_idle_period_changed();
--> statement-breakpoint
CREATE TRIGGER idle_periods_view_delete AFTER DELETE ON "idle_periods" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_idle_period_changed();
--> statement-breakpoint
CREATE TRIGGER idle_reasons_view_update AFTER UPDATE ON "idle_reasons" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_idle_reason_changed();
--> statement-breakpoint
CREATE TRIGGER additional_information_fields_view_update AFTER UPDATE ON "additional_information_fields" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_information_field_changed();
--> statement-breakpoint
CREATE TRIGGER studios_view_update AFTER UPDATE ON "studios" REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_studio_zone_changed();
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
