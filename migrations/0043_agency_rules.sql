ALTER TABLE "agency_contracts" DROP CONSTRAINT "agency_contracts_least_counted";--> statement-breakpoint
ALTER TABLE "agency_contracts" ADD COLUMN "min_dunning_level" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "agency_contracts" ADD COLUMN "handover_reasons" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "agency_contracts" ADD CONSTRAINT "agency_contracts_least_counted" CHECK ("agency_contracts"."min_total" >= 0 and "agency_contracts"."min_overdue_days" >= 0 and "agency_contracts"."min_dunning_level" >= 0);