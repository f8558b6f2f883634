CREATE TABLE "billing_run_items" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"run_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"retry_at" timestamptz,
	CONSTRAINT "billing_run_items_pk" PRIMARY KEY("tenant_id","run_id","customer_id"),
	CONSTRAINT "billing_run_items_state_known" CHECK ("billing_run_items"."state" in ('PENDING', 'DONE', 'FAILED')),
	CONSTRAINT "billing_run_items_failed_says_why" CHECK (("billing_run_items"."state" = 'FAILED') = ("billing_run_items"."error" is not null)),
	CONSTRAINT "billing_run_items_retry_of_failed" CHECK ("billing_run_items"."retry_at" is null or "billing_run_items"."state" = 'FAILED')
);
--> statement-breakpoint
CREATE TABLE "billing_runs" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"run_date" date NOT NULL,
	"state" text NOT NULL,
	"gathered_to" bigint DEFAULT 0 NOT NULL,
	"is_gathered" boolean DEFAULT false NOT NULL,
	"completed_at" timestamptz,
	CONSTRAINT "billing_runs_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "billing_runs_state_known" CHECK ("billing_runs"."state" in ('RUNNING', 'STOPPED', 'COMPLETED')),
	CONSTRAINT "billing_runs_completed" CHECK (("billing_runs"."state" = 'COMPLETED') = ("billing_runs"."completed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "dunning_levels" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"no" integer NOT NULL,
	"name" text NOT NULL,
	"days_overdue" integer NOT NULL,
	"min_days_since_previous" integer DEFAULT 1 NOT NULL,
	"min_open" numeric(19, 4) DEFAULT '0' NOT NULL,
	"fee" numeric(19, 4) DEFAULT '0' NOT NULL,
	"currency" char(3) NOT NULL,
	"restrict_access" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "dunning_levels_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "dunning_levels_no_counted" CHECK ("dunning_levels"."no" between 1 and 9),
	CONSTRAINT "dunning_levels_days_counted" CHECK ("dunning_levels"."days_overdue" >= 1 and "dunning_levels"."min_days_since_previous" >= 1),
	CONSTRAINT "dunning_levels_amounts_positive" CHECK ("dunning_levels"."min_open" >= 0 and "dunning_levels"."fee" >= 0)
);
--> statement-breakpoint
CREATE TABLE "dunning_notices" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"customer_id" bigint NOT NULL,
	"entity_id" bigint NOT NULL,
	"level_id" bigint NOT NULL,
	"cycle" integer NOT NULL,
	"dunned_on" date NOT NULL,
	"overdue_amount" numeric(19, 4) NOT NULL,
	"currency" char(3) NOT NULL,
	"fee_claim_id" bigint,
	CONSTRAINT "dunning_notices_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "tax_export_settings" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"csv_profile" text NOT NULL,
	CONSTRAINT "tax_export_settings_pk" PRIMARY KEY("tenant_id","studio_id"),
	CONSTRAINT "tax_export_settings_csv_profile_known" CHECK ("tax_export_settings"."csv_profile" in ('PLAIN', 'DATEV_EXTF'))
);
--> statement-breakpoint
CREATE TABLE "tax_exports" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"format" text NOT NULL,
	"file_format" text NOT NULL,
	"locale" text,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_token" uuid,
	"lease_until" timestamptz,
	"file_id" bigint,
	"sha256" "bytea",
	"rows" integer,
	"integration_id" bigint,
	"error" text,
	CONSTRAINT "tax_exports_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tax_exports_format_known" CHECK ("tax_exports"."format" in ('SINGLE', 'AGGREGATED')),
	CONSTRAINT "tax_exports_file_format_known" CHECK ("tax_exports"."file_format" in ('JSON', 'CSV', 'XLSX')),
	CONSTRAINT "tax_exports_locale_known" CHECK ("tax_exports"."locale" in ('ENGLISH', 'GERMAN')),
	CONSTRAINT "tax_exports_state_known" CHECK ("tax_exports"."state" in ('CREATED', 'RUNNING', 'READY', 'FAILED')),
	CONSTRAINT "tax_exports_days_ordered" CHECK ("tax_exports"."from_date" <= "tax_exports"."to_date"),
	CONSTRAINT "tax_exports_ready_has_file" CHECK (("tax_exports"."state" = 'READY') = (num_nonnulls("tax_exports"."sha256", "tax_exports"."rows") = 2)),
	CONSTRAINT "tax_exports_running_leased" CHECK (("tax_exports"."state" = 'RUNNING') = (num_nonnulls("tax_exports"."lease_token", "tax_exports"."lease_until") = 2)),
	CONSTRAINT "tax_exports_failed_says_why" CHECK (("tax_exports"."state" = 'FAILED') = ("tax_exports"."error" is not null))
);
--> statement-breakpoint
CREATE TABLE "contract_signatures" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"contract_id" bigint NOT NULL,
	"text_block_id" bigint,
	"drawing" "bytea" NOT NULL,
	"signed_at" timestamptz NOT NULL,
	CONSTRAINT "contract_signatures_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "contract_text_consents" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"contract_id" bigint NOT NULL,
	"text_block_id" bigint NOT NULL,
	"text_hash" "bytea" NOT NULL,
	"confirmed_at" timestamptz NOT NULL,
	CONSTRAINT "contract_text_consents_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
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
CREATE TABLE "cancelation_reasons" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"name" text NOT NULL,
	"visible_online" boolean DEFAULT true NOT NULL,
	"system_kind" text,
	"position" integer NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "cancelation_reasons_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "cancelation_reasons_system_kind_known" CHECK ("cancelation_reasons"."system_kind" in ('SWITCH', 'DUNNING')),
	CONSTRAINT "cancelation_reasons_system_hidden" CHECK ("cancelation_reasons"."system_kind" is null or not "cancelation_reasons"."visible_online")
);
--> statement-breakpoint
CREATE TABLE "membership_switch_configs" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"name" text NOT NULL,
	"banner_text" text,
	"image_key" bigint,
	"start_rule" text DEFAULT 'ANY_DAY' NOT NULL,
	"term_handling" text DEFAULT 'RESTART' NOT NULL,
	"charge_starter_package" boolean DEFAULT false NOT NULL,
	"carry_additional_modules" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "membership_switch_configs_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "membership_switch_configs_start_rule_known" CHECK ("membership_switch_configs"."start_rule" in ('ANY_DAY', 'NEXT_BILLING_PERIOD', 'NEXT_TERM')),
	CONSTRAINT "membership_switch_configs_term_handling_known" CHECK ("membership_switch_configs"."term_handling" in ('RESTART', 'KEEP_MIN_END'))
);
--> statement-breakpoint
CREATE TABLE "membership_switch_destinations" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"config_id" bigint NOT NULL,
	"offer_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "membership_switch_destinations_pk" PRIMARY KEY("tenant_id","config_id","offer_id")
);
--> statement-breakpoint
CREATE TABLE "membership_switch_sources" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"config_id" bigint NOT NULL,
	"rate_id" bigint NOT NULL,
	CONSTRAINT "membership_switch_sources_pk" PRIMARY KEY("tenant_id","config_id","rate_id")
);
--> statement-breakpoint
CREATE TABLE "membership_switch_studios" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"config_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	CONSTRAINT "membership_switch_studios_pk" PRIMARY KEY("tenant_id","config_id","studio_id")
);
--> statement-breakpoint
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
ALTER TABLE "credit_items" DROP CONSTRAINT "credit_items_kind_known";--> statement-breakpoint
ALTER TABLE "journal_entries" DROP CONSTRAINT "journal_entries_kind_known";--> statement-breakpoint
ALTER TABLE "payment_instruments" DROP CONSTRAINT "payment_instruments_state_known";--> statement-breakpoint
ALTER TABLE "customer_accounts" ADD COLUMN "dunning_cycle" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "customer_accounts" ADD COLUMN "dunned_on" date;--> statement-breakpoint
ALTER TABLE "customer_accounts" ADD COLUMN "collection_stage" text;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "latest_rejection_reason" text;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "dunning_clock_from" date;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "payer" text DEFAULT 'MEMBER' NOT NULL;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "company_id" bigint;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "contract_id" bigint;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "component" text;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "component_id" bigint;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "period_from" date;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "seq" integer;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "mandatory_on_signing" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "legal_form" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "vat_number" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "deducts_input_tax" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "account_holder" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "iban" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "bic" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "bank_name" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "datev_consultant" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "datev_client" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "datev_account_length" integer DEFAULT 4 NOT NULL;--> statement-breakpoint
ALTER TABLE "tax_codes" ADD COLUMN "tax_key" text;--> statement-breakpoint
ALTER TABLE "contract_cancelations" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "end_is_final" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "next_change_on" date;--> statement-breakpoint
ALTER TABLE "sub_contracts" ADD COLUMN "end_is_final" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "absent_values" text DEFAULT 'OMIT' NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_instruments" ADD COLUMN "provider_ref" text;--> statement-breakpoint
ALTER TABLE "deployment" ADD COLUMN "unnamed_proxy" text;--> statement-breakpoint
ALTER TABLE "billing_run_items" ADD CONSTRAINT "billing_run_items_run_id_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."billing_runs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_run_items" ADD CONSTRAINT "billing_run_items_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_runs" ADD CONSTRAINT "billing_runs_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_levels" ADD CONSTRAINT "dunning_levels_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_notices" ADD CONSTRAINT "dunning_notices_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_notices" ADD CONSTRAINT "dunning_notices_entity_id_fk" FOREIGN KEY ("tenant_id","entity_id") REFERENCES "public"."legal_entities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_notices" ADD CONSTRAINT "dunning_notices_level_id_fk" FOREIGN KEY ("tenant_id","level_id") REFERENCES "public"."dunning_levels"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_notices" ADD CONSTRAINT "dunning_notices_fee_claim_id_fk" FOREIGN KEY ("tenant_id","fee_claim_id") REFERENCES "public"."debt_claims"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tax_export_settings" ADD CONSTRAINT "tax_export_settings_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tax_exports" ADD CONSTRAINT "tax_exports_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tax_exports" ADD CONSTRAINT "tax_exports_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_signatures" ADD CONSTRAINT "contract_signatures_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_signatures" ADD CONSTRAINT "contract_signatures_text_block_id_fk" FOREIGN KEY ("tenant_id","text_block_id") REFERENCES "public"."text_blocks"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_text_consents" ADD CONSTRAINT "contract_text_consents_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_text_consents" ADD CONSTRAINT "contract_text_consents_text_block_id_fk" FOREIGN KEY ("tenant_id","text_block_id") REFERENCES "public"."text_blocks"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
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
ALTER TABLE "cancelation_reasons" ADD CONSTRAINT "cancelation_reasons_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_configs" ADD CONSTRAINT "membership_switch_configs_image_key_fk" FOREIGN KEY ("tenant_id","image_key") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_destinations" ADD CONSTRAINT "membership_switch_destinations_config_id_fk" FOREIGN KEY ("tenant_id","config_id") REFERENCES "public"."membership_switch_configs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_destinations" ADD CONSTRAINT "membership_switch_destinations_offer_id_fk" FOREIGN KEY ("tenant_id","offer_id") REFERENCES "public"."membership_offers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_sources" ADD CONSTRAINT "membership_switch_sources_config_id_fk" FOREIGN KEY ("tenant_id","config_id") REFERENCES "public"."membership_switch_configs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_sources" ADD CONSTRAINT "membership_switch_sources_rate_id_fk" FOREIGN KEY ("tenant_id","rate_id") REFERENCES "public"."rates"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_studios" ADD CONSTRAINT "membership_switch_studios_config_id_fk" FOREIGN KEY ("tenant_id","config_id") REFERENCES "public"."membership_switch_configs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_studios" ADD CONSTRAINT "membership_switch_studios_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
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
CREATE INDEX "billing_run_items_pending" ON "billing_run_items" USING btree ("tenant_id","run_id","customer_id") WHERE "billing_run_items"."state" = 'PENDING';--> statement-breakpoint
CREATE INDEX "billing_run_items_retried" ON "billing_run_items" USING btree ("tenant_id","retry_at") WHERE "billing_run_items"."state" = 'FAILED';--> statement-breakpoint
CREATE INDEX "billing_run_items_customer" ON "billing_run_items" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "billing_runs_once_a_day" ON "billing_runs" USING btree ("tenant_id","studio_id","run_date");--> statement-breakpoint
CREATE INDEX "billing_runs_open" ON "billing_runs" USING btree ("tenant_id","id") WHERE "billing_runs"."state" <> 'COMPLETED';--> statement-breakpoint
CREATE UNIQUE INDEX "dunning_levels_no_unique" ON "dunning_levels" USING btree ("tenant_id","studio_id","no");--> statement-breakpoint
CREATE UNIQUE INDEX "dunning_notices_once_a_cycle" ON "dunning_notices" USING btree ("tenant_id","customer_id","entity_id","level_id","cycle");--> statement-breakpoint
CREATE INDEX "dunning_notices_level" ON "dunning_notices" USING btree ("tenant_id","level_id");--> statement-breakpoint
CREATE INDEX "tax_exports_studio" ON "tax_exports" USING btree ("tenant_id","studio_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "tax_exports_one_running" ON "tax_exports" USING btree ("tenant_id","studio_id") WHERE "tax_exports"."state" = 'RUNNING';--> statement-breakpoint
CREATE INDEX "tax_exports_waiting" ON "tax_exports" USING btree ("tenant_id","id") WHERE "tax_exports"."state" in ('CREATED', 'RUNNING');--> statement-breakpoint
CREATE UNIQUE INDEX "contract_signatures_once" ON "contract_signatures" USING btree ("tenant_id","contract_id","text_block_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contract_signatures_main_once" ON "contract_signatures" USING btree ("tenant_id","contract_id") WHERE "contract_signatures"."text_block_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "contract_text_consents_once" ON "contract_text_consents" USING btree ("tenant_id","contract_id","text_block_id");--> statement-breakpoint
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
CREATE INDEX "cancelation_reasons_studio" ON "cancelation_reasons" USING btree ("tenant_id","studio_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "cancelation_reasons_system_once" ON "cancelation_reasons" USING btree ("tenant_id","studio_id","system_kind") WHERE "cancelation_reasons"."system_kind" is not null;--> statement-breakpoint
CREATE INDEX "membership_switch_studios_studio" ON "membership_switch_studios" USING btree ("tenant_id","studio_id");--> statement-breakpoint
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
ALTER TABLE "customer_accounts" ADD CONSTRAINT "customer_accounts_dunning_level_id_fk" FOREIGN KEY ("tenant_id","dunning_level_id") REFERENCES "public"."dunning_levels"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_cancelations" ADD CONSTRAINT "contract_cancelations_reason_id_fk" FOREIGN KEY ("tenant_id","reason_id") REFERENCES "public"."cancelation_reasons"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "online_offer_purchases" ADD CONSTRAINT "online_offer_purchases_payment_id_fk" FOREIGN KEY ("tenant_id","payment_id") REFERENCES "public"."payments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_instruments" ADD CONSTRAINT "payment_instruments_identity_fk" FOREIGN KEY ("tenant_id","identity") REFERENCES "public"."payment_identities"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "debt_claims_line_unique" ON "debt_claims" USING btree ("tenant_id","contract_id","component","component_id","period_from","seq","payer") WHERE "debt_claims"."contract_id" is not null;--> statement-breakpoint
CREATE INDEX "contracts_next_change" ON "contracts" USING btree ("tenant_id","studio_id","next_change_on") WHERE "contracts"."next_change_on" is not null;--> statement-breakpoint
CREATE INDEX "payment_instruments_identity" ON "payment_instruments" USING btree ("tenant_id","identity");--> statement-breakpoint
ALTER TABLE "credit_items" ADD CONSTRAINT "credit_items_kind_known" CHECK ("credit_items"."kind" in ('PAYMENT', 'VOUCHER', 'WRITE_OFF', 'INSTALLMENT_TRANSFER', 'REFUND', 'ASSIGNMENT'));--> statement-breakpoint
ALTER TABLE "customer_accounts" ADD CONSTRAINT "customer_accounts_dunned_with_level" CHECK (("customer_accounts"."dunning_level_id" is null) = ("customer_accounts"."dunned_on" is null));--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_latest_rejection_reason_known" CHECK ("debt_claims"."latest_rejection_reason" in ('PURCHASE_LIMIT', 'INVALID_IBAN', 'CLOSED_BANKACCOUNT', 'FRAUD', 'INSOLVENCY', 'DECEASED', 'INCOMPLETE_ADDRESS', 'INVALID_ADDRESS', 'INVALID_OR_MISSING_INFORMATION', 'CHARGED_BACK', 'ALREADY_PURCHASED', 'ALREADY_CHARGED_BACK', 'CONTESTED_CONTRACT', 'WITHDRAWN_MANDATE', 'INVALID_SEPA_MANDATE', 'IBAN_BLACKLISTED', 'TERMINATED_CONTRACT', 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE', 'AMOUNT_EXCEEDS_LIMIT', 'NON_CONTRACTUAL', 'PURCHASING_SUSPENDED', 'INSTRUCTED_BY_STUDIO', 'MISSING_LIABLE_PERSON', 'IBAN_INVALID_SINCE_LAST_PAYMENT_RUN', 'ACCOUNT_CLOSED_BEFORE_COLLECTION', 'DEBT_OVERAGED', 'DUNNING_UNSUCCESSFUL', 'AUTOMATIC_CHARGEBACK', 'STUDIO_CLOSED_DOWN', 'REPEATED_INVALID_SEPA_MANDATE', 'SETTLEMENT_AGREEMENT', 'INVALID_SEPA_CREDITOR_ID', 'INSUFFICIENT_COVERING', 'OPPOSITION', 'INVALID_BANK_INFORMATION', 'INVALID_MANDATE', 'AUTHORIZATION_DECLINED', 'INVALID_CARD', 'CARD_EXPIRED', 'REVOKED_BY_CUSTOMER', 'UNSUPPORTED_DEBT_CLAIM_TYPE', 'PURCHASESTOP_FRAUD', 'ALREADY_REJECTED', 'CONSUMPTION_CREDIT_CHARGEBACK_DEBT_CLAIM_TYPE', 'MANUALLY_REJECTED', 'MANUALLY_SET_PURCHASESTOP', 'OTHER', 'OTHER_NO_FORWARDING_TO_EXTERNAL_COLLECTION_AGENCY', 'UNKNOWN'));--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_payer_known" CHECK ("debt_claims"."payer" in ('MEMBER', 'COMPANY'));--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_component_known" CHECK ("debt_claims"."component" in ('RATE', 'PRE_USE', 'FLAT_FEE', 'MODULE', 'IDLE_PERIOD'));--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_line_whole" CHECK (num_nonnulls("debt_claims"."contract_id", "debt_claims"."component", "debt_claims"."component_id", "debt_claims"."period_from", "debt_claims"."seq") in (0, 5));--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_company_named" CHECK (("debt_claims"."payer" = 'COMPANY') = ("debt_claims"."company_id" is not null));--> statement-breakpoint
ALTER TABLE "journal_entries" ADD CONSTRAINT "journal_entries_kind_known" CHECK ("journal_entries"."kind" in ('CHARGE', 'CREDIT_NOTE', 'PAYMENT', 'RETURN', 'CHARGEBACK', 'PAYMENT_CORRECTION', 'REFUND', 'WRITE_OFF', 'VOUCHER', 'TOP_UP', 'SPEND', 'PAY_OUT', 'CREDIT_CORRECTION', 'INSTALLMENT_PLAN', 'WRITE_OFF_RECOVERY', 'ASSIGN_TO_AGENCY', 'AGENCY_SETTLEMENT'));--> statement-breakpoint
ALTER TABLE "legal_entities" ADD CONSTRAINT "legal_entities_datev_consultant_form" CHECK ("legal_entities"."datev_consultant" ~ '^[1-9][0-9]{3,6}$');--> statement-breakpoint
ALTER TABLE "legal_entities" ADD CONSTRAINT "legal_entities_datev_client_form" CHECK ("legal_entities"."datev_client" ~ '^[1-9][0-9]{0,4}$');--> statement-breakpoint
ALTER TABLE "legal_entities" ADD CONSTRAINT "legal_entities_datev_account_length" CHECK ("legal_entities"."datev_account_length" between 4 and 8);--> statement-breakpoint
ALTER TABLE "tax_codes" ADD CONSTRAINT "tax_codes_key_form" CHECK ("tax_codes"."tax_key" ~ '^[0-9]{1,4}$');--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_absent_values_known" CHECK ("integrations"."absent_values" in ('OMIT', 'NULL'));--> statement-breakpoint
ALTER TABLE "payment_instruments" ADD CONSTRAINT "payment_instruments_state_known" CHECK ("payment_instruments"."state" in ('DRAFT', 'ACTIVE', 'REPLACED', 'INVALID', 'EXPIRED'));
--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
--> statement-breakpoint
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
--> statement-breakpoint
-- by hand
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id");
--> statement-breakpoint
ALTER TABLE "debt_claims" ADD CONSTRAINT "debt_claims_company_id_fk" FOREIGN KEY ("tenant_id","company_id") REFERENCES "public"."companies"("tenant_id","id");
--> statement-breakpoint
ALTER TABLE "membership_voucher_redemptions" ADD CONSTRAINT "membership_voucher_redemptions_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id");
--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_offer_term_id_fk" FOREIGN KEY ("tenant_id","offer_term_id") REFERENCES "public"."membership_offer_terms"("tenant_id","id");
--> statement-breakpoint
create or replace function palestra_last_day(canceled_to date, snapshot jsonb, committed_end date) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT coalesce(canceled_to, CASE WHEN snapshot ->> 'extensionType' IN ('TERM_EXTENSION', 'SUBSEQUENT_RATE_DETAIL') THEN NULL
    ELSE committed_end END)
$$;
--> statement-breakpoint
create or replace function palestra_contract_standings(c customers) RETURNS json
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT json_agg(json_build_object('contractId', k.id, 'startOn', k.start_date, 'from', coalesce(k.pre_use_date, k.start_date),
      'lastDay', palestra_last_day(
        (SELECT n.to_date FROM contract_cancelations n WHERE n.tenant_id = k.tenant_id AND n.contract_id = k.id
          AND n.state IN ('EFFECTIVE', 'WITHDRAWAL_PENDING')),
        CASE WHEN NOT k.end_is_final THEN k.snapshot END, k.committed_end),
      'phases', (SELECT json_agg(json_build_object('from', p.from_date, 'rateId', p.rate_id,
          'checkinLimit', p.snapshot -> 'checkinLimit',
          'allowedTimes', CASE WHEN p.snapshot ->> 'openingHourCategoryId' IS NOT NULL THEN coalesce(
            (SELECT json_agg(json_build_object('day', t.day, 'from', t.time_from, 'until', t.time_to) ORDER BY t.id)
              FROM opening_hour_category_times t
              WHERE t.tenant_id = p.tenant_id AND t.category_id = (p.snapshot ->> 'openingHourCategoryId')::bigint), '[]') END)
          ORDER BY p.seq)
        FROM contract_phases p WHERE p.tenant_id = k.tenant_id AND p.contract_id = k.id),
      'modules', (SELECT json_agg(json_build_object('moduleId', s.module_id, 'from', s.start_date, 'lastDay', palestra_last_day(
          (SELECT n.to_date FROM contract_cancelations n WHERE n.tenant_id = s.tenant_id AND n.sub_contract_id = s.id
            AND n.state IN ('EFFECTIVE', 'WITHDRAWAL_PENDING')),
          CASE WHEN NOT s.end_is_final THEN s.snapshot END, s.committed_end)) ORDER BY s.id)
        FROM sub_contracts s
        WHERE s.tenant_id = k.tenant_id AND s.contract_id = k.id AND s.kind = 'MODULE' AND s.voided_at IS NULL),
      'idlePeriods', (SELECT json_agg(json_build_object('from', i.start_date, 'lastDay', i.end_date,
          'refusesAccess', i.policy_snapshot ->> 'accessRefusal' IS NOT DISTINCT FROM 'true') ORDER BY i.start_date, i.id)
        FROM idle_periods i WHERE i.tenant_id = k.tenant_id AND i.contract_id = k.id AND i.state = 'ACCEPTED'),
      -- Null is everywhere.
      'checkinStudioIds', (SELECT CASE WHEN bool_or(x.studio_id IS NULL) THEN NULL
          ELSE coalesce(json_agg(x.studio_id ORDER BY x.studio_id), '[]') END
        FROM contract_checkin_studios x WHERE x.tenant_id = k.tenant_id AND x.contract_id = k.id))
    ORDER BY coalesce(k.pre_use_date, k.start_date), k.id)
  FROM contracts k WHERE k.tenant_id = c.tenant_id AND k.customer_id = c.id AND k.voided_at IS NULL
$$;
--> statement-breakpoint
SELECT palestra_protect_tables();
--> statement-breakpoint
-- by hand: contracts that go on until they are canceled are looked at on the day after their committed end; the owner of
-- the table passes by its row-level security for as long as it takes.
ALTER TABLE "contracts" NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE contracts k SET next_change_on = committed_end + 1
WHERE voided_at IS NULL AND snapshot ->> 'extensionType' = 'TERM_EXTENSION';
--> statement-breakpoint
ALTER TABLE "contracts" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
--> statement-breakpoint
-- by hand: what is known of a key says how its answers are written.
drop function palestra_find_key(bytea);
--> statement-breakpoint
-- Everything that authentication needs to know about a key, in one row; judging it is the application's business.
create or replace function palestra_find_key(wanted_hash bytea) RETURNS TABLE (
  key_id bigint, key_kind text, key_status text, key_expires_at timestamptz, key_last_used_at timestamptz,
  activation_id bigint, activation_status text, scopes text[], confirmed_at timestamptz, webhooks_enabled_at timestamptz,
  integration_id bigint, integration_name text, webhook_access boolean, rate_limit_default integer, rate_limit_overrides jsonb,
  date_time_form text, absent_values text,
  studio_id bigint, studio_name text, time_zone text, currency char(3), language_tag text, country_code char(2), studio_status text,
  tenant_id bigint, tenant_slug text, tenant_status text, default_language text, visible_studio_ids bigint[]
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT
    k.id, k.kind, k.status, k.expires_at, k.last_used_at,
    a.id, a.status, a.scopes, a.confirmed_at, a.webhooks_enabled_at,
    i.id, i.name, i.webhook_access, i.rate_limit_default, i.rate_limit_overrides,
    i.date_time_form, i.absent_values,
    s.id, s.name, s.time_zone, s.currency, s.language_tag, s.country_code, s.status,
    t.id, t.slug, t.status, t.default_language,
    ARRAY(SELECT v.studio_id FROM activations v
          WHERE v.tenant_id = k.tenant_id AND v.integration_id = i.id AND v.status = 'ACTIVE' ORDER BY v.studio_id)
  FROM api_keys k
  JOIN activations a ON a.tenant_id = k.tenant_id AND a.id = k.activation_id
  JOIN integrations i ON i.tenant_id = k.tenant_id AND i.id = a.integration_id
  JOIN studios s ON s.tenant_id = k.tenant_id AND s.id = a.studio_id
  JOIN tenants t ON t.tenant_id = k.tenant_id AND t.id = k.tenant_id
  WHERE k.key_hash = wanted_hash AND k.kind = 'INBOUND'
$$;
--> statement-breakpoint
select palestra_own_lookup('palestra_find_key(bytea)'::regprocedure);
