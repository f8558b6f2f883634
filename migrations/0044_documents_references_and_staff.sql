CREATE TABLE "contract_documents" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"contract_id" bigint NOT NULL,
	"buyer" jsonb,
	"file_id" bigint,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamptz,
	"failure" text,
	"created_at" timestamptz NOT NULL,
	"printed_at" timestamptz,
	CONSTRAINT "contract_documents_pk" PRIMARY KEY("tenant_id","contract_id"),
	CONSTRAINT "contract_documents_attempts_counted" CHECK ("contract_documents"."attempts" >= 0),
	CONSTRAINT "contract_documents_printed_once" CHECK (num_nonnulls("contract_documents"."file_id", "contract_documents"."buyer") = 1),
	CONSTRAINT "contract_documents_printed_at" CHECK (("contract_documents"."file_id" is null) = ("contract_documents"."printed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "offer_specimens" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"offer_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"file_id" bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	CONSTRAINT "offer_specimens_pk" PRIMARY KEY("tenant_id","offer_id","studio_id")
);
--> statement-breakpoint
ALTER TABLE "flat_fees" ADD COLUMN "tax_code" text;--> statement-breakpoint
ALTER TABLE "modules" ADD COLUMN "tax_code" text;--> statement-breakpoint
ALTER TABLE "rates" ADD COLUMN "tax_code" text;--> statement-breakpoint
ALTER TABLE "payment_runs" ADD COLUMN "stopped_at" timestamptz;--> statement-breakpoint
ALTER TABLE "contract_documents" ADD CONSTRAINT "contract_documents_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_documents" ADD CONSTRAINT "contract_documents_file_id_fk" FOREIGN KEY ("tenant_id","file_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_specimens" ADD CONSTRAINT "offer_specimens_offer_id_fk" FOREIGN KEY ("tenant_id","offer_id") REFERENCES "public"."membership_offers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_specimens" ADD CONSTRAINT "offer_specimens_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_specimens" ADD CONSTRAINT "offer_specimens_file_id_fk" FOREIGN KEY ("tenant_id","file_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "contract_documents_file_unique" ON "contract_documents" USING btree ("tenant_id","file_id");--> statement-breakpoint
CREATE INDEX "contract_documents_due" ON "contract_documents" USING btree ("tenant_id","due_at") WHERE "contract_documents"."file_id" is null;--> statement-breakpoint
CREATE INDEX "allocations_customer_id_ref" ON "allocations" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "credit_items_entry_id_ref" ON "credit_items" USING btree ("tenant_id","entry_id");--> statement-breakpoint
CREATE INDEX "debt_claims_posted_entry_id_ref" ON "debt_claims" USING btree ("tenant_id","posted_entry_id") WHERE "debt_claims"."posted_entry_id" is not null;--> statement-breakpoint
CREATE INDEX "debt_claims_parent_claim_id_ref" ON "debt_claims" USING btree ("tenant_id","parent_claim_id") WHERE "debt_claims"."parent_claim_id" is not null;--> statement-breakpoint
CREATE INDEX "dunning_notices_fee_claim_id_ref" ON "dunning_notices" USING btree ("tenant_id","fee_claim_id") WHERE "dunning_notices"."fee_claim_id" is not null;--> statement-breakpoint
CREATE INDEX "postings_claim_id_ref" ON "postings" USING btree ("tenant_id","claim_id") WHERE "postings"."claim_id" is not null;--> statement-breakpoint
CREATE INDEX "postings_credit_item_id_ref" ON "postings" USING btree ("tenant_id","credit_item_id") WHERE "postings"."credit_item_id" is not null;--> statement-breakpoint
CREATE INDEX "bookings_charge_claim_id_ref" ON "bookings" USING btree ("tenant_id","charge_claim_id") WHERE "bookings"."charge_claim_id" is not null;--> statement-breakpoint
CREATE INDEX "check_ins_access_medium_id_ref" ON "check_ins" USING btree ("tenant_id","access_medium_id") WHERE "check_ins"."access_medium_id" is not null;--> statement-breakpoint
CREATE INDEX "check_ins_pass_id_ref" ON "check_ins" USING btree ("tenant_id","pass_id") WHERE "check_ins"."pass_id" is not null;--> statement-breakpoint
CREATE INDEX "check_ins_contract_id_ref" ON "check_ins" USING btree ("tenant_id","contract_id") WHERE "check_ins"."contract_id" is not null;--> statement-breakpoint
CREATE INDEX "contract_cancelations_contract_id_ref" ON "contract_cancelations" USING btree ("tenant_id","contract_id") WHERE "contract_cancelations"."contract_id" is not null;--> statement-breakpoint
CREATE INDEX "contract_cancelations_sub_contract_id_ref" ON "contract_cancelations" USING btree ("tenant_id","sub_contract_id") WHERE "contract_cancelations"."sub_contract_id" is not null;--> statement-breakpoint
CREATE INDEX "contracts_referred_by_customer_id_ref" ON "contracts" USING btree ("tenant_id","referred_by_customer_id") WHERE "contracts"."referred_by_customer_id" is not null;--> statement-breakpoint
CREATE INDEX "contracts_switched_from_id_ref" ON "contracts" USING btree ("tenant_id","switched_from_id") WHERE "contracts"."switched_from_id" is not null;--> statement-breakpoint
CREATE INDEX "idle_periods_document_id_ref" ON "idle_periods" USING btree ("tenant_id","document_id") WHERE "idle_periods"."document_id" is not null;--> statement-breakpoint
CREATE INDEX "sub_contracts_previous_id_ref" ON "sub_contracts" USING btree ("tenant_id","previous_id") WHERE "sub_contracts"."previous_id" is not null;--> statement-breakpoint
CREATE INDEX "customer_documents_file_id_ref" ON "customer_documents" USING btree ("tenant_id","file_id");--> statement-breakpoint
CREATE INDEX "customers_image_file_id_ref" ON "customers" USING btree ("tenant_id","image_file_id") WHERE "customers"."image_file_id" is not null;--> statement-breakpoint
CREATE INDEX "customers_merged_into_id_ref" ON "customers" USING btree ("tenant_id","merged_into_id") WHERE "customers"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX "device_usages_customer_id_ref" ON "device_usages" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "device_usages_benefit_usage_id_ref" ON "device_usages" USING btree ("tenant_id","benefit_usage_id") WHERE "device_usages"."benefit_usage_id" is not null;--> statement-breakpoint
CREATE INDEX "parking_stays_customer_id_ref" ON "parking_stays" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "vending_transactions_customer_id_ref" ON "vending_transactions" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "entitlement_usages_booking_id_ref" ON "entitlement_usages" USING btree ("tenant_id","booking_id");--> statement-breakpoint
CREATE INDEX "entitlements_sub_contract_id_ref" ON "entitlements" USING btree ("tenant_id","sub_contract_id") WHERE "entitlements"."sub_contract_id" is not null;--> statement-breakpoint
CREATE INDEX "leads_converted_contract_id_ref" ON "leads" USING btree ("tenant_id","converted_contract_id") WHERE "leads"."converted_contract_id" is not null;--> statement-breakpoint
CREATE INDEX "membership_voucher_redemptions_code_id_ref" ON "membership_voucher_redemptions" USING btree ("tenant_id","code_id");--> statement-breakpoint
CREATE INDEX "online_offer_purchases_payment_id_ref" ON "online_offer_purchases" USING btree ("tenant_id","payment_id") WHERE "online_offer_purchases"."payment_id" is not null;--> statement-breakpoint
CREATE INDEX "payment_instruments_signature_file_id_ref" ON "payment_instruments" USING btree ("tenant_id","signature_file_id") WHERE "payment_instruments"."signature_file_id" is not null;--> statement-breakpoint
CREATE INDEX "payment_requests_instrument_id_ref" ON "payment_requests" USING btree ("tenant_id","instrument_id") WHERE "payment_requests"."instrument_id" is not null;--> statement-breakpoint
CREATE INDEX "payment_sessions_customer_id_ref" ON "payment_sessions" USING btree ("tenant_id","customer_id") WHERE "payment_sessions"."customer_id" is not null;--> statement-breakpoint
CREATE INDEX "payments_instrument_id_ref" ON "payments" USING btree ("tenant_id","instrument_id") WHERE "payments"."instrument_id" is not null;--> statement-breakpoint
CREATE INDEX "customer_amendments_signature_file_id_ref" ON "customer_amendments" USING btree ("tenant_id","signature_file_id") WHERE "customer_amendments"."signature_file_id" is not null;--> statement-breakpoint
CREATE INDEX "checkin_voucher_redemptions_access_medium_id_ref" ON "checkin_voucher_redemptions" USING btree ("tenant_id","access_medium_id");--> statement-breakpoint
ALTER TABLE "payment_runs" ADD CONSTRAINT "payment_runs_stopped_open" CHECK ("payment_runs"."stopped_at" is null or "payment_runs"."state" in ('EXPORTED', 'SUBMITTED'));--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
--> statement-breakpoint
SELECT palestra_open_for_lookup('contract_documents'::regclass);
--> statement-breakpoint
-- Documents of contracts fall due in real time.
-- reads tenants: a round over all tenants starts from the list of them.
create or replace function palestra_tenants_with_due_documents(real_now timestamptz) RETURNS TABLE (tenant_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id FROM tenants t
  WHERE EXISTS (
    SELECT FROM contract_documents d
    WHERE d.tenant_id = t.id AND d.file_id IS NULL AND (d.due_at IS NULL OR d.due_at <= real_now))
  ORDER BY t.id
$$;
--> statement-breakpoint
select palestra_own_lookup('palestra_tenants_with_due_documents(timestamptz)'::regprocedure);
