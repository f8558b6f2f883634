CREATE TABLE "trial_offer_assignments" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"studio_id" bigint NOT NULL,
	"config_id" bigint NOT NULL,
	"class_id" bigint,
	"bookable_id" bigint,
	CONSTRAINT "trial_offer_assignments_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "trial_offer_assignments_one_thing" CHECK (num_nonnulls("trial_offer_assignments"."class_id", "trial_offer_assignments"."bookable_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "trial_offer_configs" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"updated_at" timestamptz NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"studio_id" bigint NOT NULL,
	"name" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"contingent" integer NOT NULL,
	"prevent_multiple_term_value" integer DEFAULT 0 NOT NULL,
	"prevent_multiple_term_unit" text DEFAULT 'DAY' NOT NULL,
	"confirmation_term_value" integer,
	"confirmation_term_unit" text,
	"allow_booking_for_leads" boolean DEFAULT true NOT NULL,
	"lead_data_config_id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"gender_mode" text DEFAULT 'OPTIONAL' NOT NULL,
	"date_of_birth_mode" text DEFAULT 'OPTIONAL' NOT NULL,
	"telephone_mode" text DEFAULT 'OPTIONAL' NOT NULL,
	"address_mode" text DEFAULT 'OPTIONAL' NOT NULL,
	CONSTRAINT "trial_offer_configs_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "trial_offer_configs_prevent_multiple_term_unit_known" CHECK ("trial_offer_configs"."prevent_multiple_term_unit" in ('DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "trial_offer_configs_confirmation_term_unit_known" CHECK ("trial_offer_configs"."confirmation_term_unit" in ('MINUTES', 'HOURS', 'DAY', 'WEEK', 'MONTH', 'YEAR')),
	CONSTRAINT "trial_offer_configs_gender_mode_known" CHECK ("trial_offer_configs"."gender_mode" in ('INACTIVE', 'OPTIONAL', 'MANDATORY')),
	CONSTRAINT "trial_offer_configs_date_of_birth_mode_known" CHECK ("trial_offer_configs"."date_of_birth_mode" in ('INACTIVE', 'OPTIONAL', 'MANDATORY')),
	CONSTRAINT "trial_offer_configs_telephone_mode_known" CHECK ("trial_offer_configs"."telephone_mode" in ('INACTIVE', 'OPTIONAL', 'MANDATORY')),
	CONSTRAINT "trial_offer_configs_address_mode_known" CHECK ("trial_offer_configs"."address_mode" in ('INACTIVE', 'OPTIONAL', 'MANDATORY')),
	CONSTRAINT "trial_offer_configs_prevent_multiple_term_whole" CHECK (num_nonnulls("trial_offer_configs"."prevent_multiple_term_value", "trial_offer_configs"."prevent_multiple_term_unit") in (0, 2) and "trial_offer_configs"."prevent_multiple_term_value" >= 0),
	CONSTRAINT "trial_offer_configs_confirmation_term_whole" CHECK (num_nonnulls("trial_offer_configs"."confirmation_term_value", "trial_offer_configs"."confirmation_term_unit") in (0, 2) and "trial_offer_configs"."confirmation_term_value" >= 0),
	CONSTRAINT "trial_offer_configs_contingent_positive" CHECK ("trial_offer_configs"."contingent" >= 1)
);
--> statement-breakpoint
ALTER TABLE "trial_offer_assignments" ADD CONSTRAINT "trial_offer_assignments_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trial_offer_assignments" ADD CONSTRAINT "trial_offer_assignments_config_id_fk" FOREIGN KEY ("tenant_id","config_id") REFERENCES "public"."trial_offer_configs"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trial_offer_assignments" ADD CONSTRAINT "trial_offer_assignments_class_id_fk" FOREIGN KEY ("tenant_id","class_id") REFERENCES "public"."classes"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trial_offer_assignments" ADD CONSTRAINT "trial_offer_assignments_bookable_id_fk" FOREIGN KEY ("tenant_id","bookable_id") REFERENCES "public"."bookable_appointments"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trial_offer_configs" ADD CONSTRAINT "trial_offer_configs_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "trial_offer_assignments_class_unique" ON "trial_offer_assignments" USING btree ("tenant_id","class_id");--> statement-breakpoint
CREATE UNIQUE INDEX "trial_offer_assignments_bookable_unique" ON "trial_offer_assignments" USING btree ("tenant_id","bookable_id");--> statement-breakpoint
CREATE INDEX "trial_offer_assignments_config" ON "trial_offer_assignments" USING btree ("tenant_id","config_id");--> statement-breakpoint
CREATE INDEX "trial_offer_configs_studio" ON "trial_offer_configs" USING btree ("tenant_id","studio_id");
--> statement-breakpoint
-- by hand: what lies below this module refers to its configs
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_trial_offer_config_id_fk" FOREIGN KEY ("tenant_id", "trial_offer_config_id") REFERENCES "trial_offer_configs" ("tenant_id", "id");
--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_trial_offer_config_id_fk" FOREIGN KEY ("tenant_id", "trial_offer_config_id") REFERENCES "trial_offer_configs" ("tenant_id", "id");
--> statement-breakpoint
SELECT palestra_protect_tables();
