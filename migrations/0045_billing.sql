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
ALTER TABLE "customer_accounts" ADD COLUMN "dunning_cycle" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "customer_accounts" ADD COLUMN "dunned_on" date;--> statement-breakpoint
ALTER TABLE "debt_claims" ADD COLUMN "dunning_clock_from" date;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "datev_consultant" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "datev_client" text;--> statement-breakpoint
ALTER TABLE "legal_entities" ADD COLUMN "datev_account_length" integer DEFAULT 4 NOT NULL;--> statement-breakpoint
ALTER TABLE "tax_codes" ADD COLUMN "tax_key" text;--> statement-breakpoint
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
ALTER TABLE "customer_accounts" ADD CONSTRAINT "customer_accounts_dunning_level_id_fk" FOREIGN KEY ("tenant_id","dunning_level_id") REFERENCES "public"."dunning_levels"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_accounts" ADD CONSTRAINT "customer_accounts_dunned_with_level" CHECK (("customer_accounts"."dunning_level_id" is null) = ("customer_accounts"."dunned_on" is null));--> statement-breakpoint
ALTER TABLE "legal_entities" ADD CONSTRAINT "legal_entities_datev_consultant_form" CHECK ("legal_entities"."datev_consultant" ~ '^[1-9][0-9]{3,6}$');--> statement-breakpoint
ALTER TABLE "legal_entities" ADD CONSTRAINT "legal_entities_datev_client_form" CHECK ("legal_entities"."datev_client" ~ '^[1-9][0-9]{0,4}$');--> statement-breakpoint
ALTER TABLE "legal_entities" ADD CONSTRAINT "legal_entities_datev_account_length" CHECK ("legal_entities"."datev_account_length" between 4 and 8);--> statement-breakpoint
ALTER TABLE "tax_codes" ADD CONSTRAINT "tax_codes_key_form" CHECK ("tax_codes"."tax_key" ~ '^[0-9]{1,4}$');
--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
