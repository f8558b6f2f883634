CREATE TABLE "bank_entries" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"import_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"direction" text NOT NULL,
	"is_booked" boolean NOT NULL,
	"amount" numeric(19, 4) NOT NULL,
	"currency" char(3) NOT NULL,
	"instructed" numeric(19, 4),
	"charges" numeric(19, 4),
	"booked_on" date,
	"bank_ref" text,
	"end_to_end_id" text,
	"reason_code" text,
	"family" text,
	"name" text,
	"account" text,
	"text" text,
	"fingerprint" "bytea" NOT NULL,
	"occurrence" integer DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"unmatched_reason" text,
	"error" text,
	"payment_id" bigint,
	"cost" numeric(19, 4),
	"rejection_reason" text,
	"note" text,
	"updated_at" timestamptz NOT NULL,
	CONSTRAINT "bank_entries_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "bank_entries_direction_known" CHECK ("bank_entries"."direction" in ('CREDIT', 'DEBIT')),
	CONSTRAINT "bank_entries_state_known" CHECK ("bank_entries"."state" in ('MATCHED', 'RETURNED', 'ALREADY_RETURNED', 'COLLECTED', 'DUPLICATE', 'UNMATCHED', 'SETTLED')),
	CONSTRAINT "bank_entries_unmatched_reason_known" CHECK ("bank_entries"."unmatched_reason" in ('UNKNOWN_COLLECTION', 'NOT_COLLECTED_YET', 'AMOUNT_DIFFERS', 'TAKEN_BACK_BEFORE', 'INCOMING', 'OUTGOING', 'ANNOUNCED', 'FAILED')),
	CONSTRAINT "bank_entries_rejection_reason_known" CHECK ("bank_entries"."rejection_reason" in ('PURCHASE_LIMIT', 'INVALID_IBAN', 'CLOSED_BANKACCOUNT', 'FRAUD', 'INSOLVENCY', 'DECEASED', 'INCOMPLETE_ADDRESS', 'INVALID_ADDRESS', 'INVALID_OR_MISSING_INFORMATION', 'CHARGED_BACK', 'ALREADY_PURCHASED', 'ALREADY_CHARGED_BACK', 'CONTESTED_CONTRACT', 'WITHDRAWN_MANDATE', 'INVALID_SEPA_MANDATE', 'IBAN_BLACKLISTED', 'TERMINATED_CONTRACT', 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE', 'AMOUNT_EXCEEDS_LIMIT', 'NON_CONTRACTUAL', 'PURCHASING_SUSPENDED', 'INSTRUCTED_BY_STUDIO', 'MISSING_LIABLE_PERSON', 'IBAN_INVALID_SINCE_LAST_PAYMENT_RUN', 'ACCOUNT_CLOSED_BEFORE_COLLECTION', 'DEBT_OVERAGED', 'DUNNING_UNSUCCESSFUL', 'AUTOMATIC_CHARGEBACK', 'STUDIO_CLOSED_DOWN', 'REPEATED_INVALID_SEPA_MANDATE', 'SETTLEMENT_AGREEMENT', 'INVALID_SEPA_CREDITOR_ID', 'INSUFFICIENT_COVERING', 'OPPOSITION', 'INVALID_BANK_INFORMATION', 'INVALID_MANDATE', 'AUTHORIZATION_DECLINED', 'INVALID_CARD', 'CARD_EXPIRED', 'REVOKED_BY_CUSTOMER', 'UNSUPPORTED_DEBT_CLAIM_TYPE', 'PURCHASESTOP_FRAUD', 'ALREADY_REJECTED', 'CONSUMPTION_CREDIT_CHARGEBACK_DEBT_CLAIM_TYPE', 'MANUALLY_REJECTED', 'MANUALLY_SET_PURCHASESTOP', 'OTHER', 'OTHER_NO_FORWARDING_TO_EXTERNAL_COLLECTION_AGENCY', 'UNKNOWN')),
	CONSTRAINT "bank_entries_amount_positive" CHECK ("bank_entries"."amount" > 0),
	CONSTRAINT "bank_entries_unmatched_says_why" CHECK (("bank_entries"."state" = 'UNMATCHED') = ("bank_entries"."unmatched_reason" is not null)),
	CONSTRAINT "bank_entries_returned_names_payment" CHECK ("bank_entries"."payment_id" is not null or "bank_entries"."state" not in ('MATCHED', 'RETURNED', 'ALREADY_RETURNED', 'COLLECTED'))
);
--> statement-breakpoint
CREATE TABLE "bank_imports" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"file_name" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"state" text NOT NULL,
	"read_to" integer DEFAULT 0 NOT NULL,
	"is_read" boolean DEFAULT false NOT NULL,
	"error" text,
	"completed_at" timestamptz,
	CONSTRAINT "bank_imports_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "bank_imports_state_known" CHECK ("bank_imports"."state" in ('READING', 'BOOKING', 'COMPLETED', 'STOPPED', 'FAILED')),
	CONSTRAINT "bank_imports_completed_at" CHECK (("bank_imports"."state" = 'COMPLETED') = ("bank_imports"."completed_at" is not null)),
	CONSTRAINT "bank_imports_failed_says_why" CHECK (("bank_imports"."state" = 'FAILED') = ("bank_imports"."error" is not null)),
	CONSTRAINT "bank_imports_booked_when_read" CHECK ("bank_imports"."is_read" or "bank_imports"."state" not in ('BOOKING', 'COMPLETED'))
);
--> statement-breakpoint
CREATE TABLE "payment_return_settings" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"fee" numeric(19, 4) DEFAULT '0' NOT NULL,
	"currency" char(3) NOT NULL,
	"retries" integer NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	CONSTRAINT "payment_return_settings_pk" PRIMARY KEY("tenant_id","studio_id"),
	CONSTRAINT "payment_return_settings_fee_positive" CHECK ("payment_return_settings"."fee" >= 0),
	CONSTRAINT "payment_return_settings_fee_digits" CHECK ("payment_return_settings"."fee" = round("payment_return_settings"."fee", palestra_currency_digits("payment_return_settings"."currency"))),
	CONSTRAINT "payment_return_settings_retries" CHECK ("payment_return_settings"."retries" between 0 and 9)
);
--> statement-breakpoint
ALTER TABLE "journal_entries" DROP CONSTRAINT "journal_entries_kind_known";--> statement-breakpoint
ALTER TABLE "bank_entries" ADD CONSTRAINT "bank_entries_import_id_fk" FOREIGN KEY ("tenant_id","import_id") REFERENCES "public"."bank_imports"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_entries" ADD CONSTRAINT "bank_entries_payment_id_fk" FOREIGN KEY ("tenant_id","payment_id") REFERENCES "public"."credit_items"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_return_settings" ADD CONSTRAINT "payment_return_settings_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bank_entries_position_unique" ON "bank_entries" USING btree ("tenant_id","import_id","position");--> statement-breakpoint
CREATE INDEX "bank_entries_fingerprint" ON "bank_entries" USING btree ("tenant_id","fingerprint","import_id");--> statement-breakpoint
CREATE INDEX "bank_entries_unmatched" ON "bank_entries" USING btree ("tenant_id","id") WHERE "bank_entries"."state" = 'UNMATCHED';--> statement-breakpoint
CREATE INDEX "bank_entries_early" ON "bank_entries" USING btree ("tenant_id","id") WHERE "bank_entries"."unmatched_reason" = 'NOT_COLLECTED_YET';--> statement-breakpoint
CREATE INDEX "bank_entries_payment" ON "bank_entries" USING btree ("tenant_id","payment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "bank_imports_file_once" ON "bank_imports" USING btree ("tenant_id","sha256");--> statement-breakpoint
CREATE INDEX "bank_imports_booking" ON "bank_imports" USING btree ("tenant_id","id") WHERE "bank_imports"."state" = 'BOOKING';--> statement-breakpoint
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_kind_known" CHECK ("journal_entries"."kind" in ('CHARGE', 'CREDIT_NOTE', 'PAYMENT', 'RETURN', 'CHARGEBACK', 'PAYMENT_CORRECTION', 'REFUND', 'WRITE_OFF', 'VOUCHER', 'TOP_UP', 'SPEND', 'PAY_OUT', 'CREDIT_CORRECTION', 'INSTALLMENT_PLAN', 'WRITE_OFF_RECOVERY', 'ASSIGN_TO_AGENCY', 'AGENCY_SETTLEMENT', 'BANK_COST'));--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
