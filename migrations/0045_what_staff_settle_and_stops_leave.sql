CREATE TABLE "catalogue_versions" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"version" uuid NOT NULL,
	CONSTRAINT "catalogue_versions_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
ALTER TABLE "credit_items" DROP CONSTRAINT "credit_items_kind_known";--> statement-breakpoint
DROP INDEX "payment_run_items_pending";--> statement-breakpoint
DROP INDEX "contract_documents_due";--> statement-breakpoint
ALTER TABLE "tax_rates" ADD COLUMN "retax_after" bigint;--> statement-breakpoint
ALTER TABLE "bank_entries" ADD COLUMN "top_up_entry_id" bigint;--> statement-breakpoint
ALTER TABLE "stripe_intents" ADD COLUMN "follow_at" timestamptz;--> statement-breakpoint
ALTER TABLE "bank_entries" ADD CONSTRAINT "bank_entries_top_up_entry_id_fk" FOREIGN KEY ("tenant_id","top_up_entry_id") REFERENCES "public"."journal_entries"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bank_entries_top_up" ON "bank_entries" USING btree ("tenant_id","top_up_entry_id") WHERE "bank_entries"."top_up_entry_id" is not null;--> statement-breakpoint
CREATE INDEX "stripe_intents_follow" ON "stripe_intents" USING btree ("tenant_id","follow_at") WHERE "stripe_intents"."follow_at" is not null;--> statement-breakpoint
CREATE INDEX "contract_documents_due" ON "contract_documents" USING btree ("tenant_id","due_at" NULLS FIRST,"contract_id") WHERE "contract_documents"."file_id" is null;--> statement-breakpoint
ALTER TABLE "credit_items" ADD CONSTRAINT "credit_items_kind_known" CHECK ("credit_items"."kind" in ('PAYMENT', 'VOUCHER', 'WRITE_OFF', 'INSTALLMENT_TRANSFER', 'REFUND', 'ASSIGNMENT', 'COMPANY_PAYMENT'));
--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
--> statement-breakpoint
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
--> statement-breakpoint
create or replace trigger age_adjustments_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "age_adjustments"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger bonus_periods_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "bonus_periods"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger flat_fees_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "flat_fees"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger membership_offer_modules_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "membership_offer_modules"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger membership_offer_terms_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "membership_offer_terms"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger membership_offers_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "membership_offers"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger modules_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "modules"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger offer_payment_choices_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "offer_payment_choices"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger offer_publications_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "offer_publications"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger offer_text_blocks_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "offer_text_blocks"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger payment_frequencies_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "payment_frequencies"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger payment_frequency_entries_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "payment_frequency_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger price_rules_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "price_rules"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger rate_code_links_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "rate_code_links"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger rate_codes_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "rate_codes"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger rates_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "rates"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger term_studio_prices_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "term_studio_prices"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
create or replace trigger text_blocks_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "text_blocks"
  FOR EACH STATEMENT EXECUTE FUNCTION palestra_catalogue_changed();
--> statement-breakpoint
-- Besides the views, the standings; a customer who was merged into another has none. What stays the same is not written.
create or replace function palestra_refresh_customer_views(wanted_tenant bigint, wanted bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  later bigint := nullif(current_setting('palestra.views_later', true), '')::bigint;
BEGIN
  -- A unit that writes much about this customer makes its view at the end (src/customers/views-once.ts).
  wanted := array_remove(wanted, later);
  IF cardinality(wanted) = 0 THEN
    RETURN;
  END IF;
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
-- Tenants that sell already; without a version their offers would be read anew each time until they are edited.
DO $$
DECLARE
  tenant bigint;
BEGIN
  FOR tenant IN SELECT tenant_id FROM palestra_list_tenants()
  LOOP
    PERFORM set_config('palestra.tenant_id', tenant::text, true);
    INSERT INTO catalogue_versions (tenant_id, version) VALUES (tenant, gen_random_uuid());
  END LOOP;
  PERFORM set_config('palestra.tenant_id', '', true);
END
$$;
--> statement-breakpoint
-- Room for the version of each item that is fixed: then no index takes part in it.
ALTER TABLE payment_run_items SET (fillfactor = 50);
