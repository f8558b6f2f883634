ALTER TABLE "resource_allocations" ADD COLUMN "block_from" timestamptz GENERATED ALWAYS AS (lower(during)) STORED;--> statement-breakpoint
ALTER TABLE "resource_allocations" ADD COLUMN "block_until" timestamptz GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::timestamptz)) STORED;--> statement-breakpoint
CREATE INDEX "resource_allocations_time" ON "resource_allocations" USING btree ("tenant_id","resource_id","block_until","block_from") WHERE "resource_allocations"."active";--> statement-breakpoint
-- Was never used: comparing ranges is not leak-proof.
DROP INDEX "resource_allocations_during";
