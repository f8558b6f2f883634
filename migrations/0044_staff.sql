ALTER TABLE "flat_fees" ADD COLUMN "tax_code" text;--> statement-breakpoint
ALTER TABLE "modules" ADD COLUMN "tax_code" text;--> statement-breakpoint
ALTER TABLE "rates" ADD COLUMN "tax_code" text;--> statement-breakpoint
ALTER TABLE "payment_runs" ADD COLUMN "stopped_at" timestamptz;--> statement-breakpoint
ALTER TABLE "payment_runs" ADD CONSTRAINT "payment_runs_stopped_open" CHECK ("payment_runs"."stopped_at" is null or "payment_runs"."state" in ('EXPORTED', 'SUBMITTED'));