-- by hand: the checks of the tables need it
-- How many decimals the amounts of a currency have (ISO 4217). The same as currencyDigits in the code.
CREATE FUNCTION palestra_currency_digits(currency text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE
    WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
    WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
    WHEN currency IN ('CLF', 'UYW') THEN 4
    ELSE 2
  END
$$;
--> statement-breakpoint
CREATE TABLE "allocations" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"customer_id" bigint NOT NULL,
	"claim_id" bigint NOT NULL,
	"credit_item_id" bigint,
	"credit_claim_id" bigint,
	"amount" numeric(19, 4) NOT NULL,
	"undoes_allocation_id" bigint,
	CONSTRAINT "allocations_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "allocations_one_credit" CHECK (num_nonnulls("allocations"."credit_item_id", "allocations"."credit_claim_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "credit_items" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"entity_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"method" text,
	"value_date" date NOT NULL,
	"amount" numeric(19, 4) NOT NULL,
	"remaining" numeric(19, 4) NOT NULL,
	"reversed" numeric(19, 4) DEFAULT '0' NOT NULL,
	"currency" char(3) NOT NULL,
	"entry_id" bigint NOT NULL,
	CONSTRAINT "credit_items_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "credit_items_kind_known" CHECK ("credit_items"."kind" in ('PAYMENT', 'WRITE_OFF', 'INSTALLMENT_TRANSFER', 'REFUND')),
	CONSTRAINT "credit_items_method_known" CHECK ("credit_items"."method" in ('CASH', 'BANK_TRANSFER', 'DIRECT_DEBIT', 'CREDIT_CARD', 'PAYPAL', 'TWINT', 'IDEAL', 'BANCONTACT', 'AGENCY')),
	CONSTRAINT "credit_items_amount_digits" CHECK ("credit_items"."amount" = round("credit_items"."amount", palestra_currency_digits("credit_items"."currency"))),
	CONSTRAINT "credit_items_remaining_within_amount" CHECK ("credit_items"."remaining" between least("credit_items"."amount", 0) and greatest("credit_items"."amount", 0)),
	CONSTRAINT "credit_items_reversed_within_amount" CHECK ("credit_items"."reversed" between 0 and greatest("credit_items"."amount", 0)),
	CONSTRAINT "credit_items_payment_has_method" CHECK (("credit_items"."kind" = 'PAYMENT') = ("credit_items"."method" is not null))
);
--> statement-breakpoint
CREATE TABLE "day_closes" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"day" date NOT NULL,
	"entry_count" integer NOT NULL,
	"debit_total" numeric(19, 4) NOT NULL,
	"sha256" "bytea" NOT NULL,
	"closed_at" timestamptz NOT NULL,
	CONSTRAINT "day_closes_pk" PRIMARY KEY("tenant_id","studio_id","day")
);
--> statement-breakpoint
CREATE TABLE "debt_claims" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"debt_uuid" uuid DEFAULT gen_random_uuid() NOT NULL,
	"entity_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"charge_type" text NOT NULL,
	"description" text NOT NULL,
	"amount" numeric(19, 4) NOT NULL,
	"net" numeric(19, 4) NOT NULL,
	"tax" numeric(19, 4) NOT NULL,
	"tax_code_id" bigint,
	"currency" char(3) NOT NULL,
	"due_date" date NOT NULL,
	"service_from" date,
	"service_to" date,
	"state" text NOT NULL,
	"posted_entry_id" bigint,
	"open_amount" numeric(19, 4) NOT NULL,
	"reduced_amount" numeric(19, 4) DEFAULT '0' NOT NULL,
	"reduced_tax" numeric(19, 4) DEFAULT '0' NOT NULL,
	"in_installment_plan" boolean DEFAULT false NOT NULL,
	"collection_state" text DEFAULT 'NONE' NOT NULL,
	"parent_claim_id" bigint,
	CONSTRAINT "debt_claims_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "debt_claims_kind_known" CHECK ("debt_claims"."kind" in ('DEBT_CLAIM', 'FLAT_FEE', 'SALE', 'PRINCIPAL_CLAIM', 'DUNNING_FEE', 'BANK_FEE')),
	CONSTRAINT "debt_claims_charge_type_known" CHECK ("debt_claims"."charge_type" in ('MEMBERSHIP_CHARGE', 'MODULE_CHARGE', 'FLAT_FEE', 'IDLE_PERIOD_CHARGE', 'CREDIT', 'SALE', 'FEE', 'INSTALLMENT', 'OTHER')),
	CONSTRAINT "debt_claims_state_known" CHECK ("debt_claims"."state" in ('SCHEDULED', 'POSTED', 'VOID')),
	CONSTRAINT "debt_claims_collection_state_known" CHECK ("debt_claims"."collection_state" in ('NONE', 'IN_TRANSFER', 'AT_AGENCY')),
	CONSTRAINT "debt_claims_net_and_tax" CHECK ("debt_claims"."amount" = "debt_claims"."net" + "debt_claims"."tax"),
	CONSTRAINT "debt_claims_amount_digits" CHECK ("debt_claims"."amount" = round("debt_claims"."amount", palestra_currency_digits("debt_claims"."currency"))),
	CONSTRAINT "debt_claims_open_within_amount" CHECK ("debt_claims"."open_amount" between least("debt_claims"."amount", 0) and greatest("debt_claims"."amount", 0)),
	CONSTRAINT "debt_claims_reduced_within_amount" CHECK ("debt_claims"."reduced_amount" between 0 and greatest("debt_claims"."amount", 0)),
	CONSTRAINT "debt_claims_posted_in_journal" CHECK (("debt_claims"."state" = 'POSTED') = ("debt_claims"."posted_entry_id" is not null)),
	CONSTRAINT "debt_claims_service_order" CHECK ("debt_claims"."service_from" <= "debt_claims"."service_to")
);
--> statement-breakpoint
CREATE TABLE "debtor_counters" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"last_number" bigint NOT NULL,
	CONSTRAINT "debtor_counters_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
