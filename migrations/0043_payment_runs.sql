CREATE TABLE "payment_run_item_claims" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"item_id" bigint NOT NULL,
	"claim_id" bigint NOT NULL,
	"amount" numeric(19, 4) NOT NULL,
	"is_live" boolean DEFAULT true NOT NULL,
	CONSTRAINT "payment_run_item_claims_pk" PRIMARY KEY("tenant_id","item_id","claim_id"),
	CONSTRAINT "payment_run_item_claims_amount_positive" CHECK ("payment_run_item_claims"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "payment_run_items" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"run_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"instrument_id" bigint NOT NULL,
	"state" text NOT NULL,
	"amount" numeric(19, 4) NOT NULL,
	"currency" char(3) NOT NULL,
	"sequence_type" text,
	"end_to_end_id" text GENERATED ALWAYS AS ('P' || id::text) STORED NOT NULL,
	"provider_key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"rejection_reason" text,
	"error" text,
	CONSTRAINT "payment_run_items_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "payment_run_items_state_known" CHECK ("payment_run_items"."state" in ('PENDING', 'EXPORTED', 'BOOKED', 'FAILED', 'RETURNED', 'DROPPED')),
	CONSTRAINT "payment_run_items_sequence_type_known" CHECK ("payment_run_items"."sequence_type" in ('FRST', 'RCUR', 'OOFF')),
	CONSTRAINT "payment_run_items_rejection_reason_known" CHECK ("payment_run_items"."rejection_reason" in ('PURCHASE_LIMIT', 'INVALID_IBAN', 'CLOSED_BANKACCOUNT', 'FRAUD', 'INSOLVENCY', 'DECEASED', 'INCOMPLETE_ADDRESS', 'INVALID_ADDRESS', 'INVALID_OR_MISSING_INFORMATION', 'CHARGED_BACK', 'ALREADY_PURCHASED', 'ALREADY_CHARGED_BACK', 'CONTESTED_CONTRACT', 'WITHDRAWN_MANDATE', 'INVALID_SEPA_MANDATE', 'IBAN_BLACKLISTED', 'TERMINATED_CONTRACT', 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE', 'AMOUNT_EXCEEDS_LIMIT', 'NON_CONTRACTUAL', 'PURCHASING_SUSPENDED', 'INSTRUCTED_BY_STUDIO', 'MISSING_LIABLE_PERSON', 'IBAN_INVALID_SINCE_LAST_PAYMENT_RUN', 'ACCOUNT_CLOSED_BEFORE_COLLECTION', 'DEBT_OVERAGED', 'DUNNING_UNSUCCESSFUL', 'AUTOMATIC_CHARGEBACK', 'STUDIO_CLOSED_DOWN', 'REPEATED_INVALID_SEPA_MANDATE', 'SETTLEMENT_AGREEMENT', 'INVALID_SEPA_CREDITOR_ID', 'INSUFFICIENT_COVERING', 'OPPOSITION', 'INVALID_BANK_INFORMATION', 'INVALID_MANDATE', 'AUTHORIZATION_DECLINED', 'INVALID_CARD', 'CARD_EXPIRED', 'REVOKED_BY_CUSTOMER', 'UNSUPPORTED_DEBT_CLAIM_TYPE', 'PURCHASESTOP_FRAUD', 'ALREADY_REJECTED', 'CONSUMPTION_CREDIT_CHARGEBACK_DEBT_CLAIM_TYPE', 'MANUALLY_REJECTED', 'MANUALLY_SET_PURCHASESTOP', 'OTHER', 'OTHER_NO_FORWARDING_TO_EXTERNAL_COLLECTION_AGENCY', 'UNKNOWN')),
	CONSTRAINT "payment_run_items_amount_positive" CHECK ("payment_run_items"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "payment_run_settings" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"run_days" integer[] DEFAULT '{}' NOT NULL,
	"method_groups" text[] NOT NULL,
	"pre_notification_days" integer DEFAULT 1 NOT NULL,
	"pain_version" text DEFAULT 'pain.008.001.08' NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	CONSTRAINT "payment_run_settings_pk" PRIMARY KEY("tenant_id","studio_id"),
	CONSTRAINT "payment_run_settings_pain_version_known" CHECK ("payment_run_settings"."pain_version" in ('pain.008.001.08', 'pain.008.001.02')),
	CONSTRAINT "payment_run_settings_pre_notification" CHECK ("payment_run_settings"."pre_notification_days" between 0 and 30)
);
--> statement-breakpoint
CREATE TABLE "payment_runs" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"method_group" text NOT NULL,
	"origin" text NOT NULL,
	"target_date" date NOT NULL,
	"collection_date" date NOT NULL,
	"currency" char(3) NOT NULL,
	"state" text NOT NULL,
	"exported_at" timestamptz,
	"fixed_to" bigint DEFAULT 0 NOT NULL,
	"is_fixed" boolean DEFAULT false NOT NULL,
	"file_id" bigint,
	"file_sha256" "bytea",
	"submitted_at" timestamptz,
	"booked_at" timestamptz,
	CONSTRAINT "payment_runs_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "payment_runs_method_group_known" CHECK ("payment_runs"."method_group" in ('SEPA', 'BACS', 'CH_DD', 'LSV', 'CREDIT_CARD')),
	CONSTRAINT "payment_runs_origin_known" CHECK ("payment_runs"."origin" in ('CALENDAR', 'STAFF')),
	CONSTRAINT "payment_runs_state_known" CHECK ("payment_runs"."state" in ('DRAFT', 'EXPORTED', 'SUBMITTED', 'BOOKED', 'CANCELLED')),
	CONSTRAINT "payment_runs_exported_at" CHECK ("payment_runs"."exported_at" is not null or "payment_runs"."state" in ('DRAFT', 'CANCELLED')),
	CONSTRAINT "payment_runs_submitted_at" CHECK (("payment_runs"."submitted_at" is not null) = ("payment_runs"."state" in ('SUBMITTED', 'BOOKED'))),
	CONSTRAINT "payment_runs_booked_at" CHECK (("payment_runs"."booked_at" is not null) = ("payment_runs"."state" = 'BOOKED')),
	CONSTRAINT "payment_runs_file_whole" CHECK ("payment_runs"."file_id" is null or "payment_runs"."file_sha256" is not null)
);
--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "in_flight_item_id" bigint;--> statement-breakpoint
ALTER TABLE "payment_instruments" ADD COLUMN "is_one_off" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "run_item_id" bigint;--> statement-breakpoint
ALTER TABLE "payment_run_item_claims" ADD CONSTRAINT "payment_run_item_claims_item_id_fk" FOREIGN KEY ("tenant_id","item_id") REFERENCES "public"."payment_run_items"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_run_item_claims" ADD CONSTRAINT "payment_run_item_claims_claim_id_fk" FOREIGN KEY ("tenant_id","claim_id") REFERENCES "public"."debt_claims"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_run_items" ADD CONSTRAINT "payment_run_items_run_id_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."payment_runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_run_items" ADD CONSTRAINT "payment_run_items_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_run_items" ADD CONSTRAINT "payment_run_items_instrument_id_fk" FOREIGN KEY ("tenant_id","instrument_id") REFERENCES "public"."payment_instruments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_run_settings" ADD CONSTRAINT "payment_run_settings_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_runs" ADD CONSTRAINT "payment_runs_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_run_item_claims_one_live" ON "payment_run_item_claims" USING btree ("tenant_id","claim_id") WHERE "payment_run_item_claims"."is_live";--> statement-breakpoint
CREATE INDEX "payment_run_item_claims_claim" ON "payment_run_item_claims" USING btree ("tenant_id","claim_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_run_items_customer_once" ON "payment_run_items" USING btree ("tenant_id","run_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_run_items_end_to_end_unique" ON "payment_run_items" USING btree ("tenant_id","end_to_end_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_run_items_provider_key_unique" ON "payment_run_items" USING btree ("tenant_id","provider_key");--> statement-breakpoint
CREATE INDEX "payment_run_items_customer" ON "payment_run_items" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "payment_run_items_instrument" ON "payment_run_items" USING btree ("tenant_id","instrument_id");--> statement-breakpoint
CREATE INDEX "payment_run_items_pending" ON "payment_run_items" USING btree ("tenant_id","run_id","customer_id") WHERE "payment_run_items"."state" in ('PENDING', 'EXPORTED');--> statement-breakpoint
CREATE UNIQUE INDEX "payment_runs_once_by_calendar" ON "payment_runs" USING btree ("tenant_id","studio_id","method_group","target_date") WHERE "payment_runs"."origin" = 'CALENDAR';--> statement-breakpoint
CREATE INDEX "payment_runs_studio" ON "payment_runs" USING btree ("tenant_id","studio_id","id");--> statement-breakpoint
CREATE INDEX "payment_runs_open" ON "payment_runs" USING btree ("tenant_id","id") WHERE "payment_runs"."state" in ('EXPORTED', 'SUBMITTED');--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_run_item_id_fk" FOREIGN KEY ("tenant_id","run_item_id") REFERENCES "public"."payment_run_items"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "debt_claims_in_flight" ON "debt_claims" USING btree ("tenant_id","in_flight_item_id") WHERE "debt_claims"."in_flight_item_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "payments_run_item_unique" ON "payments" USING btree ("tenant_id","run_item_id");--> statement-breakpoint
-- by hand: accounts does not know payments, so that this reference stands here alone.
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_in_flight_item_id_fk" FOREIGN KEY ("tenant_id","in_flight_item_id") REFERENCES "public"."payment_run_items"("tenant_id","id");
--> statement-breakpoint
SELECT palestra_protect_tables();
