-- What offers are read from has changed: the catalogue of the tenant gets a version that no other state has or had. A connection without a
-- tenant changes rows of any; the rows of a tenant that is removed need none.
create or replace function palestra_catalogue_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  own bigint := nullif(current_setting('palestra.tenant_id', true), '')::bigint;
BEGIN
  IF current_setting('palestra.tenant_removal', true) = 'on' THEN
    RETURN NULL;
  END IF;
  UPDATE catalogue_versions SET version = gen_random_uuid() WHERE own IS NULL OR tenant_id = own;
  IF NOT FOUND AND own IS NOT NULL THEN
    INSERT INTO catalogue_versions (tenant_id, version) VALUES (own, gen_random_uuid())
    ON CONFLICT (tenant_id) DO UPDATE SET version = excluded.version;
  END IF;
  RETURN NULL;
END
$$;

create or replace trigger age_adjustments_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "age_adjustments"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger bonus_periods_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "bonus_periods"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger flat_fees_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "flat_fees"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger membership_offer_modules_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "membership_offer_modules"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger membership_offer_terms_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "membership_offer_terms"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger membership_offers_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "membership_offers"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger modules_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "modules"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger offer_payment_choices_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "offer_payment_choices"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger offer_publications_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "offer_publications"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger offer_text_blocks_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "offer_text_blocks"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger payment_frequencies_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "payment_frequencies"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger payment_frequency_entries_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "payment_frequency_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger price_rules_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "price_rules"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger rate_code_links_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "rate_code_links"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger rate_codes_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "rate_codes"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger rates_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "rates"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger term_studio_prices_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "term_studio_prices"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();

create or replace trigger text_blocks_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "text_blocks"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
