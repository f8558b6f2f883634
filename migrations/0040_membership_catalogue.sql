CREATE TABLE "bonus_periods" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"term_id" bigint NOT NULL,
	"bonus_value" integer NOT NULL,
	"bonus_unit" text NOT NULL,
	"strategy" text NOT NULL,
	"fixed_date" date,
	"runtime_extension_type" text NOT NULL,
	"display_separately" boolean DEFAULT false NOT NULL,
	"extends_cancelation_period" boolean DEFAULT true NOT NULL,
	CONSTRAINT "bonus_periods_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "bonus_periods_bonus_unit_known" CHECK ("bonus_periods"."bonus_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "bonus_periods_strategy_known" CHECK ("bonus_periods"."strategy" in ('CONTRACT_START', 'FIXED', 'END_OF_CURRENT_TERM', 'START_OF_NEXT_TERM')),
	CONSTRAINT "bonus_periods_runtime_extension_type_known" CHECK ("bonus_periods"."runtime_extension_type" in ('WITH_EXTENSION', 'WITHOUT_EXTENSION')),
	CONSTRAINT "bonus_periods_bonus_whole" CHECK (num_nonnulls("bonus_periods"."bonus_value", "bonus_periods"."bonus_unit") in (0, 2) and "bonus_periods"."bonus_value" >= 0),
	CONSTRAINT "bonus_periods_dated" CHECK (("bonus_periods"."strategy" = 'FIXED') = ("bonus_periods"."fixed_date" is not null))
);
--> statement-breakpoint
CREATE TABLE "membership_offer_modules" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"offer_id" bigint NOT NULL,
	"term_id" bigint,
	"kind" text NOT NULL,
	"module_id" bigint NOT NULL,
	"payment_frequency_id" bigint,
	"text_block_id" bigint,
	"position" integer NOT NULL,
	CONSTRAINT "membership_offer_modules_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "membership_offer_modules_kind_known" CHECK ("membership_offer_modules"."kind" in ('INCLUDED', 'SELECTABLE', 'OPTIONAL')),
	CONSTRAINT "membership_offer_modules_term" CHECK (("membership_offer_modules"."kind" = 'OPTIONAL') = ("membership_offer_modules"."term_id" is not null)),
	CONSTRAINT "membership_offer_modules_paid" CHECK (("membership_offer_modules"."kind" = 'OPTIONAL') = ("membership_offer_modules"."payment_frequency_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "module_payment_frequencies" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"module_id" bigint NOT NULL,
	"payment_frequency_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "module_payment_frequencies_pk" PRIMARY KEY("tenant_id","module_id","payment_frequency_id")
);
--> statement-breakpoint
CREATE TABLE "module_rate_restrictions" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"module_id" bigint NOT NULL,
	"rate_id" bigint NOT NULL,
	CONSTRAINT "module_rate_restrictions_pk" PRIMARY KEY("tenant_id","module_id","rate_id")
);
--> statement-breakpoint
CREATE TABLE "offer_text_blocks" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"offer_id" bigint NOT NULL,
	"text_block_id" bigint NOT NULL,
	"sort" integer NOT NULL,
	"only_with_voucher" boolean DEFAULT false NOT NULL,
	CONSTRAINT "offer_text_blocks_pk" PRIMARY KEY("tenant_id","offer_id","text_block_id")
);
--> statement-breakpoint
CREATE TABLE "text_blocks" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"has_signature" boolean DEFAULT false NOT NULL,
	"confirmation_required" boolean DEFAULT false NOT NULL,
	"show_communication_privacy_options" boolean DEFAULT false NOT NULL,
	"attachment_type" text DEFAULT 'NONE' NOT NULL,
	"document_id" bigint,
	"url" text,
	"url_title" text,
	CONSTRAINT "text_blocks_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "text_blocks_attachment_type_known" CHECK ("text_blocks"."attachment_type" in ('NONE', 'FILE', 'URL', 'CONTRACT_PDF_PREVIEW')),
	CONSTRAINT "text_blocks_file_given" CHECK (("text_blocks"."attachment_type" = 'FILE') = ("text_blocks"."document_id" is not null)),
	CONSTRAINT "text_blocks_url_given" CHECK (("text_blocks"."attachment_type" = 'URL') = ("text_blocks"."url" is not null))
);
--> statement-breakpoint
CREATE TABLE "age_adjustments" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"payment_frequency_id" bigint NOT NULL,
	"start_age" integer NOT NULL,
	"end_age" integer NOT NULL,
	"type" text NOT NULL,
	"percentage" numeric(7, 4),
	"price" numeric(19, 4),
	CONSTRAINT "age_adjustments_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "age_adjustments_type_known" CHECK ("age_adjustments"."type" in ('PERCENTAGE', 'ABSOLUTE')),
	CONSTRAINT "age_adjustments_ages_ordered" CHECK (0 <= "age_adjustments"."start_age" and "age_adjustments"."start_age" <= "age_adjustments"."end_age"),
	CONSTRAINT "age_adjustments_percentage" CHECK (("age_adjustments"."type" = 'PERCENTAGE') = ("age_adjustments"."percentage" is not null)),
	CONSTRAINT "age_adjustments_price" CHECK (("age_adjustments"."type" = 'ABSOLUTE') = ("age_adjustments"."price" is not null)),
	CONSTRAINT "age_adjustments_percentage_within" CHECK ("age_adjustments"."percentage" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "flat_fees" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"term_id" bigint NOT NULL,
	"identifier" text NOT NULL,
	"name" text NOT NULL,
	"payment_frequency_id" bigint NOT NULL,
	"first_booking_delay_value" integer,
	"first_booking_delay_unit" text,
	"starter_package" boolean DEFAULT false NOT NULL,
	"suspend_in_idle" boolean DEFAULT false NOT NULL,
	CONSTRAINT "flat_fees_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "flat_fees_first_booking_delay_unit_known" CHECK ("flat_fees"."first_booking_delay_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "flat_fees_first_booking_delay_whole" CHECK (num_nonnulls("flat_fees"."first_booking_delay_value", "flat_fees"."first_booking_delay_unit") in (0, 2) and "flat_fees"."first_booking_delay_value" >= 0)
);
--> statement-breakpoint
CREATE TABLE "membership_offer_terms" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"offer_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"term_value" integer NOT NULL,
	"term_unit" text NOT NULL,
	"payment_frequency_id" bigint NOT NULL,
	"extension_type" text NOT NULL,
	"extension_term_value" integer,
	"extension_term_unit" text,
	"extension_fixed_term_value" integer,
	"extension_fixed_term_unit" text,
	"subsequent_term_id" bigint,
	"price_after_extension" numeric(19, 4),
	"cancelation_strategy" text DEFAULT 'TERM' NOT NULL,
	"cancelation_period_value" integer,
	"cancelation_period_unit" text,
	"extension_cancelation_period_value" integer,
	"extension_cancelation_period_unit" text,
	"start_rule" text DEFAULT 'TODAY' NOT NULL,
	"start_days" integer,
	"start_date" date,
	"start_of_use_rule" text DEFAULT 'SAME_AS_START' NOT NULL,
	"start_of_use_date" date,
	"due_on_signing" text[] DEFAULT '{}' NOT NULL,
	"age_evaluation" text DEFAULT 'PERIOD_START' NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "membership_offer_terms_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "membership_offer_terms_term_unit_known" CHECK ("membership_offer_terms"."term_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "membership_offer_terms_extension_type_known" CHECK ("membership_offer_terms"."extension_type" in ('NONE', 'TERM_EXTENSION', 'SUBSEQUENT_RATE_DETAIL')),
	CONSTRAINT "membership_offer_terms_extension_term_unit_known" CHECK ("membership_offer_terms"."extension_term_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "membership_offer_terms_extension_fixed_term_unit_known" CHECK ("membership_offer_terms"."extension_fixed_term_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "membership_offer_terms_cancelation_strategy_known" CHECK ("membership_offer_terms"."cancelation_strategy" in ('TERM', 'RECEIPT_DATE')),
	CONSTRAINT "membership_offer_terms_cancelation_period_unit_known" CHECK ("membership_offer_terms"."cancelation_period_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "membership_offer_terms_extension_cancelation_period_unit_known" CHECK ("membership_offer_terms"."extension_cancelation_period_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "membership_offer_terms_start_rule_known" CHECK ("membership_offer_terms"."start_rule" in ('TODAY', 'FIRST_OF_NEXT_MONTH', 'FIXED_DATE', 'IN_DAYS')),
	CONSTRAINT "membership_offer_terms_start_of_use_rule_known" CHECK ("membership_offer_terms"."start_of_use_rule" in ('SAME_AS_START', 'TODAY', 'FIXED_DATE')),
	CONSTRAINT "membership_offer_terms_age_evaluation_known" CHECK ("membership_offer_terms"."age_evaluation" in ('PERIOD_START', 'CONTRACT_START')),
	CONSTRAINT "membership_offer_terms_term_whole" CHECK (num_nonnulls("membership_offer_terms"."term_value", "membership_offer_terms"."term_unit") in (0, 2) and "membership_offer_terms"."term_value" >= 0),
	CONSTRAINT "membership_offer_terms_extension_term_whole" CHECK (num_nonnulls("membership_offer_terms"."extension_term_value", "membership_offer_terms"."extension_term_unit") in (0, 2) and "membership_offer_terms"."extension_term_value" >= 0),
	CONSTRAINT "membership_offer_terms_extension_fixed_term_whole" CHECK (num_nonnulls("membership_offer_terms"."extension_fixed_term_value", "membership_offer_terms"."extension_fixed_term_unit") in (0, 2) and "membership_offer_terms"."extension_fixed_term_value" >= 0),
	CONSTRAINT "membership_offer_terms_cancelation_period_whole" CHECK (num_nonnulls("membership_offer_terms"."cancelation_period_value", "membership_offer_terms"."cancelation_period_unit") in (0, 2) and "membership_offer_terms"."cancelation_period_value" >= 0),
	CONSTRAINT "membership_offer_terms_extension_cancelation_period_whole" CHECK (num_nonnulls("membership_offer_terms"."extension_cancelation_period_value", "membership_offer_terms"."extension_cancelation_period_unit") in (0, 2) and "membership_offer_terms"."extension_cancelation_period_value" >= 0),
	CONSTRAINT "membership_offer_terms_term_positive" CHECK ("membership_offer_terms"."term_value" > 0),
	CONSTRAINT "membership_offer_terms_subsequent" CHECK (("membership_offer_terms"."extension_type" = 'SUBSEQUENT_RATE_DETAIL') = ("membership_offer_terms"."subsequent_term_id" is not null)),
	CONSTRAINT "membership_offer_terms_extended" CHECK (("membership_offer_terms"."extension_type" = 'TERM_EXTENSION') = (num_nonnulls("membership_offer_terms"."extension_term_value", "membership_offer_terms"."extension_fixed_term_value") > 0)),
	CONSTRAINT "membership_offer_terms_start_days" CHECK (("membership_offer_terms"."start_rule" = 'IN_DAYS') = ("membership_offer_terms"."start_days" is not null)),
	CONSTRAINT "membership_offer_terms_start_date" CHECK (("membership_offer_terms"."start_rule" = 'FIXED_DATE') = ("membership_offer_terms"."start_date" is not null)),
	CONSTRAINT "membership_offer_terms_use_date" CHECK (("membership_offer_terms"."start_of_use_rule" = 'FIXED_DATE') = ("membership_offer_terms"."start_of_use_date" is not null))
);
--> statement-breakpoint
CREATE TABLE "membership_offers" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"rate_id" bigint NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"sub_description" text,
	"footnote" text,
	"image_key" bigint,
	"pre_use_type" text DEFAULT 'NOT_AVAILABLE' NOT NULL,
	"limited_from" date,
	"limited_to" date,
	"signatures_required" boolean DEFAULT false NOT NULL,
	"max_selectable" integer DEFAULT 0 NOT NULL,
	"opening_hour_category_id" bigint,
	"min_age" integer,
	"max_age" integer,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "membership_offers_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "membership_offers_pre_use_type_known" CHECK ("membership_offers"."pre_use_type" in ('NOT_AVAILABLE', 'CHARGEABLE', 'FREE')),
	CONSTRAINT "membership_offers_limit_whole" CHECK (num_nonnulls("membership_offers"."limited_from", "membership_offers"."limited_to") in (0, 2)),
	CONSTRAINT "membership_offers_limit_ordered" CHECK ("membership_offers"."limited_from" <= "membership_offers"."limited_to"),
	CONSTRAINT "membership_offers_selectable_counted" CHECK ("membership_offers"."max_selectable" >= 0),
	CONSTRAINT "membership_offers_ages_ordered" CHECK ("membership_offers"."min_age" <= "membership_offers"."max_age")
);
--> statement-breakpoint
CREATE TABLE "offer_payment_choices" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"offer_id" bigint NOT NULL,
	"choice" text NOT NULL,
	CONSTRAINT "offer_payment_choices_pk" PRIMARY KEY("tenant_id","offer_id","choice"),
	CONSTRAINT "offer_payment_choices_choice_known" CHECK ("offer_payment_choices"."choice" in ('CASH', 'BANK_TRANSFER', 'BACS', 'SEPA', 'CH_DD', 'LSV', 'CREDIT_CARD', 'TWINT', 'PAYPAL', 'BANCONTACT', 'IDEAL'))
);
--> statement-breakpoint
CREATE TABLE "offer_publications" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"offer_id" bigint NOT NULL,
	"channel" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "offer_publications_pk" PRIMARY KEY("tenant_id","studio_id","offer_id","channel"),
	CONSTRAINT "offer_publications_channel_known" CHECK ("offer_publications"."channel" in ('OPEN_API'))
);
--> statement-breakpoint
CREATE TABLE "payment_frequencies" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"type" text NOT NULL,
	"term_value" integer,
	"term_unit" text,
	"price" numeric(19, 4),
	"recurring" boolean DEFAULT false NOT NULL,
	"paid_period_calc" text DEFAULT 'REFERENCE_DATE' NOT NULL,
	CONSTRAINT "payment_frequencies_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "payment_frequencies_type_known" CHECK ("payment_frequencies"."type" in ('FREE', 'NON_RECURRING', 'RECURRING', 'MONTH_DAY', 'TERM_BASED')),
	CONSTRAINT "payment_frequencies_term_unit_known" CHECK ("payment_frequencies"."term_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "payment_frequencies_paid_period_calc_known" CHECK ("payment_frequencies"."paid_period_calc" in ('REFERENCE_DATE', 'NORMALIZATION_ON_CALENDAR_UNIT')),
	CONSTRAINT "payment_frequencies_term_whole" CHECK (num_nonnulls("payment_frequencies"."term_value", "payment_frequencies"."term_unit") in (0, 2) and "payment_frequencies"."term_value" >= 0),
	CONSTRAINT "payment_frequencies_priced" CHECK (("payment_frequencies"."type" in ('NON_RECURRING', 'RECURRING')) = ("payment_frequencies"."price" is not null)),
	CONSTRAINT "payment_frequencies_stepped" CHECK (("payment_frequencies"."type" = 'RECURRING') = ("payment_frequencies"."term_value" is not null)),
	CONSTRAINT "payment_frequencies_step_positive" CHECK ("payment_frequencies"."term_value" > 0),
	CONSTRAINT "payment_frequencies_price_counted" CHECK ("payment_frequencies"."price" >= 0)
);
--> statement-breakpoint
CREATE TABLE "payment_frequency_entries" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"payment_frequency_id" bigint NOT NULL,
	"month" integer,
	"day" integer,
	"offset_value" integer,
	"offset_unit" text,
	"price" numeric(19, 4) NOT NULL,
	CONSTRAINT "payment_frequency_entries_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "payment_frequency_entries_offset_unit_known" CHECK ("payment_frequency_entries"."offset_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "payment_frequency_entries_offset_whole" CHECK (num_nonnulls("payment_frequency_entries"."offset_value", "payment_frequency_entries"."offset_unit") in (0, 2) and "payment_frequency_entries"."offset_value" >= 0),
	CONSTRAINT "payment_frequency_entries_one_kind" CHECK (num_nonnulls("payment_frequency_entries"."month", "payment_frequency_entries"."offset_value") = 1),
	CONSTRAINT "payment_frequency_entries_day_whole" CHECK (num_nonnulls("payment_frequency_entries"."month", "payment_frequency_entries"."day") in (0, 2)),
	CONSTRAINT "payment_frequency_entries_date" CHECK ("payment_frequency_entries"."month" between 1 and 12 and "payment_frequency_entries"."day" between 1 and 31),
	CONSTRAINT "payment_frequency_entries_price_counted" CHECK ("payment_frequency_entries"."price" >= 0)
);
--> statement-breakpoint
CREATE TABLE "price_rules" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"term_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"type" text NOT NULL,
	"charge_adjustment_type" text NOT NULL,
	"value" numeric(19, 4) NOT NULL,
	"first_after_value" integer NOT NULL,
	"first_after_unit" text NOT NULL,
	"recurrence_value" integer,
	"recurrence_unit" text,
	"max_occurrences" integer,
	CONSTRAINT "price_rules_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "price_rules_type_known" CHECK ("price_rules"."type" in ('RAISE', 'REDUCTION', 'NEW_BASIC_AMOUNT')),
	CONSTRAINT "price_rules_charge_adjustment_type_known" CHECK ("price_rules"."charge_adjustment_type" in ('RELATIVE', 'ABSOLUTE', 'BASIC_AMOUNT')),
	CONSTRAINT "price_rules_first_after_unit_known" CHECK ("price_rules"."first_after_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "price_rules_recurrence_unit_known" CHECK ("price_rules"."recurrence_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "price_rules_first_after_whole" CHECK (num_nonnulls("price_rules"."first_after_value", "price_rules"."first_after_unit") in (0, 2) and "price_rules"."first_after_value" >= 0),
	CONSTRAINT "price_rules_recurrence_whole" CHECK (num_nonnulls("price_rules"."recurrence_value", "price_rules"."recurrence_unit") in (0, 2) and "price_rules"."recurrence_value" >= 0),
	CONSTRAINT "price_rules_basic_amount" CHECK (("price_rules"."type" = 'NEW_BASIC_AMOUNT') = ("price_rules"."charge_adjustment_type" = 'BASIC_AMOUNT')),
	CONSTRAINT "price_rules_recurrence_positive" CHECK ("price_rules"."recurrence_value" > 0),
	CONSTRAINT "price_rules_occurrences_positive" CHECK ("price_rules"."max_occurrences" > 0),
	CONSTRAINT "price_rules_value_counted" CHECK ("price_rules"."value" >= 0)
);
--> statement-breakpoint
CREATE TABLE "term_studio_prices" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"term_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"payment_frequency_id" bigint NOT NULL,
	CONSTRAINT "term_studio_prices_pk" PRIMARY KEY("tenant_id","term_id","studio_id")
);
--> statement-breakpoint
CREATE TABLE "companies" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"name" text NOT NULL,
	"street" text,
	"zip_code" text,
	"city" text,
	"country_code" text,
	CONSTRAINT "companies_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "membership_voucher_codes" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"voucher_id" bigint NOT NULL,
	"code" text NOT NULL,
	"max_redemptions" integer DEFAULT 1 NOT NULL,
	"redeemed" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "membership_voucher_codes_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "membership_voucher_codes_counted" CHECK (0 <= "membership_voucher_codes"."redeemed" and "membership_voucher_codes"."redeemed" <= "membership_voucher_codes"."max_redemptions")
);
--> statement-breakpoint
CREATE TABLE "membership_voucher_offers" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"voucher_id" bigint NOT NULL,
	"offer_id" bigint NOT NULL,
	CONSTRAINT "membership_voucher_offers_pk" PRIMARY KEY("tenant_id","voucher_id","offer_id")
);
--> statement-breakpoint
CREATE TABLE "membership_voucher_redemptions" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"code_id" bigint NOT NULL,
	"contract_id" bigint NOT NULL,
	"redeemed_at" timestamptz NOT NULL,
	CONSTRAINT "membership_voucher_redemptions_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "membership_voucher_studios" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"voucher_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	CONSTRAINT "membership_voucher_studios_pk" PRIMARY KEY("tenant_id","voucher_id","studio_id")
);
--> statement-breakpoint
CREATE TABLE "membership_vouchers" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"type" text NOT NULL,
	"remarks" text,
	"valid_from" date,
	"valid_to" date,
	"max_redemptions" integer,
	"redeemed" integer DEFAULT 0 NOT NULL,
	"new_customers_only" boolean DEFAULT false NOT NULL,
	"credit_value" numeric(19, 4),
	"company_id" bigint,
	"company_split_type" text,
	"company_split_percentage" numeric(7, 4),
	"company_split_amount" numeric(19, 4),
	"applies_rate" boolean DEFAULT true NOT NULL,
	"applies_preuse" boolean DEFAULT false NOT NULL,
	"applies_modules" boolean DEFAULT false NOT NULL,
	"omit_starter_package" boolean DEFAULT false NOT NULL,
	"flat_fee_identifiers" text[] DEFAULT '{}' NOT NULL,
	"bonus_value" integer,
	"bonus_unit" text,
	"bonus_strategy" text,
	"bonus_fixed_date" date,
	"bonus_runtime_extension_type" text,
	"bonus_extends_cancelation_period" boolean DEFAULT true NOT NULL,
	CONSTRAINT "membership_vouchers_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "membership_vouchers_type_known" CHECK ("membership_vouchers"."type" in ('DISCOUNT', 'CREDIT', 'COMPANY_FEE_SPLIT', 'CONTRACT')),
	CONSTRAINT "membership_vouchers_company_split_type_known" CHECK ("membership_vouchers"."company_split_type" in ('PERCENTAGE', 'ABSOLUTE')),
	CONSTRAINT "membership_vouchers_bonus_unit_known" CHECK ("membership_vouchers"."bonus_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "membership_vouchers_bonus_strategy_known" CHECK ("membership_vouchers"."bonus_strategy" in ('CONTRACT_START', 'FIXED', 'END_OF_CURRENT_TERM', 'START_OF_NEXT_TERM')),
	CONSTRAINT "membership_vouchers_bonus_runtime_extension_type_known" CHECK ("membership_vouchers"."bonus_runtime_extension_type" in ('WITH_EXTENSION', 'WITHOUT_EXTENSION')),
	CONSTRAINT "membership_vouchers_bonus_whole" CHECK (num_nonnulls("membership_vouchers"."bonus_value", "membership_vouchers"."bonus_unit") in (0, 2) and "membership_vouchers"."bonus_value" >= 0),
	CONSTRAINT "membership_vouchers_redeemed_counted" CHECK (0 <= "membership_vouchers"."redeemed" and "membership_vouchers"."redeemed" <= "membership_vouchers"."max_redemptions"),
	CONSTRAINT "membership_vouchers_dates_ordered" CHECK ("membership_vouchers"."valid_from" <= "membership_vouchers"."valid_to"),
	CONSTRAINT "membership_vouchers_credit_given" CHECK (("membership_vouchers"."type" = 'CREDIT') = ("membership_vouchers"."credit_value" is not null)),
	CONSTRAINT "membership_vouchers_company_given" CHECK (("membership_vouchers"."type" = 'COMPANY_FEE_SPLIT') = (num_nonnulls("membership_vouchers"."company_id", "membership_vouchers"."company_split_type") = 2)),
	CONSTRAINT "membership_vouchers_bonus_complete" CHECK (num_nonnulls("membership_vouchers"."bonus_value", "membership_vouchers"."bonus_strategy", "membership_vouchers"."bonus_runtime_extension_type") in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "voucher_discount_periods" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"voucher_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"percentage" numeric(7, 4),
	"amount" numeric(19, 4),
	"effective" text NOT NULL,
	"term_value" integer,
	"term_unit" text,
	CONSTRAINT "voucher_discount_periods_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "voucher_discount_periods_type_known" CHECK ("voucher_discount_periods"."type" in ('PERCENTAGE', 'ABSOLUTE')),
	CONSTRAINT "voucher_discount_periods_effective_known" CHECK ("voucher_discount_periods"."effective" in ('UNLIMITED', 'INITIAL_TERM', 'TIME_BASED')),
	CONSTRAINT "voucher_discount_periods_term_unit_known" CHECK ("voucher_discount_periods"."term_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "voucher_discount_periods_term_whole" CHECK (num_nonnulls("voucher_discount_periods"."term_value", "voucher_discount_periods"."term_unit") in (0, 2) and "voucher_discount_periods"."term_value" >= 0),
	CONSTRAINT "voucher_discount_periods_percentage" CHECK (("voucher_discount_periods"."type" = 'PERCENTAGE') = ("voucher_discount_periods"."percentage" is not null)),
	CONSTRAINT "voucher_discount_periods_amount" CHECK (("voucher_discount_periods"."type" = 'ABSOLUTE') = ("voucher_discount_periods"."amount" is not null)),
	CONSTRAINT "voucher_discount_periods_within" CHECK ("voucher_discount_periods"."percentage" between 0 and 100 and "voucher_discount_periods"."amount" >= 0),
	CONSTRAINT "voucher_discount_periods_timed" CHECK (("voucher_discount_periods"."effective" = 'TIME_BASED') = ("voucher_discount_periods"."term_value" is not null))
);
--> statement-breakpoint
ALTER TABLE "studios" ADD COLUMN "backdate_days" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "studios" ADD COLUMN "advance_months" integer DEFAULT 12 NOT NULL;--> statement-breakpoint
ALTER TABLE "studios" ADD COLUMN "max_preuse_days" integer DEFAULT 92 NOT NULL;--> statement-breakpoint
ALTER TABLE "bonus_periods" ADD CONSTRAINT "bonus_periods_term_id_fk" FOREIGN KEY ("tenant_id","term_id") REFERENCES "public"."membership_offer_terms"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_offer_modules" ADD CONSTRAINT "membership_offer_modules_offer_id_fk" FOREIGN KEY ("tenant_id","offer_id") REFERENCES "public"."membership_offers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_offer_modules" ADD CONSTRAINT "membership_offer_modules_term_id_fk" FOREIGN KEY ("tenant_id","term_id") REFERENCES "public"."membership_offer_terms"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_offer_modules" ADD CONSTRAINT "membership_offer_modules_module_id_fk" FOREIGN KEY ("tenant_id","module_id") REFERENCES "public"."modules"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_offer_modules" ADD CONSTRAINT "membership_offer_modules_payment_frequency_id_fk" FOREIGN KEY ("tenant_id","payment_frequency_id") REFERENCES "public"."payment_frequencies"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_offer_modules" ADD CONSTRAINT "membership_offer_modules_text_block_id_fk" FOREIGN KEY ("tenant_id","text_block_id") REFERENCES "public"."text_blocks"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "module_payment_frequencies" ADD CONSTRAINT "module_payment_frequencies_module_id_fk" FOREIGN KEY ("tenant_id","module_id") REFERENCES "public"."modules"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "module_payment_frequencies" ADD CONSTRAINT "module_payment_frequencies_payment_frequency_id_fk" FOREIGN KEY ("tenant_id","payment_frequency_id") REFERENCES "public"."payment_frequencies"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "module_rate_restrictions" ADD CONSTRAINT "module_rate_restrictions_module_id_fk" FOREIGN KEY ("tenant_id","module_id") REFERENCES "public"."modules"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "module_rate_restrictions" ADD CONSTRAINT "module_rate_restrictions_rate_id_fk" FOREIGN KEY ("tenant_id","rate_id") REFERENCES "public"."rates"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_text_blocks" ADD CONSTRAINT "offer_text_blocks_offer_id_fk" FOREIGN KEY ("tenant_id","offer_id") REFERENCES "public"."membership_offers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_text_blocks" ADD CONSTRAINT "offer_text_blocks_text_block_id_fk" FOREIGN KEY ("tenant_id","text_block_id") REFERENCES "public"."text_blocks"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_blocks" ADD CONSTRAINT "text_blocks_document_id_fk" FOREIGN KEY ("tenant_id","document_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "age_adjustments" ADD CONSTRAINT "age_adjustments_payment_frequency_id_fk" FOREIGN KEY ("tenant_id","payment_frequency_id") REFERENCES "public"."payment_frequencies"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flat_fees" ADD CONSTRAINT "flat_fees_term_id_fk" FOREIGN KEY ("tenant_id","term_id") REFERENCES "public"."membership_offer_terms"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flat_fees" ADD CONSTRAINT "flat_fees_payment_frequency_id_fk" FOREIGN KEY ("tenant_id","payment_frequency_id") REFERENCES "public"."payment_frequencies"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_offer_terms" ADD CONSTRAINT "membership_offer_terms_offer_id_fk" FOREIGN KEY ("tenant_id","offer_id") REFERENCES "public"."membership_offers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_offer_terms" ADD CONSTRAINT "membership_offer_terms_payment_frequency_id_fk" FOREIGN KEY ("tenant_id","payment_frequency_id") REFERENCES "public"."payment_frequencies"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_offer_terms" ADD CONSTRAINT "membership_offer_terms_subsequent_term_id_fk" FOREIGN KEY ("tenant_id","subsequent_term_id") REFERENCES "public"."membership_offer_terms"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_offers" ADD CONSTRAINT "membership_offers_rate_id_fk" FOREIGN KEY ("tenant_id","rate_id") REFERENCES "public"."rates"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_offers" ADD CONSTRAINT "membership_offers_image_key_fk" FOREIGN KEY ("tenant_id","image_key") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_offers" ADD CONSTRAINT "membership_offers_opening_hour_category_id_fk" FOREIGN KEY ("tenant_id","opening_hour_category_id") REFERENCES "public"."opening_hour_categories"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_payment_choices" ADD CONSTRAINT "offer_payment_choices_offer_id_fk" FOREIGN KEY ("tenant_id","offer_id") REFERENCES "public"."membership_offers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_publications" ADD CONSTRAINT "offer_publications_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_publications" ADD CONSTRAINT "offer_publications_offer_id_fk" FOREIGN KEY ("tenant_id","offer_id") REFERENCES "public"."membership_offers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_frequency_entries" ADD CONSTRAINT "payment_frequency_entries_payment_frequency_id_fk" FOREIGN KEY ("tenant_id","payment_frequency_id") REFERENCES "public"."payment_frequencies"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_rules" ADD CONSTRAINT "price_rules_term_id_fk" FOREIGN KEY ("tenant_id","term_id") REFERENCES "public"."membership_offer_terms"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "term_studio_prices" ADD CONSTRAINT "term_studio_prices_term_id_fk" FOREIGN KEY ("tenant_id","term_id") REFERENCES "public"."membership_offer_terms"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "term_studio_prices" ADD CONSTRAINT "term_studio_prices_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "term_studio_prices" ADD CONSTRAINT "term_studio_prices_payment_frequency_id_fk" FOREIGN KEY ("tenant_id","payment_frequency_id") REFERENCES "public"."payment_frequencies"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_voucher_codes" ADD CONSTRAINT "membership_voucher_codes_voucher_id_fk" FOREIGN KEY ("tenant_id","voucher_id") REFERENCES "public"."membership_vouchers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_voucher_offers" ADD CONSTRAINT "membership_voucher_offers_voucher_id_fk" FOREIGN KEY ("tenant_id","voucher_id") REFERENCES "public"."membership_vouchers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_voucher_offers" ADD CONSTRAINT "membership_voucher_offers_offer_id_fk" FOREIGN KEY ("tenant_id","offer_id") REFERENCES "public"."membership_offers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_voucher_redemptions" ADD CONSTRAINT "membership_voucher_redemptions_code_id_fk" FOREIGN KEY ("tenant_id","code_id") REFERENCES "public"."membership_voucher_codes"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_voucher_studios" ADD CONSTRAINT "membership_voucher_studios_voucher_id_fk" FOREIGN KEY ("tenant_id","voucher_id") REFERENCES "public"."membership_vouchers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_voucher_studios" ADD CONSTRAINT "membership_voucher_studios_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_vouchers" ADD CONSTRAINT "membership_vouchers_company_id_fk" FOREIGN KEY ("tenant_id","company_id") REFERENCES "public"."companies"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voucher_discount_periods" ADD CONSTRAINT "voucher_discount_periods_voucher_id_fk" FOREIGN KEY ("tenant_id","voucher_id") REFERENCES "public"."membership_vouchers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bonus_periods_term" ON "bonus_periods" USING btree ("tenant_id","term_id");--> statement-breakpoint
CREATE INDEX "membership_offer_modules_offer" ON "membership_offer_modules" USING btree ("tenant_id","offer_id","position");--> statement-breakpoint
CREATE INDEX "age_adjustments_frequency" ON "age_adjustments" USING btree ("tenant_id","payment_frequency_id","start_age");--> statement-breakpoint
CREATE UNIQUE INDEX "flat_fees_identifier" ON "flat_fees" USING btree ("tenant_id","term_id","identifier");--> statement-breakpoint
CREATE UNIQUE INDEX "flat_fees_one_starter_package" ON "flat_fees" USING btree ("tenant_id","term_id") WHERE "flat_fees"."starter_package";--> statement-breakpoint
CREATE INDEX "membership_offer_terms_offer" ON "membership_offer_terms" USING btree ("tenant_id","offer_id","position");--> statement-breakpoint
CREATE INDEX "offer_publications_order" ON "offer_publications" USING btree ("tenant_id","studio_id","channel","position");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_frequency_entries_day_once" ON "payment_frequency_entries" USING btree ("tenant_id","payment_frequency_id","month","day");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_frequency_entries_offset_once" ON "payment_frequency_entries" USING btree ("tenant_id","payment_frequency_id","offset_value","offset_unit");--> statement-breakpoint
CREATE UNIQUE INDEX "price_rules_position" ON "price_rules" USING btree ("tenant_id","term_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "membership_voucher_codes_unique" ON "membership_voucher_codes" USING btree ("tenant_id",upper("code"));--> statement-breakpoint
CREATE UNIQUE INDEX "membership_voucher_redemptions_contract" ON "membership_voucher_redemptions" USING btree ("tenant_id","contract_id");--> statement-breakpoint
CREATE UNIQUE INDEX "voucher_discount_periods_seq" ON "voucher_discount_periods" USING btree ("tenant_id","voucher_id","seq");--> statement-breakpoint
ALTER TABLE "studios" ADD CONSTRAINT "studios_contract_start_counted" CHECK ("studios"."backdate_days" >= 0 and "studios"."advance_months" >= 0 and "studios"."max_preuse_days" >= 0);--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
