CREATE TABLE "campaigns" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"name" text NOT NULL,
	"external_id" text,
	CONSTRAINT "campaigns_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "lead_config_fields" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"studio_id" bigint NOT NULL,
	"config_id" bigint NOT NULL,
	"additional_field_id" bigint NOT NULL,
	"mode" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "lead_config_fields_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "lead_config_fields_mode_known" CHECK ("lead_config_fields"."mode" in ('INACTIVE', 'OPTIONAL', 'MANDATORY'))
);
--> statement-breakpoint
CREATE TABLE "lead_configs" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"address_mode" text DEFAULT 'OPTIONAL' NOT NULL,
	"date_of_birth_mode" text DEFAULT 'OPTIONAL' NOT NULL,
	"gender_mode" text DEFAULT 'OPTIONAL' NOT NULL,
	"telephone_mode" text DEFAULT 'OPTIONAL' NOT NULL,
	CONSTRAINT "lead_configs_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "lead_configs_address_mode_known" CHECK ("lead_configs"."address_mode" in ('INACTIVE', 'OPTIONAL', 'MANDATORY')),
	CONSTRAINT "lead_configs_date_of_birth_mode_known" CHECK ("lead_configs"."date_of_birth_mode" in ('INACTIVE', 'OPTIONAL', 'MANDATORY')),
	CONSTRAINT "lead_configs_gender_mode_known" CHECK ("lead_configs"."gender_mode" in ('INACTIVE', 'OPTIONAL', 'MANDATORY')),
	CONSTRAINT "lead_configs_telephone_mode_known" CHECK ("lead_configs"."telephone_mode" in ('INACTIVE', 'OPTIONAL', 'MANDATORY'))
);
--> statement-breakpoint
CREATE TABLE "leads" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"source" text NOT NULL,
	"trial_offer_config_id" bigint,
	"campaign_external_id" text,
	"campaign_id" bigint,
	"notes" text,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"converted_contract_id" bigint,
	CONSTRAINT "leads_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "leads_source_known" CHECK ("leads"."source" in ('API_LEAD', 'TRIAL_OFFER', 'STAFF', 'CONNECT')),
	CONSTRAINT "leads_status_known" CHECK ("leads"."status" in ('OPEN', 'CONVERTED', 'LOST')),
	CONSTRAINT "leads_trial_named" CHECK (("leads"."source" = 'TRIAL_OFFER') = ("leads"."trial_offer_config_id" is not null)),
	CONSTRAINT "leads_contract_converted" CHECK ("leads"."converted_contract_id" is null or "leads"."status" = 'CONVERTED')
);
--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_config_fields" ADD CONSTRAINT "lead_config_fields_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_config_fields" ADD CONSTRAINT "lead_config_fields_config_id_fk" FOREIGN KEY ("tenant_id","config_id") REFERENCES "public"."lead_configs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_config_fields" ADD CONSTRAINT "lead_config_fields_additional_field_id_fk" FOREIGN KEY ("tenant_id","additional_field_id") REFERENCES "public"."additional_information_fields"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_configs" ADD CONSTRAINT "lead_configs_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_campaign_id_fk" FOREIGN KEY ("tenant_id","campaign_id") REFERENCES "public"."campaigns"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_converted_contract_id_fk" FOREIGN KEY ("tenant_id","converted_contract_id") REFERENCES "public"."contracts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_external_id_unique" ON "campaigns" USING btree ("tenant_id","studio_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lead_config_fields_once" ON "lead_config_fields" USING btree ("tenant_id","config_id","additional_field_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lead_configs_one_per_studio" ON "lead_configs" USING btree ("tenant_id","studio_id");--> statement-breakpoint
CREATE UNIQUE INDEX "leads_one_open_per_customer" ON "leads" USING btree ("tenant_id","customer_id") WHERE "leads"."status" = 'OPEN';--> statement-breakpoint
CREATE INDEX "leads_customer" ON "leads" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "leads_studio" ON "leads" USING btree ("tenant_id","studio_id","status","id");--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
