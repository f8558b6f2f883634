CREATE TABLE "access_code_uses" (
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"step" integer NOT NULL,
	"device_id" bigint NOT NULL,
	"used_at" timestamptz NOT NULL,
	CONSTRAINT "access_code_uses_pk" PRIMARY KEY("tenant_id","step","customer_id","device_id")
);
--> statement-breakpoint
CREATE TABLE "weighings" (
	"id" bigint DEFAULT nextval('palestra_id') NOT NULL,
	"tenant_id" bigint DEFAULT nullif(current_setting('palestra.tenant_id', true), '')::bigint NOT NULL,
	"created_at" timestamptz NOT NULL,
	"customer_id" bigint NOT NULL,
	"measured_at" timestamptz NOT NULL,
	"integration_id" bigint,
	"studio_id" bigint NOT NULL,
	"basal_metabolic_rate" numeric(9, 4),
	"body_fat_mass" numeric(9, 4),
	"body_mass_index" numeric(9, 4),
	"fat_free_mass" numeric(9, 4),
	"percent_body_fat" numeric(9, 4),
	"percent_skeletal_muscle_mass" numeric(9, 4),
	"skeletal_muscle_mass" numeric(9, 4),
	"total_body_water" numeric(9, 4),
	"visceral_fat_level" numeric(9, 4),
	"weight" numeric(9, 4),
	"height" numeric(9, 4),
	"bfm_left_arm" numeric(9, 4),
	"bfm_left_leg" numeric(9, 4),
	"bfm_percent_left_arm" numeric(9, 4),
	"bfm_percent_left_leg" numeric(9, 4),
	"bfm_percent_right_arm" numeric(9, 4),
	"bfm_percent_right_leg" numeric(9, 4),
	"bfm_percent_trunk" numeric(9, 4),
	"bfm_right_arm" numeric(9, 4),
	"bfm_right_leg" numeric(9, 4),
	"bfm_trunk" numeric(9, 4),
	"ffm_left_arm" numeric(9, 4),
	"ffm_left_leg" numeric(9, 4),
	"ffm_percent_left_arm" numeric(9, 4),
	"ffm_percent_left_leg" numeric(9, 4),
	"ffm_percent_right_arm" numeric(9, 4),
	"ffm_percent_right_leg" numeric(9, 4),
	"ffm_percent_trunk" numeric(9, 4),
	"ffm_right_arm" numeric(9, 4),
	"ffm_right_leg" numeric(9, 4),
	"ffm_trunk" numeric(9, 4),
	"raw_results_enc" "bytea",
	"raw_hash" "bytea",
	"benefit_usage_id" bigint,
	CONSTRAINT "weighings_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "weighings_raw_whole" CHECK (num_nonnulls("weighings"."raw_results_enc", "weighings"."raw_hash") = case when "weighings"."integration_id" is null then 0 else 2 end)
);
--> statement-breakpoint
ALTER TABLE "access_code_uses" ADD CONSTRAINT "access_code_uses_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "weighings" ADD CONSTRAINT "weighings_customer_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "weighings" ADD CONSTRAINT "weighings_integration_id_fk" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "weighings" ADD CONSTRAINT "weighings_studio_id_fk" FOREIGN KEY ("tenant_id","studio_id") REFERENCES "public"."studios"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "weighings_customer" ON "weighings" USING btree ("tenant_id","customer_id","measured_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
-- by hand
SELECT palestra_protect_tables();