CREATE TABLE "journal_entries" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"entity_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"booking_date" date NOT NULL,
	"kind" text NOT NULL,
	"description" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"reverses_entry_id" bigint,
	"actor" text NOT NULL,
	CONSTRAINT "journal_entries_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "journal_entries_kind_known" CHECK ("journal_entries"."kind" in ('CHARGE', 'CREDIT_NOTE', 'PAYMENT', 'RETURN', 'CHARGEBACK', 'PAYMENT_CORRECTION', 'REFUND', 'WRITE_OFF', 'TOP_UP', 'SPEND', 'PAY_OUT', 'CREDIT_CORRECTION', 'INSTALLMENT_PLAN'))
);
--> statement-breakpoint
CREATE TABLE "ledger_accounts" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"entity_id" bigint NOT NULL,
	"role" text NOT NULL,
	"number" text NOT NULL,
	"tax_code_id" bigint,
	CONSTRAINT "ledger_accounts_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "ledger_accounts_role_known" CHECK ("ledger_accounts"."role" in ('RECEIVABLE', 'RECEIVABLE_AGENCY', 'CONSUMPTION_CREDIT', 'VOUCHER_LIABILITY', 'CASH', 'BANK_TRANSIT', 'PSP_CLEARING', 'AGENCY_CLEARING', 'REVENUE', 'TAX_OUTPUT', 'DUNNING_INCOME', 'FEE_INCOME', 'BAD_DEBT', 'BANK_FEES')),
	CONSTRAINT "ledger_accounts_number_form" CHECK ("ledger_accounts"."number" ~ '^[0-9A-Za-z.-]{1,20}$')
);
--> statement-breakpoint
CREATE TABLE "legal_entities" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"name" text NOT NULL,
	"country_code" char(2) NOT NULL,
	"currency" char(3) NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"fiscal_year_start" integer DEFAULT 1 NOT NULL,
	"overdraft_limit" numeric(19, 4) DEFAULT '0' NOT NULL,
	CONSTRAINT "legal_entities_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "legal_entities_fiscal_year_month" CHECK ("legal_entities"."fiscal_year_start" between 1 and 12),
	CONSTRAINT "legal_entities_overdraft_positive" CHECK ("legal_entities"."overdraft_limit" >= 0)
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"entry_id" bigint NOT NULL,
	"line_no" integer NOT NULL,
	"account_id" bigint NOT NULL,
	"customer_id" bigint,
	"claim_id" bigint,
	"credit_item_id" bigint,
	"amount" numeric(19, 4) NOT NULL,
	"currency" char(3) NOT NULL,
	"tax_code_id" bigint,
	CONSTRAINT "postings_pk" PRIMARY KEY("tenant_id","entry_id","line_no"),
	CONSTRAINT "postings_amount_digits" CHECK ("postings"."amount" = round("postings"."amount", palestra_currency_digits("postings"."currency")))
);
--> statement-breakpoint
CREATE TABLE "tax_codes" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"entity_id" bigint NOT NULL,
	"name" text NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	CONSTRAINT "tax_codes_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "tax_rates" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"tax_code_id" bigint NOT NULL,
	"valid_from" date NOT NULL,
	"rate" numeric(7, 4) NOT NULL,
	CONSTRAINT "tax_rates_pk" PRIMARY KEY("tenant_id","tax_code_id","valid_from"),
	CONSTRAINT "tax_rates_percent" CHECK ("tax_rates"."rate" between 0 and 100)
);
--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_claim_id_fk" FOREIGN KEY ("tenant_id","claim_id") REFERENCES "public"."debt_claims"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_credit_item_id_fk" FOREIGN KEY ("tenant_id","credit_item_id") REFERENCES "public"."credit_items"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_credit_claim_id_fk" FOREIGN KEY ("tenant_id","credit_claim_id") REFERENCES "public"."debt_claims"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_undoes_allocation_id_fk" FOREIGN KEY ("tenant_id","undoes_allocation_id") REFERENCES "public"."allocations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_items" ADD CONSTRAINT "credit_items_entity_id_fk" FOREIGN KEY ("tenant_id","entity_id") REFERENCES "public"."legal_entities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_items" ADD CONSTRAINT "credit_items_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_items" ADD CONSTRAINT "credit_items_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "day_closes" ADD CONSTRAINT "day_closes_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_entity_id_fk" FOREIGN KEY ("tenant_id","entity_id") REFERENCES "public"."legal_entities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_tax_code_id_fk" FOREIGN KEY ("tenant_id","tax_code_id") REFERENCES "public"."tax_codes"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_parent_claim_id_fk" FOREIGN KEY ("tenant_id","parent_claim_id") REFERENCES "public"."debt_claims"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_entity_id_fk" FOREIGN KEY ("tenant_id","entity_id") REFERENCES "public"."legal_entities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_reverses_entry_id_fk" FOREIGN KEY ("tenant_id","reverses_entry_id") REFERENCES "public"."journal_entries"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_entity_id_fk" FOREIGN KEY ("tenant_id","entity_id") REFERENCES "public"."legal_entities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_tax_code_id_fk" FOREIGN KEY ("tenant_id","tax_code_id") REFERENCES "public"."tax_codes"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_entry_id_fk" FOREIGN KEY ("tenant_id","entry_id") REFERENCES "public"."journal_entries"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_account_id_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "public"."ledger_accounts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_claim_id_fk" FOREIGN KEY ("tenant_id","claim_id") REFERENCES "public"."debt_claims"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_credit_item_id_fk" FOREIGN KEY ("tenant_id","credit_item_id") REFERENCES "public"."credit_items"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_tax_code_id_fk" FOREIGN KEY ("tenant_id","tax_code_id") REFERENCES "public"."tax_codes"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tax_codes" ADD CONSTRAINT "tax_codes_entity_id_fk" FOREIGN KEY ("tenant_id","entity_id") REFERENCES "public"."legal_entities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tax_rates" ADD CONSTRAINT "tax_rates_tax_code_id_fk" FOREIGN KEY ("tenant_id","tax_code_id") REFERENCES "public"."tax_codes"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "allocations_claim" ON "allocations" USING btree ("tenant_id","claim_id");--> statement-breakpoint
CREATE INDEX "allocations_credit_item" ON "allocations" USING btree ("tenant_id","credit_item_id");--> statement-breakpoint
CREATE INDEX "allocations_credit_claim" ON "allocations" USING btree ("tenant_id","credit_claim_id");--> statement-breakpoint
CREATE INDEX "allocations_undone" ON "allocations" USING btree ("tenant_id","undoes_allocation_id");--> statement-breakpoint
CREATE INDEX "credit_items_customer" ON "credit_items" USING btree ("tenant_id","customer_id","id");--> statement-breakpoint
CREATE INDEX "credit_items_remaining" ON "credit_items" USING btree ("tenant_id","customer_id","id") WHERE "credit_items"."remaining" <> 0;--> statement-breakpoint
CREATE UNIQUE INDEX "debt_claims_uuid_unique" ON "debt_claims" USING btree ("tenant_id","debt_uuid");--> statement-breakpoint
CREATE INDEX "debt_claims_customer" ON "debt_claims" USING btree ("tenant_id","customer_id","due_date","id");--> statement-breakpoint
CREATE INDEX "debt_claims_scheduled" ON "debt_claims" USING btree ("tenant_id","studio_id","due_date") WHERE "debt_claims"."state" = 'SCHEDULED';--> statement-breakpoint
CREATE INDEX "debt_claims_open" ON "debt_claims" USING btree ("tenant_id","customer_id","due_date","id") WHERE "debt_claims"."state" = 'POSTED' and "debt_claims"."open_amount" <> 0;--> statement-breakpoint
CREATE UNIQUE INDEX "journal_entries_key_unique" ON "journal_entries" USING btree ("tenant_id","entity_id","idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "journal_entries_reversed_once" ON "journal_entries" USING btree ("tenant_id","reverses_entry_id");--> statement-breakpoint
CREATE INDEX "journal_entries_day" ON "journal_entries" USING btree ("tenant_id","studio_id","booking_date","id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_accounts_role_unique" ON "ledger_accounts" USING btree ("tenant_id","entity_id","role",coalesce("tax_code_id", 0));--> statement-breakpoint
CREATE INDEX "ledger_accounts_tax_code" ON "ledger_accounts" USING btree ("tenant_id","tax_code_id");--> statement-breakpoint
CREATE UNIQUE INDEX "legal_entities_one_default" ON "legal_entities" USING btree ("tenant_id","currency") WHERE "legal_entities"."is_default";--> statement-breakpoint
CREATE INDEX "postings_account" ON "postings" USING btree ("tenant_id","account_id","customer_id");--> statement-breakpoint
CREATE INDEX "postings_customer" ON "postings" USING btree ("tenant_id","customer_id","entry_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tax_codes_name_unique" ON "tax_codes" USING btree ("tenant_id","entity_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "tax_codes_one_default" ON "tax_codes" USING btree ("tenant_id","entity_id") WHERE "tax_codes"."is_default";--> statement-breakpoint
-- by hand: companies that customers, studios and instruments name already get a row; the owner of the tables passes by
-- their row-level security for as long as it takes.
ALTER TABLE "customer_accounts" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "payment_instruments" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "studios" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO legal_entities (id, tenant_id, name, country_code, currency, created_at, updated_at)
SELECT DISTINCT ON (named.tenant_id, named.id) named.id, named.tenant_id, s.name, s.country_code, s.currency, s.created_at, s.created_at
FROM (
  SELECT tenant_id, entity_id AS id FROM customer_accounts
  UNION SELECT tenant_id, entity_id FROM payment_instruments WHERE entity_id IS NOT NULL
  UNION SELECT tenant_id, legal_entity_id FROM studios WHERE legal_entity_id IS NOT NULL
) named JOIN studios s ON s.tenant_id = named.tenant_id
ORDER BY named.tenant_id, named.id, (s.legal_entity_id = named.id) DESC NULLS LAST, s.id;
--> statement-breakpoint
ALTER TABLE "customer_accounts" ADD CONSTRAINT "customer_accounts_entity_id_fk" FOREIGN KEY ("tenant_id","entity_id") REFERENCES "public"."legal_entities"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_posted_entry_id_fk" FOREIGN KEY ("tenant_id","posted_entry_id") REFERENCES "public"."journal_entries"("tenant_id","id");
--> statement-breakpoint
ALTER TABLE "credit_items" ADD CONSTRAINT "credit_items_entry_id_fk" FOREIGN KEY ("tenant_id","entry_id") REFERENCES "public"."journal_entries"("tenant_id","id");
--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_charge_claim_id_fk" FOREIGN KEY ("tenant_id","charge_claim_id") REFERENCES "public"."debt_claims"("tenant_id","id");
--> statement-breakpoint
ALTER TABLE "studios" ADD CONSTRAINT "studios_legal_entity_id_fk" FOREIGN KEY ("tenant_id","legal_entity_id") REFERENCES "public"."legal_entities"("tenant_id","id");
--> statement-breakpoint
ALTER TABLE "payment_instruments" ADD CONSTRAINT "payment_instruments_entity_id_fk" FOREIGN KEY ("tenant_id","entity_id") REFERENCES "public"."legal_entities"("tenant_id","id");
--> statement-breakpoint
ALTER TABLE "customer_accounts" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "payment_instruments" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "studios" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
SELECT palestra_protect_tables();
