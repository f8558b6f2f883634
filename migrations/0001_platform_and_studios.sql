CREATE TABLE "audit_log" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"at" timestamptz NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" bigint,
	"actor_detail" jsonb,
	"action" text NOT NULL,
	"entity_kind" text NOT NULL,
	"entity_id" bigint,
	"studio_id" bigint,
	"diff" jsonb,
	"trace_id" text,
	"ip" text,
	"seal_no" bigint,
	CONSTRAINT "audit_log_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"no" bigint NOT NULL,
	"row_count" integer NOT NULL,
	"prev_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"sealed_at" timestamptz NOT NULL,
	CONSTRAINT "audit_seals_pk" PRIMARY KEY("tenant_id","no")
);
--> statement-breakpoint
CREATE TABLE "clock_state" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"mode" text NOT NULL,
	"offset_ms" bigint DEFAULT 0 NOT NULL,
	"frozen_at" timestamptz,
	"updated_at" timestamptz NOT NULL,
	CONSTRAINT "clock_state_pk" PRIMARY KEY("tenant_id"),
	CONSTRAINT "clock_state_mode_known" CHECK ("clock_state"."mode" in ('SYSTEM', 'OFFSET', 'FROZEN')),
	CONSTRAINT "clock_state_frozen_has_instant" CHECK (("clock_state"."mode" = 'FROZEN') = ("clock_state"."frozen_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"storage_key" text NOT NULL,
	"mime" text NOT NULL,
	"size" bigint NOT NULL,
	"sha256" "bytea" NOT NULL,
	"original_name" text NOT NULL,
	"owner_kind" text NOT NULL,
	"owner_id" bigint,
	"scan_state" text NOT NULL,
	"delete_after" timestamptz,
	"content" "bytea",
	CONSTRAINT "files_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "files_scan_state_known" CHECK ("files"."scan_state" in ('SKIPPED', 'CLEAN', 'INFECTED'))
);
--> statement-breakpoint
CREATE TABLE "idempotency_records" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"caller" bigint NOT NULL,
	"operation" text NOT NULL,
	"idem_key" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"status" integer NOT NULL,
	"headers" jsonb NOT NULL,
	"body" "bytea",
	"created_at" timestamptz NOT NULL,
	"expires_at" timestamptz NOT NULL,
	CONSTRAINT "idempotency_records_pk" PRIMARY KEY("tenant_id","caller","operation","idem_key")
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"job" text NOT NULL,
	"studio_id" bigint,
	"run_key" text NOT NULL,
	"state" text NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"result" jsonb,
	"error" text,
	"started_at" timestamptz,
	"finished_at" timestamptz,
	CONSTRAINT "job_runs_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "job_runs_run_key_unique" UNIQUE NULLS NOT DISTINCT("tenant_id","job","studio_id","run_key"),
	CONSTRAINT "job_runs_state_known" CHECK ("job_runs"."state" in ('QUEUED', 'RUNNING', 'DONE', 'FAILED'))
);
--> statement-breakpoint
CREATE TABLE "outbox_events" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"uuid" uuid NOT NULL,
	"type" text NOT NULL,
	"entity_id" bigint NOT NULL,
	"customer_id" bigint,
	"audience_studio_ids" bigint[] NOT NULL,
	"only_integration_id" bigint,
	"content" jsonb,
	"occurred_at" timestamptz NOT NULL,
	"actor" text NOT NULL,
	"trace_id" text,
	"fanned_out_at" timestamptz,
	CONSTRAINT "outbox_events_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "rate_windows" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"caller" bigint NOT NULL,
	"operation" text NOT NULL,
	"window_start" timestamptz,
	"count" integer NOT NULL,
	"blocked_until" timestamptz,
	CONSTRAINT "rate_windows_pk" PRIMARY KEY("tenant_id","caller","operation")
);
--> statement-breakpoint
CREATE TABLE "scheduled_jobs" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"name" text NOT NULL,
	"studio_id" bigint,
	"next_run_at" timestamptz NOT NULL,
	CONSTRAINT "scheduled_jobs_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "scheduled_jobs_name_unique" UNIQUE NULLS NOT DISTINCT("tenant_id","name","studio_id")
);
--> statement-breakpoint
CREATE TABLE "activations" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"integration_id" bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"status" text NOT NULL,
	"scopes" text[] NOT NULL,
	"confirmed_at" timestamptz,
	"webhooks_enabled_at" timestamptz,
	CONSTRAINT "activations_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "activations_status_known" CHECK ("activations"."status" in ('REQUESTED', 'ACTIVE', 'SUSPENDED', 'ENDED'))
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"activation_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"key_hash" "bytea",
	"key_enc" "bytea",
	"hint" text NOT NULL,
	"status" text NOT NULL,
	"expires_at" timestamptz,
	"last_used_at" timestamptz,
	"revoked_at" timestamptz,
	CONSTRAINT "api_keys_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "api_keys_kind_known" CHECK ("api_keys"."kind" in ('INBOUND', 'WEBHOOK')),
	CONSTRAINT "api_keys_status_known" CHECK ("api_keys"."status" in ('ACTIVE', 'REVOKED')),
	CONSTRAINT "api_keys_secret_by_kind" CHECK (("api_keys"."kind" = 'INBOUND') = ("api_keys"."key_hash" is not null) and ("api_keys"."kind" = 'WEBHOOK') = ("api_keys"."key_enc" is not null))
);
--> statement-breakpoint
CREATE TABLE "integrations" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"name" text NOT NULL,
	"contact_email" text,
	"requested_scopes" text[] NOT NULL,
	"webhook_access" boolean NOT NULL,
	"rate_limit_default" integer,
	"rate_limit_overrides" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"date_time_form" text DEFAULT 'CONTRACT' NOT NULL,
	"preview_shape" text DEFAULT 'CONTRACT' NOT NULL,
	"retry_policy" text DEFAULT 'standard' NOT NULL,
	"signing_secret_enc" "bytea",
	"previous_signing_secret_enc" "bytea",
	"signing_secret_rotated_at" timestamptz,
	CONSTRAINT "integrations_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "integrations_date_time_form_known" CHECK ("integrations"."date_time_form" in ('CONTRACT', 'RFC3339')),
	CONSTRAINT "integrations_preview_shape_known" CHECK ("integrations"."preview_shape" in ('CONTRACT', 'NUMBERS')),
	CONSTRAINT "integrations_retry_policy_known" CHECK ("integrations"."retry_policy" in ('standard', 'none', 'exponential'))
);
--> statement-breakpoint
CREATE TABLE "opening_hour_categories" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "opening_hour_categories_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "opening_hour_category_times" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"category_id" bigint NOT NULL,
	"day" text NOT NULL,
	"time_from" time NOT NULL,
	"time_to" time NOT NULL,
	CONSTRAINT "opening_hour_category_times_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "opening_hour_category_times_day_known" CHECK ("opening_hour_category_times"."day" in ('MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'))
);
--> statement-breakpoint
CREATE TABLE "opening_hours" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"studio_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"day_from" text NOT NULL,
	"day_to" text NOT NULL,
	"time_from" time NOT NULL,
	"time_to" time NOT NULL,
	CONSTRAINT "opening_hours_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "opening_hours_kind_known" CHECK ("opening_hours"."kind" in ('INTERNAL', 'PUBLIC')),
	CONSTRAINT "opening_hours_day_from_known" CHECK ("opening_hours"."day_from" in ('MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY')),
	CONSTRAINT "opening_hours_day_to_known" CHECK ("opening_hours"."day_to" in ('MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'))
);
--> statement-breakpoint
CREATE TABLE "studio_closings" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"from_local" timestamp NOT NULL,
	"to_local" timestamp NOT NULL,
	CONSTRAINT "studio_closings_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "studio_closings_order" CHECK ("studio_closings"."from_local" < "studio_closings"."to_local")
);
--> statement-breakpoint
CREATE TABLE "studio_tags" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"studio_id" bigint NOT NULL,
	"tag_id" bigint NOT NULL,
	CONSTRAINT "studio_tags_pk" PRIMARY KEY("tenant_id","studio_id","tag_id")
);
--> statement-breakpoint
CREATE TABLE "studios" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"time_zone" text NOT NULL,
	"currency" char(3) NOT NULL,
	"language_tag" text NOT NULL,
	"country_code" char(2) NOT NULL,
	"street" text,
	"house_number" text,
	"zip" text,
	"city" text,
	"latitude" double precision,
	"longitude" double precision,
	"email" text,
	"telephone" text,
	"website" text,
	"logo_file_id" bigint,
	"capacity" integer,
	"opening_date" date,
	"closing_date" date,
	"status" text NOT NULL,
	"legal_entity_id" bigint,
	"access_code_enabled" boolean DEFAULT true NOT NULL,
	"access_code_mode" text DEFAULT 'MIXED' NOT NULL,
	"access_code_format" text DEFAULT 'JSON' NOT NULL,
	"access_code_single_use" boolean DEFAULT false NOT NULL,
	"auto_checkout_after_minutes" integer,
	"auto_checkout_at_closing" boolean DEFAULT false NOT NULL,
	"auto_checkout_daily_at" time,
	"share_private_employee_data" boolean DEFAULT true NOT NULL,
	"duplicate_check" boolean DEFAULT true NOT NULL,
	"lead_duplicate_rule" text DEFAULT 'EMAIL' NOT NULL,
	"tax_id_strict" boolean DEFAULT false NOT NULL,
	"customer_number_pattern" text,
	"show_contract_volume" boolean DEFAULT true NOT NULL,
	CONSTRAINT "studios_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "studios_status_known" CHECK ("studios"."status" in ('ACTIVE', 'CLOSED')),
	CONSTRAINT "studios_access_code_mode_known" CHECK ("studios"."access_code_mode" in ('STATIC_ONLY', 'MIXED', 'DYNAMIC_ONLY')),
	CONSTRAINT "studios_access_code_format_known" CHECK ("studios"."access_code_format" in ('JSON', 'NUMBER')),
	CONSTRAINT "studios_lead_duplicate_rule_known" CHECK ("studios"."lead_duplicate_rule" in ('EMAIL', 'EMAIL_AND_NAME')),
	CONSTRAINT "studios_capacity_positive" CHECK ("studios"."capacity" > 0),
	CONSTRAINT "studios_auto_checkout_positive" CHECK ("studios"."auto_checkout_after_minutes" > 0),
	CONSTRAINT "studios_location_whole" CHECK (num_nonnulls("studios"."latitude", "studios"."longitude") in (0, 2))
);
--> statement-breakpoint
CREATE TABLE "tags" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "tags_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tags_name_length" CHECK (char_length("tags"."name") between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"default_language" text NOT NULL,
	"status" text NOT NULL,
	"access_secret_enc" "bytea",
	"previous_access_secret_enc" "bytea",
	"access_secret_rotated_at" timestamptz,
	"account_balance_sign" text DEFAULT 'CUSTOMER' NOT NULL,
	CONSTRAINT "tenants_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tenants_status_known" CHECK ("tenants"."status" in ('ACTIVE', 'SUSPENDED')),
	CONSTRAINT "tenants_account_balance_sign_known" CHECK ("tenants"."account_balance_sign" in ('CUSTOMER', 'RECEIVABLE')),
	CONSTRAINT "tenants_slug_form" CHECK ("tenants"."slug" ~ '^[a-z0-9][a-z0-9-]{1,38}$'),
	CONSTRAINT "tenants_own_tenant" CHECK ("tenants"."id" = "tenants"."tenant_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_attempts" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"delivery_id" bigint NOT NULL,
	"no" integer NOT NULL,
	"started_at" timestamptz NOT NULL,
	"duration_ms" integer NOT NULL,
	"http_status" integer,
	"error" text,
	"answer" text,
	CONSTRAINT "webhook_attempts_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"event_id" bigint NOT NULL,
	"endpoint_id" bigint NOT NULL,
	"activation_id" bigint NOT NULL,
	"state" text NOT NULL,
	"attempt_no" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamptz NOT NULL,
	"lease_until" timestamptz,
	"entity_id" bigint NOT NULL,
	"finished_at" timestamptz,
	CONSTRAINT "webhook_deliveries_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "webhook_deliveries_state_known" CHECK ("webhook_deliveries"."state" in ('PENDING', 'RETRY_WAIT', 'DELIVERED', 'DEAD', 'CANCELLED'))
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"integration_id" bigint NOT NULL,
	"url" text NOT NULL,
	"event_types" text[],
	"status" text NOT NULL,
	"extended_payload" boolean DEFAULT false NOT NULL,
	CONSTRAINT "webhook_endpoints_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "webhook_endpoints_status_known" CHECK ("webhook_endpoints"."status" in ('ACTIVE', 'PAUSED'))
);
--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_activation_id_fk" FOREIGN KEY ("tenant_id","activation_id") REFERENCES "public"."activations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_hour_categories" ADD CONSTRAINT "opening_hour_categories_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_hour_category_times" ADD CONSTRAINT "opening_hour_category_times_category_id_fk" FOREIGN KEY ("tenant_id","category_id") REFERENCES "public"."opening_hour_categories"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_hours" ADD CONSTRAINT "opening_hours_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_closings" ADD CONSTRAINT "studio_closings_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_tags" ADD CONSTRAINT "studio_tags_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_tags" ADD CONSTRAINT "studio_tags_tag_id_fk" FOREIGN KEY ("tenant_id","tag_id") REFERENCES "public"."tags"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studios" ADD CONSTRAINT "studios_tenant_id_fk" FOREIGN KEY ("tenant_id","tenant_id") REFERENCES "public"."tenants"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studios" ADD CONSTRAINT "studios_logo_file_id_fk" FOREIGN KEY ("tenant_id","logo_file_id") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_delivery_id_fk" FOREIGN KEY ("tenant_id","delivery_id") REFERENCES "public"."webhook_deliveries"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_event_id_fk" FOREIGN KEY ("tenant_id","event_id") REFERENCES "public"."outbox_events"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_fk" FOREIGN KEY ("tenant_id","endpoint_id") REFERENCES "public"."webhook_endpoints"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_activation_id_fk" FOREIGN KEY ("tenant_id","activation_id") REFERENCES "public"."activations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_unsealed" ON "audit_log" USING btree ("tenant_id","id") WHERE "audit_log"."seal_no" is null;--> statement-breakpoint
CREATE INDEX "audit_log_entity" ON "audit_log" USING btree ("tenant_id","entity_kind","entity_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_seal" ON "audit_log" USING btree ("tenant_id","seal_no","id");--> statement-breakpoint
CREATE UNIQUE INDEX "files_storage_key_unique" ON "files" USING btree ("tenant_id","storage_key");--> statement-breakpoint
CREATE INDEX "files_owner" ON "files" USING btree ("tenant_id","owner_kind","owner_id");--> statement-breakpoint
CREATE INDEX "files_deletion" ON "files" USING btree ("tenant_id","delete_after") WHERE "files"."delete_after" is not null;--> statement-breakpoint
CREATE INDEX "idempotency_records_expiry" ON "idempotency_records" USING btree ("tenant_id","expires_at");--> statement-breakpoint
CREATE INDEX "job_runs_unfinished" ON "job_runs" USING btree ("tenant_id","id") WHERE "job_runs"."state" in ('QUEUED', 'RUNNING');--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_events_uuid_unique" ON "outbox_events" USING btree ("tenant_id","uuid");--> statement-breakpoint
CREATE INDEX "outbox_events_waiting" ON "outbox_events" USING btree ("tenant_id","id") WHERE "outbox_events"."fanned_out_at" is null;--> statement-breakpoint
CREATE INDEX "scheduled_jobs_due" ON "scheduled_jobs" USING btree ("tenant_id","next_run_at");--> statement-breakpoint
CREATE UNIQUE INDEX "activations_one_per_studio" ON "activations" USING btree ("tenant_id","integration_id","studio_id") WHERE "activations"."status" <> 'ENDED';--> statement-breakpoint
CREATE INDEX "activations_studio" ON "activations" USING btree ("tenant_id","studio_id");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_key_hash_unique" ON "api_keys" USING btree ("key_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_one_webhook_key" ON "api_keys" USING btree ("tenant_id","activation_id") WHERE "api_keys"."kind" = 'WEBHOOK' and "api_keys"."status" = 'ACTIVE';--> statement-breakpoint
CREATE INDEX "api_keys_activation" ON "api_keys" USING btree ("tenant_id","activation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "opening_hour_categories_name_unique" ON "opening_hour_categories" USING btree ("tenant_id","studio_id","name");--> statement-breakpoint
CREATE INDEX "opening_hour_category_times_category" ON "opening_hour_category_times" USING btree ("tenant_id","category_id");--> statement-breakpoint
CREATE INDEX "opening_hours_studio" ON "opening_hours" USING btree ("tenant_id","studio_id");--> statement-breakpoint
CREATE INDEX "studio_closings_end" ON "studio_closings" USING btree ("tenant_id","studio_id","to_local");--> statement-breakpoint
CREATE UNIQUE INDEX "studios_number_unique" ON "studios" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "tags_name_unique" ON "tags" USING btree ("tenant_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "tenants_slug_unique" ON "tenants" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "webhook_attempts_delivery" ON "webhook_attempts" USING btree ("tenant_id","delivery_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_once" ON "webhook_deliveries" USING btree ("tenant_id","event_id","endpoint_id","activation_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("tenant_id","state","next_attempt_at");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_entity" ON "webhook_deliveries" USING btree ("tenant_id","endpoint_id","entity_id","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_finished" ON "webhook_deliveries" USING btree ("tenant_id","finished_at") WHERE "webhook_deliveries"."finished_at" is not null;--> statement-breakpoint
CREATE INDEX "webhook_endpoints_integration" ON "webhook_endpoints" USING btree ("tenant_id","integration_id");