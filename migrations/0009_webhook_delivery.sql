ALTER TABLE "webhook_endpoints" DROP CONSTRAINT "webhook_endpoints_status_known";--> statement-breakpoint
DROP INDEX "webhook_deliveries_entity";--> statement-breakpoint
DROP INDEX "webhook_deliveries_due";--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "served_by" uuid;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "served_until" timestamptz;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_open" ON "webhook_deliveries" USING btree ("tenant_id","endpoint_id","id") WHERE "webhook_deliveries"."state" in ('PENDING', 'RETRY_WAIT');--> statement-breakpoint
CREATE INDEX "webhook_deliveries_dead" ON "webhook_deliveries" USING btree ("tenant_id","id") WHERE "webhook_deliveries"."state" = 'DEAD';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("tenant_id","next_attempt_at") WHERE "webhook_deliveries"."state" in ('PENDING', 'RETRY_WAIT');--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_status_known" CHECK ("webhook_endpoints"."status" in ('ACTIVE', 'PAUSED', 'DELETED'));--> statement-breakpoint
-- A lease touches no indexed column: with room left on the page it rewrites the row in place.
ALTER TABLE "webhook_deliveries" SET (fillfactor = 70);
