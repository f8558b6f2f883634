CREATE TABLE "customer_accounts" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"entity_id" bigint NOT NULL,
	"debtor_id" text NOT NULL,
	"payment_choice" text DEFAULT 'CASH' NOT NULL,
	"balance" numeric(19, 4) DEFAULT '0' NOT NULL,
	"consumption_credit" numeric(19, 4) DEFAULT '0' NOT NULL,
	"currency" char(3) NOT NULL,
	"dunning_level_id" bigint,
	"open_cases" integer DEFAULT 0 NOT NULL,
	"collection_hold" boolean DEFAULT false NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "customer_accounts_pk" PRIMARY KEY("tenant_id","customer_id","entity_id"),
	CONSTRAINT "customer_accounts_payment_choice_known" CHECK ("customer_accounts"."payment_choice" in ('CASH', 'BANK_TRANSFER', 'BACS', 'SEPA', 'CH_DD', 'LSV', 'CREDIT_CARD', 'TWINT', 'PAYPAL', 'BANCONTACT', 'IDEAL')),
	CONSTRAINT "customer_accounts_open_cases_counted" CHECK ("customer_accounts"."open_cases" >= 0)
);
--> statement-breakpoint
CREATE TABLE "appointments" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"bookable_id" bigint NOT NULL,
	"start" timestamptz NOT NULL,
	"end" timestamptz NOT NULL,
	"status" text NOT NULL,
	"note" text,
	CONSTRAINT "appointments_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "appointments_status_known" CHECK ("appointments"."status" in ('PLANNED', 'CANCELED')),
	CONSTRAINT "appointments_order" CHECK ("appointments"."start" < "appointments"."end")
);
--> statement-breakpoint
CREATE TABLE "bookable_appointments" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"service_id" bigint NOT NULL,
	"title" text NOT NULL,
	"category" text,
	"description" text,
	"image_id" bigint,
	"duration_min" integer NOT NULL,
	"prep_min" integer DEFAULT 0 NOT NULL,
	"follow_up_min" integer DEFAULT 0 NOT NULL,
	"grid_min" integer DEFAULT 15 NOT NULL,
	"grid_offset_min" integer DEFAULT 0 NOT NULL,
	"max_participants" integer DEFAULT 1 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"online_bookable" boolean DEFAULT true NOT NULL,
	"for_customers" boolean DEFAULT true NOT NULL,
	"valid_from" date,
	"valid_to" date,
	"customer_picks_instructor" boolean DEFAULT false NOT NULL,
	"allow_parallel" boolean DEFAULT false NOT NULL,
	"rule_id" bigint NOT NULL,
	"attendance_default" text DEFAULT 'UNSET' NOT NULL,
	CONSTRAINT "bookable_appointments_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "bookable_appointments_attendance_default_known" CHECK ("bookable_appointments"."attendance_default" in ('PARTICIPATING', 'NOT_PARTICIPATING', 'UNSET')),
	CONSTRAINT "bookable_appointments_duration_positive" CHECK ("bookable_appointments"."duration_min" > 0),
	CONSTRAINT "bookable_appointments_buffers_counted" CHECK ("bookable_appointments"."prep_min" >= 0 and "bookable_appointments"."follow_up_min" >= 0),
	CONSTRAINT "bookable_appointments_grid_divides_day" CHECK ("bookable_appointments"."grid_min" > 0 and 1440 % "bookable_appointments"."grid_min" = 0),
	CONSTRAINT "bookable_appointments_grid_offset" CHECK ("bookable_appointments"."grid_offset_min" >= 0 and "bookable_appointments"."grid_offset_min" < "bookable_appointments"."grid_min"),
	CONSTRAINT "bookable_appointments_participants_positive" CHECK ("bookable_appointments"."max_participants" >= 1),
	CONSTRAINT "bookable_appointments_dates_ordered" CHECK ("bookable_appointments"."valid_from" <= "bookable_appointments"."valid_to")
);
--> statement-breakpoint
CREATE TABLE "requirement_resources" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"studio_id" bigint NOT NULL,
	"requirement_id" bigint NOT NULL,
	"bookable_id" bigint NOT NULL,
	"resource_id" bigint NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "requirement_resources_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "requirements" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"studio_id" bigint NOT NULL,
	"bookable_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "requirements_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "requirements_kind_known" CHECK ("requirements"."kind" in ('EMPLOYEE', 'ROOM', 'DEVICE')),
	CONSTRAINT "requirements_count_positive" CHECK ("requirements"."count" >= 1)
);
--> statement-breakpoint
CREATE TABLE "check_ins" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"customer_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"checked_in_at" timestamptz NOT NULL,
	"checked_out_at" timestamptz,
	"in_source" text NOT NULL,
	"out_source" text,
	"device_id" bigint,
	"access_medium_id" bigint,
	"pass_id" bigint,
	"contract_id" bigint,
	CONSTRAINT "check_ins_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "check_ins_in_source_known" CHECK ("check_ins"."in_source" in ('DEVICE', 'STAFF', 'CLASS', 'API')),
	CONSTRAINT "check_ins_out_source_known" CHECK ("check_ins"."out_source" in ('DEVICE', 'STAFF', 'API', 'AUTOMATIC', 'SUPERSEDED')),
	CONSTRAINT "check_ins_end_has_source" CHECK (("check_ins"."checked_out_at" is null) = ("check_ins"."out_source" is null)),
	CONSTRAINT "check_ins_order" CHECK ("check_ins"."checked_in_at" <= "check_ins"."checked_out_at")
);
--> statement-breakpoint
CREATE TABLE "bookings" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"customer_id" bigint NOT NULL,
	"class_slot_id" bigint,
	"appointment_id" bigint,
	"during" "tstzrange" NOT NULL,
	"status" text NOT NULL,
	"participant_status" text DEFAULT 'UNSET' NOT NULL,
	"customer_exclusive" boolean DEFAULT true NOT NULL,
	"trial_offer_config_id" bigint,
	"confirm_kind" text DEFAULT 'NONE' NOT NULL,
	"confirm_deadline" timestamptz,
	"confirmed_at" timestamptz,
	"queue_no" integer,
	"tried_drain_no" integer,
	"late_cancel" boolean DEFAULT false NOT NULL,
	"cancel_reason" text,
	"canceled_at" timestamptz,
	"channel" text NOT NULL,
	"charge_claim_id" bigint,
	"settled_at" timestamptz,
	CONSTRAINT "bookings_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "bookings_kind_known" CHECK ("bookings"."kind" in ('CLASS', 'APPOINTMENT')),
	CONSTRAINT "bookings_status_known" CHECK ("bookings"."status" in ('BOOKED', 'BOOKED_WITH_CONFIRMATION_REQUIRED', 'WAITING_LIST', 'CANCELED')),
	CONSTRAINT "bookings_participant_status_known" CHECK ("bookings"."participant_status" in ('PARTICIPATING', 'NOT_PARTICIPATING', 'UNSET')),
	CONSTRAINT "bookings_confirm_kind_known" CHECK ("bookings"."confirm_kind" in ('NONE', 'LEAD', 'STAFF')),
	CONSTRAINT "bookings_channel_known" CHECK ("bookings"."channel" in ('API', 'STAFF', 'TRIAL_OFFER')),
	CONSTRAINT "bookings_kind_target" CHECK (("bookings"."kind" = 'CLASS') = ("bookings"."class_slot_id" is not null)
        and ("bookings"."kind" = 'APPOINTMENT') = ("bookings"."appointment_id" is not null)),
	CONSTRAINT "bookings_waiting_in_queue" CHECK ("bookings"."status" <> 'WAITING_LIST' or ("bookings"."kind" = 'CLASS' and "bookings"."queue_no" is not null)),
	CONSTRAINT "bookings_pending_has_deadline" CHECK ("bookings"."status" <> 'BOOKED_WITH_CONFIRMATION_REQUIRED'
        or ("bookings"."confirm_kind" <> 'NONE' and "bookings"."confirm_deadline" is not null)),
	CONSTRAINT "bookings_canceled_at_known" CHECK (("bookings"."status" = 'CANCELED') = ("bookings"."canceled_at" is not null)),
	CONSTRAINT "bookings_half_open" CHECK (lower_inc("bookings"."during") and not upper_inc("bookings"."during"))
);
--> statement-breakpoint
CREATE TABLE "class_series" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"class_id" bigint NOT NULL,
	"weekdays" text[] NOT NULL,
	"local_time" time NOT NULL,
	"duration_min" integer NOT NULL,
	"every_n_weeks" integer DEFAULT 1 NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date,
	"location_id" bigint,
	"instructors" bigint[] DEFAULT '{}' NOT NULL,
	"max_participants" integer,
	"max_waiting" integer,
	CONSTRAINT "class_series_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "class_series_weeks_positive" CHECK ("class_series"."every_n_weeks" >= 1),
	CONSTRAINT "class_series_duration_positive" CHECK ("class_series"."duration_min" > 0),
	CONSTRAINT "class_series_dates_ordered" CHECK ("class_series"."from_date" <= "class_series"."to_date")
);
--> statement-breakpoint
CREATE TABLE "class_slot_instructors" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"studio_id" bigint NOT NULL,
	"slot_id" bigint NOT NULL,
	"employee_id" bigint NOT NULL,
	"stand_in_for" bigint,
	CONSTRAINT "class_slot_instructors_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "class_slots" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"class_id" bigint NOT NULL,
	"series_id" bigint,
	"occurrence_date" date NOT NULL,
	"start" timestamptz NOT NULL,
	"end" timestamptz NOT NULL,
	"status" text NOT NULL,
	"location_id" bigint,
	"max_participants" integer,
	"max_waiting" integer,
	"additional_participants" integer DEFAULT 0 NOT NULL,
	"booked_count" integer DEFAULT 0 NOT NULL,
	"waiting_count" integer DEFAULT 0 NOT NULL,
	"next_queue_no" integer DEFAULT 1 NOT NULL,
	"promotion_pending" boolean DEFAULT false NOT NULL,
	"drain_no" integer DEFAULT 0 NOT NULL,
	"detached" boolean DEFAULT false NOT NULL,
	"earliest_term_value" integer,
	"earliest_term_unit" text,
	"latest_term_value" integer,
	"latest_term_unit" text,
	CONSTRAINT "class_slots_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "class_slots_status_known" CHECK ("class_slots"."status" in ('PLANNED', 'CANCELED')),
	CONSTRAINT "class_slots_earliest_term_unit_known" CHECK ("class_slots"."earliest_term_unit" in ('MINUTES', 'HOURS', 'DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "class_slots_latest_term_unit_known" CHECK ("class_slots"."latest_term_unit" in ('MINUTES', 'HOURS', 'DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "class_slots_earliest_term_whole" CHECK (num_nonnulls("class_slots"."earliest_term_value", "class_slots"."earliest_term_unit") in (0, 2) and "class_slots"."earliest_term_value" >= 0),
	CONSTRAINT "class_slots_latest_term_whole" CHECK (num_nonnulls("class_slots"."latest_term_value", "class_slots"."latest_term_unit") in (0, 2) and "class_slots"."latest_term_value" >= 0),
	CONSTRAINT "class_slots_booked_counted" CHECK ("class_slots"."booked_count" >= 0),
	CONSTRAINT "class_slots_waiting_counted" CHECK ("class_slots"."waiting_count" >= 0),
	CONSTRAINT "class_slots_additional_counted" CHECK ("class_slots"."additional_participants" >= 0),
	CONSTRAINT "class_slots_order" CHECK ("class_slots"."start" < "class_slots"."end")
);
--> statement-breakpoint
CREATE TABLE "classes" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"service_id" bigint NOT NULL,
	"title" text NOT NULL,
	"type" text NOT NULL,
	"category" text,
	"description" text,
	"image_id" bigint,
	"duration_min" integer NOT NULL,
	"bookable" boolean DEFAULT true NOT NULL,
	"online_visible" boolean DEFAULT true NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"rule_id" bigint NOT NULL,
	"default_max" integer,
	"default_max_waiting" integer,
	"promotion_cutoff_term_value" integer,
	"promotion_cutoff_term_unit" text,
	"attendance_default" text DEFAULT 'UNSET' NOT NULL,
	CONSTRAINT "classes_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "classes_type_known" CHECK ("classes"."type" in ('STUDIO', 'STREAM')),
	CONSTRAINT "classes_promotion_cutoff_term_unit_known" CHECK ("classes"."promotion_cutoff_term_unit" in ('MINUTES', 'HOURS', 'DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "classes_attendance_default_known" CHECK ("classes"."attendance_default" in ('PARTICIPATING', 'NOT_PARTICIPATING', 'UNSET')),
	CONSTRAINT "classes_promotion_cutoff_term_whole" CHECK (num_nonnulls("classes"."promotion_cutoff_term_value", "classes"."promotion_cutoff_term_unit") in (0, 2) and "classes"."promotion_cutoff_term_value" >= 0),
	CONSTRAINT "classes_duration_positive" CHECK ("classes"."duration_min" > 0)
);
--> statement-breakpoint
CREATE TABLE "booking_rules" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"earliest_term_value" integer,
	"earliest_term_unit" text,
	"latest_term_value" integer,
	"latest_term_unit" text,
	"cancel_term_value" integer,
	"cancel_term_unit" text,
	"cancel_after_latest" boolean DEFAULT false NOT NULL,
	"max_open_per_customer" integer,
	"max_per_period" integer,
	"max_per_period_unit" text,
	"contingent_mode" text DEFAULT 'NONE' NOT NULL,
	"price" numeric(19, 4),
	"currency" char(3),
	"requires_active_contract" boolean DEFAULT true NOT NULL,
	"allowed_rate_ids" bigint[] DEFAULT '{}' NOT NULL,
	"allowed_module_ids" bigint[] DEFAULT '{}' NOT NULL,
	"allowed_member_codes" text[] DEFAULT '{}' NOT NULL,
	"allow_foreign" boolean NOT NULL,
	"staff_confirmation" boolean DEFAULT false NOT NULL,
	CONSTRAINT "booking_rules_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "booking_rules_earliest_term_unit_known" CHECK ("booking_rules"."earliest_term_unit" in ('MINUTES', 'HOURS', 'DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "booking_rules_latest_term_unit_known" CHECK ("booking_rules"."latest_term_unit" in ('MINUTES', 'HOURS', 'DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "booking_rules_cancel_term_unit_known" CHECK ("booking_rules"."cancel_term_unit" in ('MINUTES', 'HOURS', 'DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "booking_rules_max_per_period_unit_known" CHECK ("booking_rules"."max_per_period_unit" in ('DAY', 'WEEK', 'MONTH')),
	CONSTRAINT "booking_rules_contingent_mode_known" CHECK ("booking_rules"."contingent_mode" in ('NONE', 'REQUIRED', 'CHARGE')),
	CONSTRAINT "booking_rules_earliest_term_whole" CHECK (num_nonnulls("booking_rules"."earliest_term_value", "booking_rules"."earliest_term_unit") in (0, 2) and "booking_rules"."earliest_term_value" >= 0),
	CONSTRAINT "booking_rules_latest_term_whole" CHECK (num_nonnulls("booking_rules"."latest_term_value", "booking_rules"."latest_term_unit") in (0, 2) and "booking_rules"."latest_term_value" >= 0),
	CONSTRAINT "booking_rules_cancel_term_whole" CHECK (num_nonnulls("booking_rules"."cancel_term_value", "booking_rules"."cancel_term_unit") in (0, 2) and "booking_rules"."cancel_term_value" >= 0),
	CONSTRAINT "booking_rules_max_per_period_whole" CHECK (num_nonnulls("booking_rules"."max_per_period", "booking_rules"."max_per_period_unit") in (0, 2)),
	CONSTRAINT "booking_rules_price_has_currency" CHECK (num_nonnulls("booking_rules"."price", "booking_rules"."currency") in (0, 2)),
	CONSTRAINT "booking_rules_charge_has_price" CHECK ("booking_rules"."contingent_mode" <> 'CHARGE' or "booking_rules"."price" is not null)
);
--> statement-breakpoint
CREATE TABLE "resource_absences" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"studio_id" bigint NOT NULL,
	"resource_id" bigint NOT NULL,
	"during" "tstzrange" NOT NULL,
	"reason" text,
	CONSTRAINT "resource_absences_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "resource_absences_half_open" CHECK (lower_inc("resource_absences"."during") and not upper_inc("resource_absences"."during"))
);
--> statement-breakpoint
CREATE TABLE "resource_allocations" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"studio_id" bigint NOT NULL,
	"resource_id" bigint NOT NULL,
	"during" "tstzrange" NOT NULL,
	"source" text NOT NULL,
	"source_id" bigint NOT NULL,
	"exclusive" boolean NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "resource_allocations_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "resource_allocations_source_known" CHECK ("resource_allocations"."source" in ('APPOINTMENT', 'CLASS_SLOT', 'BLOCKING')),
	CONSTRAINT "resource_allocations_half_open" CHECK (lower_inc("resource_allocations"."during") and not upper_inc("resource_allocations"."during"))
);
--> statement-breakpoint
CREATE TABLE "resource_availabilities" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"studio_id" bigint NOT NULL,
	"resource_id" bigint NOT NULL,
	"weekday" text NOT NULL,
	"time_from" time NOT NULL,
	"time_to" time NOT NULL,
	"valid_from" date,
	"valid_to" date,
	CONSTRAINT "resource_availabilities_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "resource_availabilities_weekday_known" CHECK ("resource_availabilities"."weekday" in ('MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY')),
	CONSTRAINT "resource_availabilities_dates_ordered" CHECK ("resource_availabilities"."valid_from" <= "resource_availabilities"."valid_to")
);
--> statement-breakpoint
CREATE TABLE "resources" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"employee_id" bigint,
	"name" text,
	"description" text,
	"capacity" integer DEFAULT 1 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "resources_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "resources_kind_known" CHECK ("resources"."kind" in ('EMPLOYEE', 'ROOM', 'DEVICE')),
	CONSTRAINT "resources_capacity_positive" CHECK ("resources"."capacity" >= 1),
	CONSTRAINT "resources_employee_named" CHECK (("resources"."kind" = 'EMPLOYEE') = ("resources"."employee_id" is not null)),
	CONSTRAINT "resources_named" CHECK ("resources"."kind" = 'EMPLOYEE' or "resources"."name" is not null)
);
--> statement-breakpoint
CREATE TABLE "comm_configs" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"category" text NOT NULL,
	"channel" text NOT NULL,
	"available" boolean NOT NULL,
	"default_active" boolean NOT NULL,
	"customer_overridable" boolean NOT NULL,
	CONSTRAINT "comm_configs_pk" PRIMARY KEY("tenant_id","studio_id","category","channel"),
	CONSTRAINT "comm_configs_category_known" CHECK ("comm_configs"."category" in ('CONTRACT', 'GENERAL', 'APPOINTMENT', 'NEWSLETTER', 'LOYALTY_PROGRAM')),
	CONSTRAINT "comm_configs_channel_known" CHECK ("comm_configs"."channel" in ('LETTER', 'EMAIL', 'TEXT_MESSAGE', 'PHONE', 'FAX', 'CONVERSATION', 'CHAT', 'OTHER'))
);
--> statement-breakpoint
CREATE TABLE "consent_log" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"customer_id" bigint NOT NULL,
	"category" text NOT NULL,
	"channel" text NOT NULL,
	"old_active" boolean NOT NULL,
	"new_active" boolean NOT NULL,
	"actor" text NOT NULL,
	"integration_id" bigint,
	"at" timestamptz NOT NULL,
	CONSTRAINT "consent_log_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "consent_log_category_known" CHECK ("consent_log"."category" in ('CONTRACT', 'GENERAL', 'APPOINTMENT', 'NEWSLETTER', 'LOYALTY_PROGRAM')),
	CONSTRAINT "consent_log_channel_known" CHECK ("consent_log"."channel" in ('LETTER', 'EMAIL', 'TEXT_MESSAGE', 'PHONE', 'FAX', 'CONVERSATION', 'CHAT', 'OTHER'))
);
--> statement-breakpoint
CREATE TABLE "customer_comm_preferences" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"category" text NOT NULL,
	"channel" text NOT NULL,
	"active" boolean NOT NULL,
	"source" text NOT NULL,
	"updated_at" timestamptz NOT NULL,
	CONSTRAINT "customer_comm_preferences_pk" PRIMARY KEY("tenant_id","customer_id","category","channel"),
	CONSTRAINT "customer_comm_preferences_category_known" CHECK ("customer_comm_preferences"."category" in ('CONTRACT', 'GENERAL', 'APPOINTMENT', 'NEWSLETTER', 'LOYALTY_PROGRAM')),
	CONSTRAINT "customer_comm_preferences_channel_known" CHECK ("customer_comm_preferences"."channel" in ('LETTER', 'EMAIL', 'TEXT_MESSAGE', 'PHONE', 'FAX', 'CONVERSATION', 'CHAT', 'OTHER'))
);
--> statement-breakpoint
CREATE TABLE "access_mediums" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"customer_id" bigint NOT NULL,
	"type" text NOT NULL,
	"value_norm" text NOT NULL,
	"value_enc" "bytea",
	"owner_integration_id" bigint,
	"valid_until" timestamptz,
	"removed_at" timestamptz,
	CONSTRAINT "access_mediums_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "access_mediums_type_known" CHECK ("access_mediums"."type" in ('CARD_NUMBER', 'PIN', 'BARCODE', 'WALLET_PASS')),
	CONSTRAINT "access_mediums_pin_encrypted" CHECK (("access_mediums"."type" = 'PIN') = ("access_mediums"."value_enc" is not null))
);
--> statement-breakpoint
CREATE TABLE "access_restrictions" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"customer_id" bigint NOT NULL,
	"source" text NOT NULL,
	"integration_id" bigint,
	"reason" text NOT NULL,
	"start_date" date,
	"end_date" date,
	CONSTRAINT "access_restrictions_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "access_restrictions_source_known" CHECK ("access_restrictions"."source" in ('INTEGRATION', 'STAFF', 'DUNNING')),
	CONSTRAINT "access_restrictions_dates_whole" CHECK (num_nonnulls("access_restrictions"."start_date", "access_restrictions"."end_date") in (0, 2)),
	CONSTRAINT "access_restrictions_dates_ordered" CHECK ("access_restrictions"."start_date" <= "access_restrictions"."end_date"),
	CONSTRAINT "access_restrictions_integration_named" CHECK (("access_restrictions"."source" = 'INTEGRATION') = ("access_restrictions"."integration_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "additional_information_assignments" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"customer_id" bigint NOT NULL,
	"field_id" bigint NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "additional_information_assignments_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "additional_information_fields" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"name" text NOT NULL,
	"abbreviation" text,
	"type" text NOT NULL,
	"multi" boolean DEFAULT false NOT NULL,
	"position" integer NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"studio_ids" bigint[] NOT NULL,
	CONSTRAINT "additional_information_fields_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "additional_information_fields_type_known" CHECK ("additional_information_fields"."type" in ('BOOLEAN', 'DATE', 'LIST', 'NUMERIC', 'TEXT')),
	CONSTRAINT "additional_information_fields_multi_is_list" CHECK (not "additional_information_fields"."multi" or "additional_information_fields"."type" = 'LIST')
);
--> statement-breakpoint
CREATE TABLE "additional_information_list_items" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"field_id" bigint NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "additional_information_list_items_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "customer_access_log" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"customer_id" bigint NOT NULL,
	"api_key_id" bigint,
	"staff_user_id" bigint,
	"operation" text NOT NULL,
	"at" timestamptz NOT NULL,
	CONSTRAINT "customer_access_log_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "customer_access_log_one_reader" CHECK (num_nonnulls("customer_access_log"."api_key_id", "customer_access_log"."staff_user_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "customer_integration_blocks" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"customer_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"since" timestamptz NOT NULL,
	"reason" text,
	CONSTRAINT "customer_integration_blocks_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "customer_liable_persons" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"customer_id" bigint NOT NULL,
	"first_name" text NOT NULL,
	"last_name" text NOT NULL,
	"date_of_birth" date,
	"street" text,
	"house_number" text,
	"zip_code" text,
	"city" text,
	"country_code" char(2),
	"email" text,
	"phone" text,
	"tax_id_enc" "bytea",
	"doc_ident_enc" "bytea",
	"account_holder" text,
	"iban_enc" "bytea",
	"bic" text,
	"bank_name" text,
	CONSTRAINT "customer_liable_persons_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "customer_number_counters" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"next" bigint NOT NULL,
	CONSTRAINT "customer_number_counters_pk" PRIMARY KEY("tenant_id","studio_id")
);
--> statement-breakpoint
CREATE TABLE "customer_studio_history" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"customer_id" bigint NOT NULL,
	"from_studio" bigint NOT NULL,
	"to_studio" bigint NOT NULL,
	"switch_date" date NOT NULL,
	"description" text,
	"actor" text NOT NULL,
	"request_hash" "bytea",
	CONSTRAINT "customer_studio_history_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "customer_third_party_ids" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"customer_id" bigint NOT NULL,
	"integration_id" bigint,
	"value" text NOT NULL,
	CONSTRAINT "customer_third_party_ids_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"customer_number" text NOT NULL,
	"uuid" uuid NOT NULL,
	"referral_code" text NOT NULL,
	"title" text DEFAULT 'NONE' NOT NULL,
	"first_name" text NOT NULL,
	"second_first_name" text,
	"last_name" text NOT NULL,
	"second_last_name" text,
	"date_of_birth" date,
	"place_of_birth" text,
	"country_of_birth" char(2),
	"gender" text DEFAULT 'UNISEX' NOT NULL,
	"email" text,
	"email_status" text DEFAULT 'UNVERIFIED' NOT NULL,
	"phone_private" text,
	"phone_private_mobile" text,
	"phone_business" text,
	"phone_business_mobile" text,
	"street" text,
	"second_street" text,
	"house_number" text,
	"zip_code" text,
	"city" text,
	"city_part" text,
	"district" text,
	"street_type" text,
	"street_block" text,
	"portal" text,
	"stairway" text,
	"door" text,
	"province" text,
	"province_code" text,
	"additional_address_information" text,
	"floor" text,
	"building_name" text,
	"country_code" char(2),
	"address_status" text DEFAULT 'VALID' NOT NULL,
	"address_status_information" text,
	"address_status_since" date,
	"member_codes" text[] DEFAULT '{}' NOT NULL,
	"booking_block_until" timestamptz,
	"booking_block_reason" text,
	"source" text NOT NULL,
	"language_code" char(2),
	"language_country" char(2),
	"tax_id_enc" "bytea",
	"doc_ident_enc" "bytea",
	"height_cm" smallint,
	"membership_until" date,
	"image_file_id" bigint,
	"access_code_version" integer DEFAULT 0 NOT NULL,
	"static_access_number" char(12) NOT NULL,
	"dedupe_hash" "bytea",
	"erased_at" timestamptz,
	"merged_into_id" bigint,
	"system" boolean DEFAULT false NOT NULL,
	"announced_status" text DEFAULT 'PROSPECT' NOT NULL,
	"first_fold" text COLLATE "C" NOT NULL,
	"first_fold_tr" text COLLATE "C" NOT NULL,
	"last_fold" text COLLATE "C" NOT NULL,
	"last_fold_tr" text COLLATE "C" NOT NULL,
	"email_fold" text COLLATE "C",
	"phone_folds" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "customers_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "customers_title_known" CHECK ("customers"."title" in ('NONE', 'DR', 'PROF')),
	CONSTRAINT "customers_gender_known" CHECK ("customers"."gender" in ('MALE', 'FEMALE', 'UNISEX')),
	CONSTRAINT "customers_email_status_known" CHECK ("customers"."email_status" in ('UNVERIFIED', 'VERIFIED', 'BOUNCED')),
	CONSTRAINT "customers_address_status_known" CHECK ("customers"."address_status" in ('VALID', 'INVALID')),
	CONSTRAINT "customers_source_known" CHECK ("customers"."source" in ('API', 'SIGNUP', 'LEAD', 'TRIAL_OFFER', 'VOUCHER', 'AGGREGATOR', 'STAFF', 'IMPORT', 'SYSTEM')),
	CONSTRAINT "customers_announced_status_known" CHECK ("customers"."announced_status" in ('PROSPECT', 'MEMBER', 'FORMER_MEMBER')),
	CONSTRAINT "customers_block_has_reason" CHECK ("customers"."booking_block_until" is null or "customers"."booking_block_reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "competences" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "competences_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "employee_competences" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"employee_id" bigint NOT NULL,
	"competence_id" bigint NOT NULL,
	CONSTRAINT "employee_competences_pk" PRIMARY KEY("tenant_id","employee_id","competence_id")
);
--> statement-breakpoint
CREATE TABLE "employee_studios" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"employee_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"removed_at" timestamptz,
	CONSTRAINT "employee_studios_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "employees" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"first_name" text NOT NULL,
	"last_name" text NOT NULL,
	"public_name" text,
	"initials" text,
	"gender" text DEFAULT 'UNISEX' NOT NULL,
	"date_of_birth" date,
	"employee_number" text,
	"business_role" text,
	"external_role" text,
	"phone1" text,
	"phone2" text,
	"email" text,
	"street" text,
	"house_number" text,
	"zip_code" text,
	"city" text,
	"country_code" char(2),
	"image_file_id" bigint,
	"deleted_at" timestamptz,
	CONSTRAINT "employees_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "employees_gender_known" CHECK ("employees"."gender" in ('MALE', 'FEMALE', 'UNISEX')),
	CONSTRAINT "employees_business_role_known" CHECK ("employees"."business_role" in ('STUDIO_OWNER', 'STUDIO_MANAGER', 'TRAINER', 'SERVICE_EMPLOYEE', 'ADMINISTRATION_OR_FINANCE', 'MARKETING'))
);
--> statement-breakpoint
CREATE TABLE "contract_cancelations" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"contract_id" bigint,
	"sub_contract_id" bigint,
	"kind" text NOT NULL,
	"origin" text NOT NULL,
	"receipt_date" date NOT NULL,
	"to_date" date NOT NULL,
	"reason_id" bigint,
	"state" text NOT NULL,
	CONSTRAINT "contract_cancelations_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "contract_cancelations_kind_known" CHECK ("contract_cancelations"."kind" in ('ORDINARY', 'EXTRAORDINARY', 'SWITCH', 'DUNNING')),
	CONSTRAINT "contract_cancelations_origin_known" CHECK ("contract_cancelations"."origin" in ('CUSTOMER', 'STUDIO')),
	CONSTRAINT "contract_cancelations_state_known" CHECK ("contract_cancelations"."state" in ('PENDING', 'EFFECTIVE', 'WITHDRAWAL_PENDING', 'WITHDRAWN', 'REJECTED')),
	CONSTRAINT "contract_cancelations_one_target" CHECK (num_nonnulls("contract_cancelations"."contract_id", "contract_cancelations"."sub_contract_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "contract_checkin_studios" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"contract_id" bigint NOT NULL,
	"studio_id" bigint,
	CONSTRAINT "contract_checkin_studios_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "contract_phases" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"contract_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	"from_date" date NOT NULL,
	"rate_id" bigint NOT NULL,
	"snapshot" jsonb NOT NULL,
	CONSTRAINT "contract_phases_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"offer_term_id" bigint,
	"snapshot" jsonb NOT NULL,
	"signed_at" timestamptz NOT NULL,
	"signing_date" date NOT NULL,
	"pre_use_date" date,
	"start_date" date NOT NULL,
	"extension_index" integer DEFAULT 0 NOT NULL,
	"committed_end" date NOT NULL,
	"voided_at" timestamptz,
	"third_party_id" text,
	"notes" text,
	"employee_id" bigint,
	"referred_by_customer_id" bigint,
	"origin" text NOT NULL,
	"switched_from_id" bigint,
	CONSTRAINT "contracts_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "contracts_origin_known" CHECK ("contracts"."origin" in ('SIGNUP', 'ADD', 'SWITCH', 'BACKOFFICE', 'IMPORT')),
	CONSTRAINT "contracts_pre_use_before_start" CHECK ("contracts"."pre_use_date" <= "contracts"."start_date")
);
--> statement-breakpoint
CREATE TABLE "entitlement_usages" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"entitlement_id" bigint NOT NULL,
	"booking_id" bigint NOT NULL,
	"service_date" date NOT NULL,
	"period_start" date NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "entitlement_usages_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "entitlement_usages_state_known" CHECK ("entitlement_usages"."state" in ('RESERVED', 'CONSUMED', 'RELEASED'))
);
--> statement-breakpoint
CREATE TABLE "entitlements" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"customer_id" bigint NOT NULL,
	"service_id" bigint NOT NULL,
	"source" text NOT NULL,
	"contract_id" bigint,
	"sub_contract_id" bigint,
	"quantity" integer,
	"period_value" integer,
	"period_unit" text,
	"anchor" date NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"cross_studio" boolean DEFAULT false NOT NULL,
	"home_studio_id" bigint NOT NULL,
	CONSTRAINT "entitlements_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "entitlements_source_known" CHECK ("entitlements"."source" in ('RATE', 'MODULE', 'GRANT', 'PACKAGE')),
	CONSTRAINT "entitlements_period_unit_known" CHECK ("entitlements"."period_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "entitlements_period_whole" CHECK (num_nonnulls("entitlements"."period_value", "entitlements"."period_unit") in (0, 2) and "entitlements"."period_value" >= 0),
	CONSTRAINT "entitlements_quantity_counted" CHECK ("entitlements"."quantity" >= 0)
);
--> statement-breakpoint
CREATE TABLE "idle_periods" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"contract_id" bigint NOT NULL,
	"start_date" date NOT NULL,
	"end_date" date,
	"unlimited" boolean DEFAULT false NOT NULL,
	"unit" text,
	"value" integer,
	"reason_id" bigint,
	"document_id" bigint,
	"state" text NOT NULL,
	"pending_change" jsonb,
	"policy_snapshot" jsonb NOT NULL,
	"free_days" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "idle_periods_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "idle_periods_unit_known" CHECK ("idle_periods"."unit" in ('DAY', 'WEEK', 'MONTH')),
	CONSTRAINT "idle_periods_state_known" CHECK ("idle_periods"."state" in ('PENDING_VERIFICATION', 'ACCEPTED', 'REJECTED', 'WITHDRAWN')),
	CONSTRAINT "idle_periods_dates_ordered" CHECK ("idle_periods"."start_date" <= "idle_periods"."end_date"),
	CONSTRAINT "idle_periods_end_unless_unlimited" CHECK ("idle_periods"."unlimited" or "idle_periods"."end_date" is not null)
);
--> statement-breakpoint
CREATE TABLE "sub_contracts" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"contract_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"origin" text NOT NULL,
	"module_id" bigint,
	"name" text NOT NULL,
	"start_date" date NOT NULL,
	"paid_from" date,
	"trial_term_value" integer,
	"trial_term_unit" text,
	"snapshot" jsonb NOT NULL,
	"exclusive" boolean DEFAULT true NOT NULL,
	"extension_index" integer DEFAULT 0 NOT NULL,
	"committed_end" date,
	"previous_id" bigint,
	"ended_at" timestamptz,
	"voided_at" timestamptz,
	CONSTRAINT "sub_contracts_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "sub_contracts_kind_known" CHECK ("sub_contracts"."kind" in ('MODULE', 'FLAT_FEE')),
	CONSTRAINT "sub_contracts_origin_known" CHECK ("sub_contracts"."origin" in ('INCLUDED', 'SELECTED', 'OPTIONAL', 'ADDITIONAL')),
	CONSTRAINT "sub_contracts_trial_term_unit_known" CHECK ("sub_contracts"."trial_term_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "sub_contracts_trial_term_whole" CHECK (num_nonnulls("sub_contracts"."trial_term_value", "sub_contracts"."trial_term_unit") in (0, 2) and "sub_contracts"."trial_term_value" >= 0),
	CONSTRAINT "sub_contracts_module_named" CHECK (("sub_contracts"."kind" = 'MODULE') = ("sub_contracts"."module_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "idle_policies" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"enabled" boolean NOT NULL,
	"temporal_unit" text NOT NULL,
	"max_terms" integer NOT NULL,
	"limit_window" text DEFAULT 'CONTRACT_YEAR' NOT NULL,
	"free_terms" integer DEFAULT 0 NOT NULL,
	"lead_days" integer DEFAULT 0 NOT NULL,
	"next_start_only" boolean DEFAULT false NOT NULL,
	"start_alignment" text DEFAULT 'CALENDAR' NOT NULL,
	"fee_type" text NOT NULL,
	"amount" numeric(19, 4),
	"amount_per_unit" numeric(19, 4),
	"percentage" numeric(7, 4),
	"recurring_charges" boolean DEFAULT false NOT NULL,
	"access_refusal" boolean DEFAULT false NOT NULL,
	"extends_contract" boolean DEFAULT true NOT NULL,
	"unlimited_allowed" boolean DEFAULT false NOT NULL,
	"day_shortening" boolean DEFAULT false NOT NULL,
	"suspends_modules" boolean DEFAULT true NOT NULL,
	CONSTRAINT "idle_policies_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "idle_policies_temporal_unit_known" CHECK ("idle_policies"."temporal_unit" in ('DAY', 'WEEK', 'MONTH')),
	CONSTRAINT "idle_policies_limit_window_known" CHECK ("idle_policies"."limit_window" in ('CONTRACT', 'CONTRACT_YEAR', 'CALENDAR_YEAR')),
	CONSTRAINT "idle_policies_start_alignment_known" CHECK ("idle_policies"."start_alignment" in ('CALENDAR', 'BILLING_PERIOD')),
	CONSTRAINT "idle_policies_fee_type_known" CHECK ("idle_policies"."fee_type" in ('NONE', 'ABSOLUTE', 'RELATIVE', 'TERM_BASED')),
	CONSTRAINT "idle_policies_max_terms_positive" CHECK ("idle_policies"."max_terms" >= 1),
	CONSTRAINT "idle_policies_free_terms_counted" CHECK ("idle_policies"."free_terms" >= 0),
	CONSTRAINT "idle_policies_unlimited_has_fee" CHECK (not "idle_policies"."unlimited_allowed" or "idle_policies"."recurring_charges" or "idle_policies"."fee_type" in ('NONE', 'ABSOLUTE'))
);
--> statement-breakpoint
CREATE TABLE "idle_reasons" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"name" text NOT NULL,
	"document_required" boolean DEFAULT false NOT NULL,
	"position" integer NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "idle_reasons_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "module_services" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"module_id" bigint NOT NULL,
	"service_id" bigint NOT NULL,
	"quantity" integer,
	"period_value" integer,
	"period_unit" text,
	"cross_studio" boolean DEFAULT false NOT NULL,
	CONSTRAINT "module_services_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "module_services_period_unit_known" CHECK ("module_services"."period_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "module_services_period_whole" CHECK (num_nonnulls("module_services"."period_value", "module_services"."period_unit") in (0, 2) and "module_services"."period_value" >= 0)
);
--> statement-breakpoint
CREATE TABLE "modules" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint,
	"name" text NOT NULL,
	"description" text,
	"image_key" bigint,
	"term_value" integer,
	"term_unit" text,
	"extension_type" text NOT NULL,
	"extension_term_value" integer,
	"extension_term_unit" text,
	"cancelation_period_value" integer,
	"cancelation_period_unit" text,
	"extension_cancelation_period_value" integer,
	"extension_cancelation_period_unit" text,
	"trial_term_value" integer,
	"trial_term_unit" text,
	"trial_description" text,
	"start_rule" text DEFAULT 'IMMEDIATE' NOT NULL,
	"billing_alignment" text DEFAULT 'OWN' NOT NULL,
	"online_bookable" boolean DEFAULT false NOT NULL,
	"multiple_allowed" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "modules_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "modules_term_unit_known" CHECK ("modules"."term_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "modules_extension_type_known" CHECK ("modules"."extension_type" in ('NONE', 'TERM_EXTENSION', 'NEW')),
	CONSTRAINT "modules_extension_term_unit_known" CHECK ("modules"."extension_term_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "modules_cancelation_period_unit_known" CHECK ("modules"."cancelation_period_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "modules_extension_cancelation_period_unit_known" CHECK ("modules"."extension_cancelation_period_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "modules_trial_term_unit_known" CHECK ("modules"."trial_term_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "modules_start_rule_known" CHECK ("modules"."start_rule" in ('IMMEDIATE', 'NEXT_MAIN_PERIOD')),
	CONSTRAINT "modules_billing_alignment_known" CHECK ("modules"."billing_alignment" in ('OWN', 'MAIN_CONTRACT')),
	CONSTRAINT "modules_term_whole" CHECK (num_nonnulls("modules"."term_value", "modules"."term_unit") in (0, 2) and "modules"."term_value" >= 0),
	CONSTRAINT "modules_extension_term_whole" CHECK (num_nonnulls("modules"."extension_term_value", "modules"."extension_term_unit") in (0, 2) and "modules"."extension_term_value" >= 0),
	CONSTRAINT "modules_cancelation_period_whole" CHECK (num_nonnulls("modules"."cancelation_period_value", "modules"."cancelation_period_unit") in (0, 2) and "modules"."cancelation_period_value" >= 0),
	CONSTRAINT "modules_extension_cancelation_period_whole" CHECK (num_nonnulls("modules"."extension_cancelation_period_value", "modules"."extension_cancelation_period_unit") in (0, 2) and "modules"."extension_cancelation_period_value" >= 0),
	CONSTRAINT "modules_trial_term_whole" CHECK (num_nonnulls("modules"."trial_term_value", "modules"."trial_term_unit") in (0, 2) and "modules"."trial_term_value" >= 0)
);
--> statement-breakpoint
CREATE TABLE "rate_checkin_studios" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"rate_id" bigint NOT NULL,
	"studio_id" bigint,
	CONSTRAINT "rate_checkin_studios_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "rate_code_links" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"rate_code_id" bigint NOT NULL,
	"owner_kind" text NOT NULL,
	"owner_id" bigint NOT NULL,
	CONSTRAINT "rate_code_links_pk" PRIMARY KEY("tenant_id","owner_kind","owner_id","rate_code_id"),
	CONSTRAINT "rate_code_links_owner_kind_known" CHECK ("rate_code_links"."owner_kind" in ('RATE', 'MODULE'))
);
--> statement-breakpoint
CREATE TABLE "rate_codes" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"identifier" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "rate_codes_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "rate_services" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"rate_id" bigint NOT NULL,
	"service_id" bigint NOT NULL,
	"quantity" integer,
	"period_value" integer,
	"period_unit" text,
	"cross_studio" boolean DEFAULT false NOT NULL,
	CONSTRAINT "rate_services_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "rate_services_period_unit_known" CHECK ("rate_services"."period_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "rate_services_period_whole" CHECK (num_nonnulls("rate_services"."period_value", "rate_services"."period_unit") in (0, 2) and "rate_services"."period_value" >= 0)
);
--> statement-breakpoint
CREATE TABLE "rates" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint,
	"name" text NOT NULL,
	"idle_policy_id" bigint,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "rates_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "services" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "services_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "services_kind_known" CHECK ("services"."kind" in ('APPOINTMENT', 'CLASS', 'USAGE'))
);
--> statement-breakpoint
CREATE TABLE "payment_instruments" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"token_sha256" "bytea",
	"identity" uuid,
	"customer_id" bigint,
	"entity_id" bigint,
	"type" text NOT NULL,
	"state" text NOT NULL,
	"is_run_default" boolean DEFAULT false NOT NULL,
	"usable_in_shop" boolean DEFAULT false NOT NULL,
	"holder" text,
	"account_enc" "bytea",
	"account_hmac" "bytea",
	"account_part_hmac" "bytea",
	"bic" text,
	"bank" text,
	"brand" text,
	"last4" text,
	"expiry" date,
	"mandate_ref" text,
	"signed_on" date,
	"signature_file_id" bigint,
	"first_collected_on" date,
	"last_collected_on" date,
	CONSTRAINT "payment_instruments_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "payment_instruments_type_known" CHECK ("payment_instruments"."type" in ('SEPA', 'BACS', 'ACH', 'CH_DD', 'LSV', 'CREDIT_CARD', 'PAYPAL', 'TWINT', 'IDEAL', 'BANCONTACT')),
	CONSTRAINT "payment_instruments_state_known" CHECK ("payment_instruments"."state" in ('ACTIVE', 'REPLACED', 'INVALID', 'EXPIRED'))
);
--> statement-breakpoint
ALTER TABLE "customer_accounts" ADD CONSTRAINT "customer_accounts_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_bookable_id_fk" FOREIGN KEY ("tenant_id","bookable_id") REFERENCES "public"."bookable_appointments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookable_appointments" ADD CONSTRAINT "bookable_appointments_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookable_appointments" ADD CONSTRAINT "bookable_appointments_service_id_fk" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookable_appointments" ADD CONSTRAINT "bookable_appointments_image_id_fk" FOREIGN KEY ("tenant_id","image_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookable_appointments" ADD CONSTRAINT "bookable_appointments_rule_id_fk" FOREIGN KEY ("tenant_id","rule_id") REFERENCES "public"."booking_rules"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement_resources" ADD CONSTRAINT "requirement_resources_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement_resources" ADD CONSTRAINT "requirement_resources_requirement_id_fk" FOREIGN KEY ("tenant_id","requirement_id") REFERENCES "public"."requirements"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement_resources" ADD CONSTRAINT "requirement_resources_bookable_id_fk" FOREIGN KEY ("tenant_id","bookable_id") REFERENCES "public"."bookable_appointments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement_resources" ADD CONSTRAINT "requirement_resources_resource_id_fk" FOREIGN KEY ("tenant_id","resource_id") REFERENCES "public"."resources"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirements" ADD CONSTRAINT "requirements_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirements" ADD CONSTRAINT "requirements_bookable_id_fk" FOREIGN KEY ("tenant_id","bookable_id") REFERENCES "public"."bookable_appointments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_access_medium_id_fk" FOREIGN KEY ("tenant_id","access_medium_id") REFERENCES "public"."access_mediums"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_class_slot_id_fk" FOREIGN KEY ("tenant_id","class_slot_id") REFERENCES "public"."class_slots"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_series" ADD CONSTRAINT "class_series_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_series" ADD CONSTRAINT "class_series_class_id_fk" FOREIGN KEY ("tenant_id","class_id") REFERENCES "public"."classes"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_series" ADD CONSTRAINT "class_series_location_id_fk" FOREIGN KEY ("tenant_id","location_id") REFERENCES "public"."resources"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_slot_instructors" ADD CONSTRAINT "class_slot_instructors_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_slot_instructors" ADD CONSTRAINT "class_slot_instructors_slot_id_fk" FOREIGN KEY ("tenant_id","slot_id") REFERENCES "public"."class_slots"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_slot_instructors" ADD CONSTRAINT "class_slot_instructors_employee_id_fk" FOREIGN KEY ("tenant_id","employee_id") REFERENCES "public"."employees"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_slot_instructors" ADD CONSTRAINT "class_slot_instructors_stand_in_for_fk" FOREIGN KEY ("tenant_id","stand_in_for") REFERENCES "public"."employees"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_slots" ADD CONSTRAINT "class_slots_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_slots" ADD CONSTRAINT "class_slots_class_id_fk" FOREIGN KEY ("tenant_id","class_id") REFERENCES "public"."classes"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_slots" ADD CONSTRAINT "class_slots_series_id_fk" FOREIGN KEY ("tenant_id","series_id") REFERENCES "public"."class_series"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_slots" ADD CONSTRAINT "class_slots_location_id_fk" FOREIGN KEY ("tenant_id","location_id") REFERENCES "public"."resources"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classes" ADD CONSTRAINT "classes_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classes" ADD CONSTRAINT "classes_service_id_fk" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classes" ADD CONSTRAINT "classes_image_id_fk" FOREIGN KEY ("tenant_id","image_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classes" ADD CONSTRAINT "classes_rule_id_fk" FOREIGN KEY ("tenant_id","rule_id") REFERENCES "public"."booking_rules"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_rules" ADD CONSTRAINT "booking_rules_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_absences" ADD CONSTRAINT "resource_absences_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_absences" ADD CONSTRAINT "resource_absences_resource_id_fk" FOREIGN KEY ("tenant_id","resource_id") REFERENCES "public"."resources"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_allocations" ADD CONSTRAINT "resource_allocations_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_allocations" ADD CONSTRAINT "resource_allocations_resource_id_fk" FOREIGN KEY ("tenant_id","resource_id") REFERENCES "public"."resources"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_availabilities" ADD CONSTRAINT "resource_availabilities_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_availabilities" ADD CONSTRAINT "resource_availabilities_resource_id_fk" FOREIGN KEY ("tenant_id","resource_id") REFERENCES "public"."resources"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_employee_id_fk" FOREIGN KEY ("tenant_id","employee_id") REFERENCES "public"."employees"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comm_configs" ADD CONSTRAINT "comm_configs_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_log" ADD CONSTRAINT "consent_log_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_comm_preferences" ADD CONSTRAINT "customer_comm_preferences_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_mediums" ADD CONSTRAINT "access_mediums_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_mediums" ADD CONSTRAINT "access_mediums_owner_integration_id_fk" FOREIGN KEY ("tenant_id","owner_integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_restrictions" ADD CONSTRAINT "access_restrictions_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_restrictions" ADD CONSTRAINT "access_restrictions_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "additional_information_assignments" ADD CONSTRAINT "additional_information_assignments_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "additional_information_assignments" ADD CONSTRAINT "additional_information_assignments_field_id_fk" FOREIGN KEY ("tenant_id","field_id") REFERENCES "public"."additional_information_fields"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "additional_information_list_items" ADD CONSTRAINT "additional_information_list_items_field_id_fk" FOREIGN KEY ("tenant_id","field_id") REFERENCES "public"."additional_information_fields"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_integration_blocks" ADD CONSTRAINT "customer_integration_blocks_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_integration_blocks" ADD CONSTRAINT "customer_integration_blocks_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_liable_persons" ADD CONSTRAINT "customer_liable_persons_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_number_counters" ADD CONSTRAINT "customer_number_counters_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_studio_history" ADD CONSTRAINT "customer_studio_history_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_studio_history" ADD CONSTRAINT "customer_studio_history_from_studio_fk" FOREIGN KEY ("tenant_id","from_studio") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_studio_history" ADD CONSTRAINT "customer_studio_history_to_studio_fk" FOREIGN KEY ("tenant_id","to_studio") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_third_party_ids" ADD CONSTRAINT "customer_third_party_ids_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_third_party_ids" ADD CONSTRAINT "customer_third_party_ids_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_image_file_id_fk" FOREIGN KEY ("tenant_id","image_file_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_merged_into_id_fk" FOREIGN KEY ("tenant_id","merged_into_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "employee_competences" ADD CONSTRAINT "employee_competences_employee_id_fk" FOREIGN KEY ("tenant_id","employee_id") REFERENCES "public"."employees"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "employee_competences" ADD CONSTRAINT "employee_competences_competence_id_fk" FOREIGN KEY ("tenant_id","competence_id") REFERENCES "public"."competences"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "employee_studios" ADD CONSTRAINT "employee_studios_employee_id_fk" FOREIGN KEY ("tenant_id","employee_id") REFERENCES "public"."employees"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "employee_studios" ADD CONSTRAINT "employee_studios_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "employees" ADD CONSTRAINT "employees_image_file_id_fk" FOREIGN KEY ("tenant_id","image_file_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_cancelations" ADD CONSTRAINT "contract_cancelations_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_cancelations" ADD CONSTRAINT "contract_cancelations_sub_contract_id_fk" FOREIGN KEY ("tenant_id","sub_contract_id") REFERENCES "public"."sub_contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_checkin_studios" ADD CONSTRAINT "contract_checkin_studios_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_checkin_studios" ADD CONSTRAINT "contract_checkin_studios_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_phases" ADD CONSTRAINT "contract_phases_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_phases" ADD CONSTRAINT "contract_phases_rate_id_fk" FOREIGN KEY ("tenant_id","rate_id") REFERENCES "public"."rates"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_employee_id_fk" FOREIGN KEY ("tenant_id","employee_id") REFERENCES "public"."employees"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_referred_by_customer_id_fk" FOREIGN KEY ("tenant_id","referred_by_customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_switched_from_id_fk" FOREIGN KEY ("tenant_id","switched_from_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlement_usages" ADD CONSTRAINT "entitlement_usages_entitlement_id_fk" FOREIGN KEY ("tenant_id","entitlement_id") REFERENCES "public"."entitlements"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_service_id_fk" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_sub_contract_id_fk" FOREIGN KEY ("tenant_id","sub_contract_id") REFERENCES "public"."sub_contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_home_studio_id_fk" FOREIGN KEY ("tenant_id","home_studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idle_periods" ADD CONSTRAINT "idle_periods_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idle_periods" ADD CONSTRAINT "idle_periods_reason_id_fk" FOREIGN KEY ("tenant_id","reason_id") REFERENCES "public"."idle_reasons"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idle_periods" ADD CONSTRAINT "idle_periods_document_id_fk" FOREIGN KEY ("tenant_id","document_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sub_contracts" ADD CONSTRAINT "sub_contracts_contract_id_fk" FOREIGN KEY ("tenant_id","contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sub_contracts" ADD CONSTRAINT "sub_contracts_module_id_fk" FOREIGN KEY ("tenant_id","module_id") REFERENCES "public"."modules"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sub_contracts" ADD CONSTRAINT "sub_contracts_previous_id_fk" FOREIGN KEY ("tenant_id","previous_id") REFERENCES "public"."sub_contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idle_reasons" ADD CONSTRAINT "idle_reasons_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "module_services" ADD CONSTRAINT "module_services_module_id_fk" FOREIGN KEY ("tenant_id","module_id") REFERENCES "public"."modules"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "module_services" ADD CONSTRAINT "module_services_service_id_fk" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "modules" ADD CONSTRAINT "modules_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "modules" ADD CONSTRAINT "modules_image_key_fk" FOREIGN KEY ("tenant_id","image_key") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rate_checkin_studios" ADD CONSTRAINT "rate_checkin_studios_rate_id_fk" FOREIGN KEY ("tenant_id","rate_id") REFERENCES "public"."rates"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rate_checkin_studios" ADD CONSTRAINT "rate_checkin_studios_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rate_code_links" ADD CONSTRAINT "rate_code_links_rate_code_id_fk" FOREIGN KEY ("tenant_id","rate_code_id") REFERENCES "public"."rate_codes"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rate_services" ADD CONSTRAINT "rate_services_rate_id_fk" FOREIGN KEY ("tenant_id","rate_id") REFERENCES "public"."rates"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rate_services" ADD CONSTRAINT "rate_services_service_id_fk" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rates" ADD CONSTRAINT "rates_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rates" ADD CONSTRAINT "rates_idle_policy_id_fk" FOREIGN KEY ("tenant_id","idle_policy_id") REFERENCES "public"."idle_policies"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_instruments" ADD CONSTRAINT "payment_instruments_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_instruments" ADD CONSTRAINT "payment_instruments_signature_file_id_fk" FOREIGN KEY ("tenant_id","signature_file_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "customer_accounts_debtor_id_unique" ON "customer_accounts" USING btree ("tenant_id","debtor_id");--> statement-breakpoint
CREATE INDEX "appointments_bookable" ON "appointments" USING btree ("tenant_id","bookable_id","start");--> statement-breakpoint
CREATE INDEX "appointments_studio" ON "appointments" USING btree ("tenant_id","studio_id","start","id");--> statement-breakpoint
CREATE INDEX "bookable_appointments_active" ON "bookable_appointments" USING btree ("tenant_id","studio_id","id") WHERE "bookable_appointments"."active";--> statement-breakpoint
CREATE UNIQUE INDEX "requirement_resources_one_line" ON "requirement_resources" USING btree ("tenant_id","bookable_id","resource_id");--> statement-breakpoint
CREATE INDEX "requirement_resources_requirement" ON "requirement_resources" USING btree ("tenant_id","requirement_id");--> statement-breakpoint
CREATE INDEX "requirements_bookable" ON "requirements" USING btree ("tenant_id","bookable_id");--> statement-breakpoint
CREATE UNIQUE INDEX "check_ins_one_open_visit" ON "check_ins" USING btree ("tenant_id","customer_id") WHERE "check_ins"."checked_out_at" is null;--> statement-breakpoint
CREATE INDEX "check_ins_customer" ON "check_ins" USING btree ("tenant_id","customer_id","checked_in_at","id");--> statement-breakpoint
CREATE INDEX "check_ins_studio" ON "check_ins" USING btree ("tenant_id","studio_id","checked_in_at");--> statement-breakpoint
CREATE INDEX "check_ins_open" ON "check_ins" USING btree ("tenant_id","studio_id") WHERE "check_ins"."checked_out_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "bookings_one_per_slot" ON "bookings" USING btree ("tenant_id","class_slot_id","customer_id") WHERE "bookings"."status" <> 'CANCELED';--> statement-breakpoint
CREATE UNIQUE INDEX "bookings_one_per_appointment" ON "bookings" USING btree ("tenant_id","appointment_id","customer_id") WHERE "bookings"."status" <> 'CANCELED';--> statement-breakpoint
CREATE INDEX "bookings_customer" ON "bookings" USING btree ("tenant_id","customer_id",lower("during"));--> statement-breakpoint
CREATE INDEX "bookings_slot" ON "bookings" USING btree ("tenant_id","class_slot_id","status","queue_no");--> statement-breakpoint
CREATE INDEX "bookings_confirmation" ON "bookings" USING btree ("tenant_id","confirm_deadline") WHERE "bookings"."status" = 'BOOKED_WITH_CONFIRMATION_REQUIRED';--> statement-breakpoint
CREATE INDEX "bookings_unsettled" ON "bookings" USING btree ("tenant_id",upper("during")) WHERE "bookings"."settled_at" is null and "bookings"."status" <> 'CANCELED';--> statement-breakpoint
CREATE INDEX "class_series_class" ON "class_series" USING btree ("tenant_id","class_id");--> statement-breakpoint
CREATE UNIQUE INDEX "class_slot_instructors_once" ON "class_slot_instructors" USING btree ("tenant_id","slot_id","employee_id");--> statement-breakpoint
CREATE UNIQUE INDEX "class_slots_occurrence_unique" ON "class_slots" USING btree ("tenant_id","series_id","occurrence_date","start");--> statement-breakpoint
CREATE INDEX "class_slots_class" ON "class_slots" USING btree ("tenant_id","class_id","id");--> statement-breakpoint
CREATE INDEX "class_slots_studio" ON "class_slots" USING btree ("tenant_id","studio_id","start","id");--> statement-breakpoint
CREATE INDEX "class_slots_promotion" ON "class_slots" USING btree ("tenant_id","id") WHERE "class_slots"."promotion_pending";--> statement-breakpoint
CREATE INDEX "classes_studio" ON "classes" USING btree ("tenant_id","studio_id","id");--> statement-breakpoint
CREATE INDEX "resource_absences_resource" ON "resource_absences" USING btree ("tenant_id","resource_id");--> statement-breakpoint
CREATE INDEX "resource_allocations_source" ON "resource_allocations" USING btree ("tenant_id","source","source_id");--> statement-breakpoint
CREATE INDEX "resource_availabilities_resource" ON "resource_availabilities" USING btree ("tenant_id","resource_id");--> statement-breakpoint
CREATE UNIQUE INDEX "resources_employee_once" ON "resources" USING btree ("tenant_id","studio_id","employee_id");--> statement-breakpoint
CREATE INDEX "resources_studio" ON "resources" USING btree ("tenant_id","studio_id","id");--> statement-breakpoint
CREATE INDEX "consent_log_customer" ON "consent_log" USING btree ("tenant_id","customer_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "access_mediums_value_unique" ON "access_mediums" USING btree ("tenant_id","type","value_norm") WHERE "access_mediums"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "access_mediums_customer" ON "access_mediums" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "access_restrictions_one_per_integration" ON "access_restrictions" USING btree ("tenant_id","customer_id","integration_id") WHERE "access_restrictions"."source" = 'INTEGRATION';--> statement-breakpoint
CREATE INDEX "access_restrictions_customer" ON "access_restrictions" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "additional_information_assignments_one" ON "additional_information_assignments" USING btree ("tenant_id","customer_id","field_id");--> statement-breakpoint
CREATE INDEX "additional_information_list_items_field" ON "additional_information_list_items" USING btree ("tenant_id","field_id");--> statement-breakpoint
CREATE INDEX "customer_access_log_customer" ON "customer_access_log" USING btree ("tenant_id","customer_id","at");--> statement-breakpoint
CREATE INDEX "customer_access_log_expiry" ON "customer_access_log" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "customer_integration_blocks_one" ON "customer_integration_blocks" USING btree ("tenant_id","customer_id","integration_id");--> statement-breakpoint
CREATE UNIQUE INDEX "customer_liable_persons_one" ON "customer_liable_persons" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "customer_studio_history_customer" ON "customer_studio_history" USING btree ("tenant_id","customer_id","switch_date");--> statement-breakpoint
CREATE UNIQUE INDEX "customer_third_party_ids_value_unique" ON "customer_third_party_ids" USING btree ("tenant_id","integration_id","value");--> statement-breakpoint
CREATE UNIQUE INDEX "customer_third_party_ids_one" ON "customer_third_party_ids" USING btree ("tenant_id","customer_id","integration_id");--> statement-breakpoint
CREATE UNIQUE INDEX "customer_third_party_ids_migrated_unique" ON "customer_third_party_ids" USING btree ("tenant_id","value") WHERE "customer_third_party_ids"."integration_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "customer_third_party_ids_migrated_one" ON "customer_third_party_ids" USING btree ("tenant_id","customer_id") WHERE "customer_third_party_ids"."integration_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "customers_number_unique" ON "customers" USING btree ("tenant_id",lower("customer_number") collate "C");--> statement-breakpoint
CREATE UNIQUE INDEX "customers_uuid_unique" ON "customers" USING btree ("tenant_id","uuid");--> statement-breakpoint
CREATE UNIQUE INDEX "customers_referral_code_unique" ON "customers" USING btree ("tenant_id","referral_code");--> statement-breakpoint
CREATE UNIQUE INDEX "customers_static_access_number_unique" ON "customers" USING btree ("tenant_id","static_access_number");--> statement-breakpoint
CREATE INDEX "customers_studio" ON "customers" USING btree ("tenant_id","studio_id","id");--> statement-breakpoint
CREATE INDEX "customers_prospects" ON "customers" USING btree ("tenant_id","studio_id","id") WHERE "customers"."membership_until" is null;--> statement-breakpoint
CREATE INDEX "customers_member_end" ON "customers" USING btree ("tenant_id","studio_id","membership_until") WHERE "customers"."announced_status" = 'MEMBER';--> statement-breakpoint
CREATE INDEX "customers_dedupe" ON "customers" USING btree ("tenant_id","dedupe_hash") WHERE "customers"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "customers_studio_name" ON "customers" USING btree ("tenant_id","studio_id","last_fold","first_fold","id") WHERE "customers"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "customers_name" ON "customers" USING btree ("tenant_id","last_fold","first_fold","id") WHERE "customers"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "customers_studio_name_tr" ON "customers" USING btree ("tenant_id","studio_id","last_fold_tr","first_fold_tr","id") WHERE "customers"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "customers_name_tr" ON "customers" USING btree ("tenant_id","last_fold_tr","first_fold_tr","id") WHERE "customers"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "customers_first_name" ON "customers" USING btree ("tenant_id","first_fold","id") WHERE "customers"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "customers_first_name_tr" ON "customers" USING btree ("tenant_id","first_fold_tr","id") WHERE "customers"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "customers_first_last_name" ON "customers" USING btree ("tenant_id","first_fold","last_fold","id") WHERE "customers"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "customers_email" ON "customers" USING btree ("tenant_id","email_fold") WHERE "customers"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "customers_birth_date" ON "customers" USING btree ("tenant_id","date_of_birth","last_fold") WHERE "customers"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "customers_phone_private_digits" ON "customers" USING btree ("tenant_id",reverse(regexp_replace("phone_private", '\D', '', 'g')) collate "C") WHERE "customers"."erased_at" is null and "customers"."phone_private" is not null;--> statement-breakpoint
CREATE INDEX "customers_phone_private_mobile_digits" ON "customers" USING btree ("tenant_id",reverse(regexp_replace("phone_private_mobile", '\D', '', 'g')) collate "C") WHERE "customers"."erased_at" is null and "customers"."phone_private_mobile" is not null;--> statement-breakpoint
CREATE INDEX "customers_phone_business_digits" ON "customers" USING btree ("tenant_id",reverse(regexp_replace("phone_business", '\D', '', 'g')) collate "C") WHERE "customers"."erased_at" is null and "customers"."phone_business" is not null;--> statement-breakpoint
CREATE INDEX "customers_phone_business_mobile_digits" ON "customers" USING btree ("tenant_id",reverse(regexp_replace("phone_business_mobile", '\D', '', 'g')) collate "C") WHERE "customers"."erased_at" is null and "customers"."phone_business_mobile" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "competences_name_unique" ON "competences" USING btree ("tenant_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "employee_studios_once" ON "employee_studios" USING btree ("tenant_id","employee_id","studio_id") WHERE "employee_studios"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "employee_studios_studio" ON "employee_studios" USING btree ("tenant_id","studio_id","employee_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contract_cancelations_one_live" ON "contract_cancelations" USING btree ("tenant_id","contract_id") WHERE "contract_cancelations"."state" in ('PENDING', 'EFFECTIVE', 'WITHDRAWAL_PENDING');--> statement-breakpoint
CREATE UNIQUE INDEX "contract_cancelations_one_live_of_module" ON "contract_cancelations" USING btree ("tenant_id","sub_contract_id") WHERE "contract_cancelations"."state" in ('PENDING', 'EFFECTIVE', 'WITHDRAWAL_PENDING');--> statement-breakpoint
CREATE UNIQUE INDEX "contract_checkin_studios_once" ON "contract_checkin_studios" USING btree ("tenant_id","contract_id","studio_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contract_checkin_studios_all_once" ON "contract_checkin_studios" USING btree ("tenant_id","contract_id") WHERE "contract_checkin_studios"."studio_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "contract_phases_seq_unique" ON "contract_phases" USING btree ("tenant_id","contract_id","seq");--> statement-breakpoint
CREATE INDEX "contracts_customer" ON "contracts" USING btree ("tenant_id","customer_id","start_date" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "contracts_end" ON "contracts" USING btree ("tenant_id","studio_id","committed_end");--> statement-breakpoint
CREATE INDEX "contracts_third_party" ON "contracts" USING btree ("tenant_id","third_party_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contracts_switched_once" ON "contracts" USING btree ("tenant_id","switched_from_id");--> statement-breakpoint
CREATE UNIQUE INDEX "entitlement_usages_one_per_booking" ON "entitlement_usages" USING btree ("tenant_id","booking_id") WHERE "entitlement_usages"."state" <> 'RELEASED';--> statement-breakpoint
CREATE INDEX "entitlement_usages_period" ON "entitlement_usages" USING btree ("tenant_id","entitlement_id","period_start");--> statement-breakpoint
CREATE INDEX "entitlements_customer" ON "entitlements" USING btree ("tenant_id","customer_id","service_id");--> statement-breakpoint
CREATE INDEX "entitlements_contract" ON "entitlements" USING btree ("tenant_id","contract_id");--> statement-breakpoint
CREATE INDEX "idle_periods_contract" ON "idle_periods" USING btree ("tenant_id","contract_id","start_date");--> statement-breakpoint
CREATE INDEX "sub_contracts_contract" ON "sub_contracts" USING btree ("tenant_id","contract_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "sub_contracts_one_of_module" ON "sub_contracts" USING btree ("tenant_id","contract_id","module_id") WHERE "sub_contracts"."origin" = 'ADDITIONAL' and "sub_contracts"."exclusive" and "sub_contracts"."ended_at" is null and "sub_contracts"."voided_at" is null;--> statement-breakpoint
CREATE INDEX "idle_reasons_studio" ON "idle_reasons" USING btree ("tenant_id","studio_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "module_services_once" ON "module_services" USING btree ("tenant_id","module_id","service_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rate_checkin_studios_once" ON "rate_checkin_studios" USING btree ("tenant_id","rate_id","studio_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rate_checkin_studios_all_once" ON "rate_checkin_studios" USING btree ("tenant_id","rate_id") WHERE "rate_checkin_studios"."studio_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "rate_codes_identifier_unique" ON "rate_codes" USING btree ("tenant_id","identifier");--> statement-breakpoint
CREATE UNIQUE INDEX "rate_services_once" ON "rate_services" USING btree ("tenant_id","rate_id","service_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_instruments_token_unique" ON "payment_instruments" USING btree ("tenant_id","token_sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_instruments_one_run_default" ON "payment_instruments" USING btree ("tenant_id","customer_id") WHERE "payment_instruments"."is_run_default";--> statement-breakpoint
CREATE UNIQUE INDEX "payment_instruments_mandate_ref_unique" ON "payment_instruments" USING btree ("tenant_id","entity_id","mandate_ref");--> statement-breakpoint
CREATE INDEX "payment_instruments_customer" ON "payment_instruments" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "payment_instruments_account" ON "payment_instruments" USING btree ("tenant_id","account_hmac");--> statement-breakpoint
CREATE INDEX "payment_instruments_account_part" ON "payment_instruments" USING btree ("tenant_id","account_part_hmac");