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
ALTER TABLE "cancelation_reasons" ADD CONSTRAINT "cancelation_reasons_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_configs" ADD CONSTRAINT "membership_switch_configs_image_key_fk" FOREIGN KEY ("tenant_id","image_key") REFERENCES "public"."files"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_destinations" ADD CONSTRAINT "membership_switch_destinations_config_id_fk" FOREIGN KEY ("tenant_id","config_id") REFERENCES "public"."membership_switch_configs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_destinations" ADD CONSTRAINT "membership_switch_destinations_offer_id_fk" FOREIGN KEY ("tenant_id","offer_id") REFERENCES "public"."membership_offers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_sources" ADD CONSTRAINT "membership_switch_sources_config_id_fk" FOREIGN KEY ("tenant_id","config_id") REFERENCES "public"."membership_switch_configs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_sources" ADD CONSTRAINT "membership_switch_sources_rate_id_fk" FOREIGN KEY ("tenant_id","rate_id") REFERENCES "public"."rates"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_studios" ADD CONSTRAINT "membership_switch_studios_config_id_fk" FOREIGN KEY ("tenant_id","config_id") REFERENCES "public"."membership_switch_configs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership_switch_studios" ADD CONSTRAINT "membership_switch_studios_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cancelation_reasons_studio" ON "cancelation_reasons" USING btree ("tenant_id","studio_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "cancelation_reasons_system_once" ON "cancelation_reasons" USING btree ("tenant_id","studio_id","system_kind") WHERE "cancelation_reasons"."system_kind" is not null;--> statement-breakpoint
CREATE INDEX "membership_switch_studios_studio" ON "membership_switch_studios" USING btree ("tenant_id","studio_id");--> statement-breakpoint
ALTER TABLE "contract_cancelations" ADD CONSTRAINT "contract_cancelations_reason_id_fk" FOREIGN KEY ("tenant_id","reason_id") REFERENCES "public"."cancelation_reasons"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
