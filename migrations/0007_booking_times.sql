DROP INDEX "bookings_customer";--> statement-breakpoint
DROP INDEX "bookings_unsettled";--> statement-breakpoint
DROP INDEX "class_slots_class";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "starts_at" timestamptz GENERATED ALWAYS AS (lower(during)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "ends_at" timestamptz GENERATED ALWAYS AS (upper(during)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "bookings_waiting" ON "bookings" USING btree ("tenant_id","starts_at") WHERE "bookings"."status" = 'WAITING_LIST';--> statement-breakpoint
CREATE INDEX "class_slots_queue" ON "class_slots" USING btree ("tenant_id","start") WHERE "class_slots"."waiting_count" > 0;--> statement-breakpoint
CREATE INDEX "bookings_customer" ON "bookings" USING btree ("tenant_id","customer_id","starts_at");--> statement-breakpoint
CREATE INDEX "bookings_unsettled" ON "bookings" USING btree ("tenant_id","ends_at") WHERE "bookings"."settled_at" is null and "bookings"."status" <> 'CANCELED';--> statement-breakpoint
CREATE INDEX "class_slots_class" ON "class_slots" USING btree ("tenant_id","class_id","start","id");