-- The Customer representation of one row of customers, as src/customers/customer-row.ts reads it. What depends on the time
-- or on who asks is decided there: expired media, restrictions that are over, other integrations' ids.
create or replace function palestra_customer_whole(c customers) RETURNS json LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT row_to_json(whole) FROM (SELECT
    c.id, c.customer_number AS "customerNumber", c.first_name AS "firstName", c.last_name AS "lastName",
    c.date_of_birth AS "dateOfBirth", c.email, c.gender, c.street, c.house_number AS "houseNumber", c.zip_code AS "zipCode",
    c.city, c.country_code AS "country", c.phone_private AS "phonePrivate", c.phone_private_mobile AS "phonePrivateMobile",
    c.phone_business AS "phoneBusiness", c.phone_business_mobile AS "phoneBusinessMobile", c.uuid,
    c.referral_code AS "referralCode", c.studio_id AS "studioId", c.second_first_name AS "secondFirstName",
    c.second_last_name AS "secondLastName", c.second_street AS "secondStreet", c.city_part AS "cityPart", c.district,
    c.street_type AS "streetType", c.street_block AS "streetBlock", c.portal, c.stairway, c.door, c.province,
    c.province_code AS "provinceCode",
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
    (SELECT p.idle_periods FROM palestra_customer_idle_periods(c.tenant_id, c.id) p) AS "idlePeriods",
    (SELECT i.bank_account FROM palestra_customer_bank_account(c.tenant_id, c.id) i) AS "bankAccount"
  ) whole
$$;
