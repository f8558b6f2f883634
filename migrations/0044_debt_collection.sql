CREATE TABLE "agency_cases" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"agency_contract_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"agency_id" text NOT NULL,
	"public_id" text,
	CONSTRAINT "agency_cases_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "agency_contracts" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"type" text NOT NULL,
	"on_closure" text NOT NULL,
	"on_rejection" text NOT NULL,
	"allow_case_updates" boolean NOT NULL,
	"min_total" numeric(19, 4) NOT NULL,
	"min_overdue_days" integer NOT NULL,
	"stage_name" text NOT NULL,
	"restrict_access" boolean NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "agency_contracts_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "agency_contracts_type_known" CHECK ("agency_contracts"."type" in ('TRUST', 'PURCHASE')),
	CONSTRAINT "agency_contracts_on_closure_known" CHECK ("agency_contracts"."on_closure" in ('BY_PARTNER', 'ALWAYS')),
	CONSTRAINT "agency_contracts_on_rejection_known" CHECK ("agency_contracts"."on_rejection" in ('BY_PARTNER', 'ALWAYS')),
	CONSTRAINT "agency_contracts_state_known" CHECK ("agency_contracts"."state" in ('ACTIVE', 'ENDED', 'TERMINATED')),
	CONSTRAINT "agency_contracts_least_counted" CHECK ("agency_contracts"."min_total" >= 0 and "agency_contracts"."min_overdue_days" >= 0)
);
--> statement-breakpoint
CREATE TABLE "agency_requests" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"request_id" text NOT NULL,
	"body_sha256" "bytea" NOT NULL,
	"created_at" timestamptz NOT NULL,
	CONSTRAINT "agency_requests_pk" PRIMARY KEY("tenant_id","studio_id","integration_id","request_id")
);
--> statement-breakpoint
CREATE TABLE "case_adjustment_requests" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"case_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"state" text NOT NULL,
	"acknowledged_at" timestamptz,
	CONSTRAINT "case_adjustment_requests_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "case_adjustment_requests_kind_known" CHECK ("case_adjustment_requests"."kind" in ('CLOSED', 'REOPENED')),
	CONSTRAINT "case_adjustment_requests_state_known" CHECK ("case_adjustment_requests"."state" in ('OPEN', 'ACKNOWLEDGED')),
	CONSTRAINT "case_adjustment_requests_acknowledged" CHECK (("case_adjustment_requests"."state" = 'OPEN') = ("case_adjustment_requests"."acknowledged_at" is null))
);
--> statement-breakpoint
CREATE TABLE "collection_bans" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"restriction_id" bigint NOT NULL,
	CONSTRAINT "collection_bans_pk" PRIMARY KEY("tenant_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "collection_blocks" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"customer_id" bigint NOT NULL,
	"claim_id" bigint,
	"source" text NOT NULL,
	"integration_id" bigint,
	"limit_type" text NOT NULL,
	"end_date" date,
	"reason" text,
	"case_id" bigint,
	CONSTRAINT "collection_blocks_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "collection_blocks_source_known" CHECK ("collection_blocks"."source" in ('AGENCY', 'STAFF', 'SYSTEM')),
	CONSTRAINT "collection_blocks_limit_type_known" CHECK ("collection_blocks"."limit_type" in ('LIMITED', 'UNLIMITED')),
	CONSTRAINT "collection_blocks_end_of_limited" CHECK (("collection_blocks"."limit_type" = 'LIMITED') = ("collection_blocks"."end_date" is not null)),
	CONSTRAINT "collection_blocks_agency_named" CHECK ("collection_blocks"."source" <> 'AGENCY' or "collection_blocks"."integration_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "collection_cases" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"uuid" uuid DEFAULT gen_random_uuid() NOT NULL,
	"run_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"debtor_id" text NOT NULL,
	"snapshot" jsonb,
	"iban_enc" "bytea",
	"identification_enc" "bytea",
	"liable_iban_enc" "bytea",
	"liable_identification_enc" "bytea",
	"agency_case_id" bigint,
	"is_open" boolean DEFAULT false NOT NULL,
	"closure_type" text,
	"closure_reason" text,
	"closure_text" text,
	"closed_on" date,
	"closed_by" text,
	"closed_at" timestamptz,
	"open_at_closure" numeric(19, 4),
	"closure_effects" jsonb,
	CONSTRAINT "collection_cases_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "collection_cases_closure_type_known" CHECK ("collection_cases"."closure_type" in ('POSITIVE', 'NEGATIVE', 'REVERSAL', 'REJECTION')),
	CONSTRAINT "collection_cases_closure_reason_known" CHECK ("collection_cases"."closure_reason" in ('CLAIMS_ALREADY_IN_COURT', 'MISSING_COMPENSATION_BLOCKING_DUNNING_PROCESS', 'NO_INFORMATION_ABOUT_LEGAL_REPRESENTATIVE', 'NO_COLLECTION_ABROAD_POSSIBLE', 'COLLECTING_FROM_INHERIT_NOT_POSSIBLE', 'CLAIMS_TIME_BARRED_OR_RESIDUAL_DEBT_DISCHARGE_GRANTED', 'REMAINING_CLAIM_BELOW_LIMIT', 'NOTIFICATION_OBLIGATIONS_NOT_POSSIBLE', 'FRAUD', 'CONFLICT_OF_INTEREST', 'WITHDRAWN_BY_STUDIO', 'NO_PROCESSING_AT_ALL', 'HARD_NEGATIVES_IN_DEBTOR_REGISTER', 'POSTAL_DELIVERY_NOT_POSSIBLE', 'CLAIM_INCREASE_IMPORTED_SYSTEM')),
	CONSTRAINT "collection_cases_closed_by_known" CHECK ("collection_cases"."closed_by" in ('AGENCY', 'STAFF')),
	CONSTRAINT "collection_cases_closure_whole" CHECK (num_nonnulls("collection_cases"."closure_type", "collection_cases"."closed_on", "collection_cases"."closed_by", "collection_cases"."closed_at", "collection_cases"."open_at_closure") in (0, 5)),
	CONSTRAINT "collection_cases_reason_of_rejection" CHECK (("collection_cases"."closure_reason" is not null) = ("collection_cases"."closure_type" is not distinct from 'REJECTION')),
	CONSTRAINT "collection_cases_open_or_closed" CHECK (not ("collection_cases"."is_open" and "collection_cases"."closure_type" is not null))
);
--> statement-breakpoint
CREATE TABLE "collection_debts" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"case_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"claim_id" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"original" numeric(19, 4) NOT NULL,
	"canceled" numeric(19, 4) DEFAULT '0' NOT NULL,
	"paid" numeric(19, 4) DEFAULT '0' NOT NULL,
	"is_bought" boolean DEFAULT false NOT NULL,
	"assigned" numeric(19, 4) DEFAULT '0' NOT NULL,
	"written_off" numeric(19, 4) DEFAULT '0' NOT NULL,
	"is_open" boolean DEFAULT false NOT NULL,
	CONSTRAINT "collection_debts_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "collection_debts_not_negative" CHECK ("collection_debts"."original" > 0 and "collection_debts"."canceled" >= 0 and "collection_debts"."paid" >= 0 and "collection_debts"."assigned" >= 0 and "collection_debts"."written_off" >= 0),
	CONSTRAINT "collection_debts_within_original" CHECK ("collection_debts"."canceled" + least("collection_debts"."paid", "collection_debts"."original") <= "collection_debts"."original")
);
--> statement-breakpoint
CREATE TABLE "collection_payments" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"debt_id" bigint NOT NULL,
	"payment_id" bigint,
	"amount" numeric(19, 4) NOT NULL,
	"corrected" numeric(19, 4) DEFAULT '0' NOT NULL,
	CONSTRAINT "collection_payments_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "collection_payments_within_amount" CHECK ("collection_payments"."amount" > 0 and "collection_payments"."corrected" between 0 and "collection_payments"."amount")
);
--> statement-breakpoint
CREATE TABLE "debt_collection_runs" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"agency_contract_id" bigint NOT NULL,
	"origin" text NOT NULL,
	"state" text NOT NULL,
	"collection_date" date,
	"client" jsonb,
	"announced_at" timestamptz,
	"reminders" integer DEFAULT 0 NOT NULL,
	"confirmed_at" timestamptz,
	CONSTRAINT "debt_collection_runs_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "debt_collection_runs_origin_known" CHECK ("debt_collection_runs"."origin" in ('DEBT_COLLECTION_RUN', 'INDIVIDUAL_HANDOVER', 'AUTOMATIC_HANDOVER', 'CONTRACT_CANCELATION')),
	CONSTRAINT "debt_collection_runs_state_known" CHECK ("debt_collection_runs"."state" in ('DRAFT', 'INTERNAL_PROCESSING', 'WAITING_FOR_CONFIRMATION', 'COMPLETED', 'FAILED')),
	CONSTRAINT "debt_collection_runs_verified" CHECK (("debt_collection_runs"."state" = 'DRAFT') = ("debt_collection_runs"."collection_date" is null)),
	CONSTRAINT "debt_collection_runs_confirmed" CHECK (("debt_collection_runs"."state" = 'COMPLETED') = ("debt_collection_runs"."confirmed_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "credit_items" DROP CONSTRAINT "credit_items_kind_known";--> statement-breakpoint
ALTER TABLE "journal_entries" DROP CONSTRAINT "journal_entries_kind_known";--> statement-breakpoint
ALTER TABLE "customer_accounts" ADD COLUMN "collection_stage" text;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "latest_rejection_reason" text;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "dunning_clock_from" date;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "legal_form" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "vat_number" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "deducts_input_tax" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "account_holder" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "iban" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "bic" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "bank_name" text;--> statement-breakpoint
ALTER TABLE "agency_cases" ADD CONSTRAINT "agency_cases_agency_contract_id_fk" FOREIGN KEY ("tenant_id","agency_contract_id") REFERENCES "public"."agency_contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agency_cases" ADD CONSTRAINT "agency_cases_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agency_contracts" ADD CONSTRAINT "agency_contracts_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agency_contracts" ADD CONSTRAINT "agency_contracts_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agency_requests" ADD CONSTRAINT "agency_requests_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agency_requests" ADD CONSTRAINT "agency_requests_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_adjustment_requests" ADD CONSTRAINT "case_adjustment_requests_case_id_fk" FOREIGN KEY ("tenant_id","case_id") REFERENCES "public"."collection_cases"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_bans" ADD CONSTRAINT "collection_bans_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_blocks" ADD CONSTRAINT "collection_blocks_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_blocks" ADD CONSTRAINT "collection_blocks_claim_id_fk" FOREIGN KEY ("tenant_id","claim_id") REFERENCES "public"."debt_claims"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_blocks" ADD CONSTRAINT "collection_blocks_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_blocks" ADD CONSTRAINT "collection_blocks_case_id_fk" FOREIGN KEY ("tenant_id","case_id") REFERENCES "public"."collection_cases"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_cases" ADD CONSTRAINT "collection_cases_run_id_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."debt_collection_runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_cases" ADD CONSTRAINT "collection_cases_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_cases" ADD CONSTRAINT "collection_cases_agency_case_id_fk" FOREIGN KEY ("tenant_id","agency_case_id") REFERENCES "public"."agency_cases"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_debts" ADD CONSTRAINT "collection_debts_case_id_fk" FOREIGN KEY ("tenant_id","case_id") REFERENCES "public"."collection_cases"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_debts" ADD CONSTRAINT "collection_debts_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_debts" ADD CONSTRAINT "collection_debts_claim_id_fk" FOREIGN KEY ("tenant_id","claim_id") REFERENCES "public"."debt_claims"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_payments" ADD CONSTRAINT "collection_payments_debt_id_fk" FOREIGN KEY ("tenant_id","debt_id") REFERENCES "public"."collection_debts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_payments" ADD CONSTRAINT "collection_payments_payment_id_fk" FOREIGN KEY ("tenant_id","payment_id") REFERENCES "public"."credit_items"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "debt_collection_runs" ADD CONSTRAINT "debt_collection_runs_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "debt_collection_runs" ADD CONSTRAINT "debt_collection_runs_agency_contract_id_fk" FOREIGN KEY ("tenant_id","agency_contract_id") REFERENCES "public"."agency_contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agency_cases_agency_id_unique" ON "agency_cases" USING btree ("tenant_id","agency_contract_id","agency_id");--> statement-breakpoint
CREATE INDEX "agency_cases_customer" ON "agency_cases" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "agency_contracts_one_active" ON "agency_contracts" USING btree ("tenant_id","studio_id") WHERE "agency_contracts"."state" = 'ACTIVE';--> statement-breakpoint
CREATE INDEX "agency_contracts_integration" ON "agency_contracts" USING btree ("tenant_id","studio_id","integration_id");--> statement-breakpoint
CREATE INDEX "case_adjustment_requests_case" ON "case_adjustment_requests" USING btree ("tenant_id","case_id");--> statement-breakpoint
CREATE INDEX "case_adjustment_requests_open" ON "case_adjustment_requests" USING btree ("tenant_id","id") WHERE "case_adjustment_requests"."state" = 'OPEN';--> statement-breakpoint
CREATE UNIQUE INDEX "collection_blocks_one" ON "collection_blocks" USING btree ("tenant_id","customer_id",coalesce("claim_id", 0),"source",coalesce("integration_id", 0),coalesce("case_id", 0));--> statement-breakpoint
CREATE INDEX "collection_blocks_claim" ON "collection_blocks" USING btree ("tenant_id","claim_id");--> statement-breakpoint
CREATE INDEX "collection_blocks_case" ON "collection_blocks" USING btree ("tenant_id","case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "collection_cases_uuid_unique" ON "collection_cases" USING btree ("tenant_id","uuid");--> statement-breakpoint
CREATE UNIQUE INDEX "collection_cases_one_of_run" ON "collection_cases" USING btree ("tenant_id","run_id","customer_id");--> statement-breakpoint
CREATE INDEX "collection_cases_customer" ON "collection_cases" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "collection_cases_debtor" ON "collection_cases" USING btree ("tenant_id","debtor_id");--> statement-breakpoint
CREATE INDEX "collection_cases_agency_case" ON "collection_cases" USING btree ("tenant_id","agency_case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "collection_debts_one_open" ON "collection_debts" USING btree ("tenant_id","claim_id") WHERE "collection_debts"."is_open";--> statement-breakpoint
CREATE UNIQUE INDEX "collection_debts_one_of_case" ON "collection_debts" USING btree ("tenant_id","case_id","claim_id");--> statement-breakpoint
CREATE INDEX "collection_debts_claim" ON "collection_debts" USING btree ("tenant_id","claim_id");--> statement-breakpoint
CREATE INDEX "collection_debts_customer" ON "collection_debts" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "collection_payments_debt" ON "collection_payments" USING btree ("tenant_id","debt_id","id");--> statement-breakpoint
CREATE INDEX "collection_payments_payment" ON "collection_payments" USING btree ("tenant_id","payment_id");--> statement-breakpoint
CREATE INDEX "debt_collection_runs_studio" ON "debt_collection_runs" USING btree ("tenant_id","studio_id","id");--> statement-breakpoint
CREATE INDEX "debt_collection_runs_contract" ON "debt_collection_runs" USING btree ("tenant_id","agency_contract_id");--> statement-breakpoint
CREATE INDEX "debt_collection_runs_unfinished" ON "debt_collection_runs" USING btree ("tenant_id","announced_at") WHERE "debt_collection_runs"."state" in ('INTERNAL_PROCESSING', 'WAITING_FOR_CONFIRMATION');--> statement-breakpoint
ALTER TABLE "credit_items" ADD CONSTRAINT "credit_items_kind_known" CHECK ("credit_items"."kind" in ('PAYMENT', 'WRITE_OFF', 'INSTALLMENT_TRANSFER', 'REFUND', 'ASSIGNMENT'));--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_latest_rejection_reason_known" CHECK ("debt_claims"."latest_rejection_reason" in ('PURCHASE_LIMIT', 'INVALID_IBAN', 'CLOSED_BANKACCOUNT', 'FRAUD', 'INSOLVENCY', 'DECEASED', 'INCOMPLETE_ADDRESS', 'INVALID_ADDRESS', 'INVALID_OR_MISSING_INFORMATION', 'CHARGED_BACK', 'ALREADY_PURCHASED', 'ALREADY_CHARGED_BACK', 'CONTESTED_CONTRACT', 'WITHDRAWN_MANDATE', 'INVALID_SEPA_MANDATE', 'IBAN_BLACKLISTED', 'TERMINATED_CONTRACT', 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE', 'AMOUNT_EXCEEDS_LIMIT', 'NON_CONTRACTUAL', 'PURCHASING_SUSPENDED', 'INSTRUCTED_BY_STUDIO', 'MISSING_LIABLE_PERSON', 'IBAN_INVALID_SINCE_LAST_PAYMENT_RUN', 'ACCOUNT_CLOSED_BEFORE_COLLECTION', 'DEBT_OVERAGED', 'DUNNING_UNSUCCESSFUL', 'AUTOMATIC_CHARGEBACK', 'STUDIO_CLOSED_DOWN', 'REPEATED_INVALID_SEPA_MANDATE', 'SETTLEMENT_AGREEMENT', 'INVALID_SEPA_CREDITOR_ID', 'INSUFFICIENT_COVERING', 'OPPOSITION', 'INVALID_BANK_INFORMATION', 'INVALID_MANDATE', 'AUTHORIZATION_DECLINED', 'INVALID_CARD', 'CARD_EXPIRED', 'REVOKED_BY_CUSTOMER', 'UNSUPPORTED_DEBT_CLAIM_TYPE', 'PURCHASESTOP_FRAUD', 'ALREADY_REJECTED', 'CONSUMPTION_CREDIT_CHARGEBACK_DEBT_CLAIM_TYPE', 'MANUALLY_REJECTED', 'MANUALLY_SET_PURCHASESTOP', 'OTHER', 'OTHER_NO_FORWARDING_TO_EXTERNAL_COLLECTION_AGENCY', 'UNKNOWN'));--> statement-breakpoint
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_kind_known" CHECK ("journal_entries"."kind" in ('CHARGE', 'CREDIT_NOTE', 'PAYMENT', 'RETURN', 'CHARGEBACK', 'PAYMENT_CORRECTION', 'REFUND', 'WRITE_OFF', 'TOP_UP', 'SPEND', 'PAY_OUT', 'CREDIT_CORRECTION', 'INSTALLMENT_PLAN', 'WRITE_OFF_RECOVERY', 'ASSIGN_TO_AGENCY', 'AGENCY_SETTLEMENT'));--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
