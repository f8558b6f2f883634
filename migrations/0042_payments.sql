CREATE TABLE "payment_identities" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"studio_id" bigint NOT NULL,
	"customer_id" bigint,
	"created_at" timestamptz NOT NULL,
	CONSTRAINT "payment_identities_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "payment_requests" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"session_id" bigint NOT NULL,
	"token_sha256" "bytea" NOT NULL,
	"method" text,
	"instrument_id" bigint,
	"keep_instrument" boolean DEFAULT false NOT NULL,
	"provider_key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"authorised" boolean DEFAULT false NOT NULL,
	"state" text NOT NULL,
	"failure" text,
	"consumed_at" timestamptz,
	"voided_at" timestamptz,
	CONSTRAINT "payment_requests_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "payment_requests_method_known" CHECK ("payment_requests"."method" in ('SEPA', 'BACS', 'CH_DD', 'LSV', 'CREDIT_CARD', 'CASH', 'BANK_TRANSFER', 'PAYPAL', 'TWINT', 'IDEAL', 'BANCONTACT')),
	CONSTRAINT "payment_requests_state_known" CHECK ("payment_requests"."state" in ('CREATED', 'PENDING_AUTHENTICATION', 'AUTHENTICATED', 'PREAUTHED', 'CONSUMED', 'FAILED', 'CANCELLED')),
	CONSTRAINT "payment_requests_failure_known" CHECK ("payment_requests"."failure" in ('PURCHASE_LIMIT', 'INVALID_IBAN', 'CLOSED_BANKACCOUNT', 'FRAUD', 'INSOLVENCY', 'DECEASED', 'INCOMPLETE_ADDRESS', 'INVALID_ADDRESS', 'INVALID_OR_MISSING_INFORMATION', 'CHARGED_BACK', 'ALREADY_PURCHASED', 'ALREADY_CHARGED_BACK', 'CONTESTED_CONTRACT', 'WITHDRAWN_MANDATE', 'INVALID_SEPA_MANDATE', 'IBAN_BLACKLISTED', 'TERMINATED_CONTRACT', 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE', 'AMOUNT_EXCEEDS_LIMIT', 'NON_CONTRACTUAL', 'PURCHASING_SUSPENDED', 'INSTRUCTED_BY_STUDIO', 'MISSING_LIABLE_PERSON', 'IBAN_INVALID_SINCE_LAST_PAYMENT_RUN', 'ACCOUNT_CLOSED_BEFORE_COLLECTION', 'DEBT_OVERAGED', 'DUNNING_UNSUCCESSFUL', 'AUTOMATIC_CHARGEBACK', 'STUDIO_CLOSED_DOWN', 'REPEATED_INVALID_SEPA_MANDATE', 'SETTLEMENT_AGREEMENT', 'INVALID_SEPA_CREDITOR_ID', 'INSUFFICIENT_COVERING', 'OPPOSITION', 'INVALID_BANK_INFORMATION', 'INVALID_MANDATE', 'AUTHORIZATION_DECLINED', 'INVALID_CARD', 'CARD_EXPIRED', 'REVOKED_BY_CUSTOMER', 'UNSUPPORTED_DEBT_CLAIM_TYPE', 'PURCHASESTOP_FRAUD', 'ALREADY_REJECTED', 'CONSUMPTION_CREDIT_CHARGEBACK_DEBT_CLAIM_TYPE', 'MANUALLY_REJECTED', 'MANUALLY_SET_PURCHASESTOP', 'OTHER', 'OTHER_NO_FORWARDING_TO_EXTERNAL_COLLECTION_AGENCY', 'UNKNOWN')),
	CONSTRAINT "payment_requests_consumed_at" CHECK (("payment_requests"."state" = 'CONSUMED') = ("payment_requests"."consumed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "payment_sessions" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"token_sha256" "bytea" NOT NULL,
	"studio_id" bigint NOT NULL,
	"identity" uuid NOT NULL,
	"customer_id" bigint,
	"activation_id" bigint,
	"scope" text NOT NULL,
	"amount" numeric(19, 4) NOT NULL,
	"currency" char(3) NOT NULL,
	"methods" text[] NOT NULL,
	"reference_text" text NOT NULL,
	"require_signature" boolean NOT NULL,
	"show_existing" boolean NOT NULL,
	"valid_until" timestamptz NOT NULL,
	"state" text NOT NULL,
	"failed_attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "payment_sessions_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "payment_sessions_scope_known" CHECK ("payment_sessions"."scope" in ('MEMBER_ACCOUNT', 'ECOM')),
	CONSTRAINT "payment_sessions_state_known" CHECK ("payment_sessions"."state" in ('OPEN', 'CONSUMED', 'EXPIRED', 'LOCKED')),
	CONSTRAINT "payment_sessions_amount" CHECK ("payment_sessions"."amount" between 0 and 99999.99)
);
--> statement-breakpoint
CREATE TABLE "payment_settings" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"member_methods" text[] NOT NULL,
	"ecom_methods" text[] NOT NULL,
	"session_minutes" integer DEFAULT 60 NOT NULL,
	"allowed_origins" text[] DEFAULT '{}' NOT NULL,
	"mandate_text" text,
	"creditor_id" text,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	CONSTRAINT "payment_settings_pk" PRIMARY KEY("tenant_id","studio_id"),
	CONSTRAINT "payment_settings_session_length" CHECK ("payment_settings"."session_minutes" between 5 and 1440)
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"customer_id" bigint NOT NULL,
	"amount" numeric(19, 4) NOT NULL,
	"currency" char(3) NOT NULL,
	"state" text NOT NULL,
	"instrument_id" bigint,
	"provider_key" uuid NOT NULL,
	"payment_request_id" bigint,
	"rejection_reason" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamptz,
	CONSTRAINT "payments_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "payments_state_known" CHECK ("payments"."state" in ('PENDING', 'SETTLED', 'FAILED', 'REVERSED')),
	CONSTRAINT "payments_rejection_reason_known" CHECK ("payments"."rejection_reason" in ('PURCHASE_LIMIT', 'INVALID_IBAN', 'CLOSED_BANKACCOUNT', 'FRAUD', 'INSOLVENCY', 'DECEASED', 'INCOMPLETE_ADDRESS', 'INVALID_ADDRESS', 'INVALID_OR_MISSING_INFORMATION', 'CHARGED_BACK', 'ALREADY_PURCHASED', 'ALREADY_CHARGED_BACK', 'CONTESTED_CONTRACT', 'WITHDRAWN_MANDATE', 'INVALID_SEPA_MANDATE', 'IBAN_BLACKLISTED', 'TERMINATED_CONTRACT', 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE', 'AMOUNT_EXCEEDS_LIMIT', 'NON_CONTRACTUAL', 'PURCHASING_SUSPENDED', 'INSTRUCTED_BY_STUDIO', 'MISSING_LIABLE_PERSON', 'IBAN_INVALID_SINCE_LAST_PAYMENT_RUN', 'ACCOUNT_CLOSED_BEFORE_COLLECTION', 'DEBT_OVERAGED', 'DUNNING_UNSUCCESSFUL', 'AUTOMATIC_CHARGEBACK', 'STUDIO_CLOSED_DOWN', 'REPEATED_INVALID_SEPA_MANDATE', 'SETTLEMENT_AGREEMENT', 'INVALID_SEPA_CREDITOR_ID', 'INSUFFICIENT_COVERING', 'OPPOSITION', 'INVALID_BANK_INFORMATION', 'INVALID_MANDATE', 'AUTHORIZATION_DECLINED', 'INVALID_CARD', 'CARD_EXPIRED', 'REVOKED_BY_CUSTOMER', 'UNSUPPORTED_DEBT_CLAIM_TYPE', 'PURCHASESTOP_FRAUD', 'ALREADY_REJECTED', 'CONSUMPTION_CREDIT_CHARGEBACK_DEBT_CLAIM_TYPE', 'MANUALLY_REJECTED', 'MANUALLY_SET_PURCHASESTOP', 'OTHER', 'OTHER_NO_FORWARDING_TO_EXTERNAL_COLLECTION_AGENCY', 'UNKNOWN')),
	CONSTRAINT "payments_pending_has_attempt" CHECK (("payments"."state" = 'PENDING') = ("payments"."next_attempt_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "sandbox_charges" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"key" uuid NOT NULL,
	"behaviour" text NOT NULL,
	"amount" numeric(19, 4) NOT NULL,
	"currency" char(3) NOT NULL,
	"state" text NOT NULL,
	"action_key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"captured_at" timestamptz,
	CONSTRAINT "sandbox_charges_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "sandbox_charges_behaviour_known" CHECK ("sandbox_charges"."behaviour" in ('APPROVES', 'DECLINES', 'HAS_NO_FUNDS', 'CHALLENGES', 'FAILS_LATER', 'DISPUTED', 'CAPTURES_SLOWLY')),
	CONSTRAINT "sandbox_charges_state_known" CHECK ("sandbox_charges"."state" in ('ACTION_REQUIRED', 'AUTHORISED', 'DECLINED', 'CAPTURED', 'VOIDED', 'DISPUTED'))
);
--> statement-breakpoint
ALTER TABLE "payment_instruments" DROP CONSTRAINT "payment_instruments_state_known";--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "latest_rejection_reason" text;--> statement-breakpoint
ALTER TABLE "payment_instruments" ADD COLUMN "provider_ref" text;--> statement-breakpoint
ALTER TABLE "payment_identities" ADD CONSTRAINT "payment_identities_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_identities" ADD CONSTRAINT "payment_identities_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_requests" ADD CONSTRAINT "payment_requests_session_id_fk" FOREIGN KEY ("tenant_id","session_id") REFERENCES "public"."payment_sessions"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_requests" ADD CONSTRAINT "payment_requests_instrument_id_fk" FOREIGN KEY ("tenant_id","instrument_id") REFERENCES "public"."payment_instruments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_sessions" ADD CONSTRAINT "payment_sessions_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_sessions" ADD CONSTRAINT "payment_sessions_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_sessions" ADD CONSTRAINT "payment_sessions_activation_id_fk" FOREIGN KEY ("tenant_id","activation_id") REFERENCES "public"."activations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_sessions" ADD CONSTRAINT "payment_sessions_identity_fk" FOREIGN KEY ("tenant_id","identity") REFERENCES "public"."payment_identities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_settings" ADD CONSTRAINT "payment_settings_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_id_fk" FOREIGN KEY ("tenant_id","id") REFERENCES "public"."credit_items"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_instrument_id_fk" FOREIGN KEY ("tenant_id","instrument_id") REFERENCES "public"."payment_instruments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_payment_request_id_fk" FOREIGN KEY ("tenant_id","payment_request_id") REFERENCES "public"."payment_requests"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_identities_customer_unique" ON "payment_identities" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_requests_token_unique" ON "payment_requests" USING btree ("tenant_id","token_sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_requests_provider_key_unique" ON "payment_requests" USING btree ("tenant_id","provider_key");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_requests_one_consumed" ON "payment_requests" USING btree ("tenant_id","session_id") WHERE "payment_requests"."state" = 'CONSUMED';--> statement-breakpoint
CREATE INDEX "payment_requests_session" ON "payment_requests" USING btree ("tenant_id","session_id");--> statement-breakpoint
CREATE INDEX "payment_requests_to_void" ON "payment_requests" USING btree ("tenant_id","id") WHERE "payment_requests"."state" = 'CANCELLED' and "payment_requests"."voided_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_sessions_token_unique" ON "payment_sessions" USING btree ("token_sha256");--> statement-breakpoint
CREATE INDEX "payment_sessions_open" ON "payment_sessions" USING btree ("tenant_id","valid_until") WHERE "payment_sessions"."state" in ('OPEN', 'LOCKED');--> statement-breakpoint
CREATE INDEX "payment_sessions_identity" ON "payment_sessions" USING btree ("tenant_id","identity");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_request_unique" ON "payments" USING btree ("tenant_id","payment_request_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_provider_key_unique" ON "payments" USING btree ("tenant_id","provider_key");--> statement-breakpoint
CREATE INDEX "payments_customer" ON "payments" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "payments_pending" ON "payments" USING btree ("tenant_id","next_attempt_at") WHERE "payments"."state" = 'PENDING';--> statement-breakpoint
CREATE UNIQUE INDEX "sandbox_charges_key_unique" ON "sandbox_charges" USING btree ("tenant_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "sandbox_charges_action_key_unique" ON "sandbox_charges" USING btree ("action_key");--> statement-breakpoint
CREATE INDEX "sandbox_charges_disputed" ON "sandbox_charges" USING btree ("tenant_id","captured_at") WHERE "sandbox_charges"."behaviour" = 'DISPUTED' and "sandbox_charges"."state" = 'CAPTURED';--> statement-breakpoint
ALTER TABLE "payment_instruments" ADD CONSTRAINT "payment_instruments_identity_fk" FOREIGN KEY ("tenant_id","identity") REFERENCES "public"."payment_identities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_instruments_identity" ON "payment_instruments" USING btree ("tenant_id","identity");--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_latest_rejection_reason_known" CHECK ("debt_claims"."latest_rejection_reason" in ('PURCHASE_LIMIT', 'INVALID_IBAN', 'CLOSED_BANKACCOUNT', 'FRAUD', 'INSOLVENCY', 'DECEASED', 'INCOMPLETE_ADDRESS', 'INVALID_ADDRESS', 'INVALID_OR_MISSING_INFORMATION', 'CHARGED_BACK', 'ALREADY_PURCHASED', 'ALREADY_CHARGED_BACK', 'CONTESTED_CONTRACT', 'WITHDRAWN_MANDATE', 'INVALID_SEPA_MANDATE', 'IBAN_BLACKLISTED', 'TERMINATED_CONTRACT', 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE', 'AMOUNT_EXCEEDS_LIMIT', 'NON_CONTRACTUAL', 'PURCHASING_SUSPENDED', 'INSTRUCTED_BY_STUDIO', 'MISSING_LIABLE_PERSON', 'IBAN_INVALID_SINCE_LAST_PAYMENT_RUN', 'ACCOUNT_CLOSED_BEFORE_COLLECTION', 'DEBT_OVERAGED', 'DUNNING_UNSUCCESSFUL', 'AUTOMATIC_CHARGEBACK', 'STUDIO_CLOSED_DOWN', 'REPEATED_INVALID_SEPA_MANDATE', 'SETTLEMENT_AGREEMENT', 'INVALID_SEPA_CREDITOR_ID', 'INSUFFICIENT_COVERING', 'OPPOSITION', 'INVALID_BANK_INFORMATION', 'INVALID_MANDATE', 'AUTHORIZATION_DECLINED', 'INVALID_CARD', 'CARD_EXPIRED', 'REVOKED_BY_CUSTOMER', 'UNSUPPORTED_DEBT_CLAIM_TYPE', 'PURCHASESTOP_FRAUD', 'ALREADY_REJECTED', 'CONSUMPTION_CREDIT_CHARGEBACK_DEBT_CLAIM_TYPE', 'MANUALLY_REJECTED', 'MANUALLY_SET_PURCHASESTOP', 'OTHER', 'OTHER_NO_FORWARDING_TO_EXTERNAL_COLLECTION_AGENCY', 'UNKNOWN'));--> statement-breakpoint
ALTER TABLE "payment_instruments" ADD CONSTRAINT "payment_instruments_state_known" CHECK ("payment_instruments"."state" in ('DRAFT', 'ACTIVE', 'REPLACED', 'INVALID', 'EXPIRED'));--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
--> statement-breakpoint
SELECT palestra_open_for_lookup('payment_sessions'::regclass);
--> statement-breakpoint
SELECT palestra_open_for_lookup('payment_settings'::regclass);
--> statement-breakpoint
SELECT palestra_open_for_lookup('sandbox_charges'::regclass);
--> statement-breakpoint
-- What the payment gateway needs to know of a session before its tenant is known; judging it is the application's business.
create or replace function palestra_find_payment_session(wanted_hash bytea) RETURNS TABLE (
  session_id bigint, tenant_id bigint, tenant_status text, default_language text, language_tag text, time_zone text,
  allowed_origins text[]
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.id, t.id, t.status, t.default_language, s.language_tag, s.time_zone, coalesce(o.allowed_origins, '{}')
  FROM payment_sessions p
  JOIN studios s ON s.tenant_id = p.tenant_id AND s.id = p.studio_id
  JOIN tenants t ON t.tenant_id = p.tenant_id AND t.id = p.tenant_id
  LEFT JOIN payment_settings o ON o.tenant_id = p.tenant_id AND o.studio_id = p.studio_id
  WHERE p.token_sha256 = wanted_hash
$$;
--> statement-breakpoint
select palestra_own_lookup('palestra_find_payment_session(bytea)'::regprocedure);
--> statement-breakpoint
-- Whose charge waits behind the page on which a payer approves it.
create or replace function palestra_find_sandbox_action(wanted uuid) RETURNS TABLE (tenant_id bigint, charge_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.tenant_id, c.id FROM sandbox_charges c WHERE c.action_key = wanted
$$;
--> statement-breakpoint
select palestra_own_lookup('palestra_find_sandbox_action(uuid)'::regprocedure);
