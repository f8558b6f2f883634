DROP INDEX "customers_number_unique";--> statement-breakpoint
DROP INDEX "customers_phone_private_digits";--> statement-breakpoint
DROP INDEX "customers_phone_private_mobile_digits";--> statement-breakpoint
DROP INDEX "customers_phone_business_digits";--> statement-breakpoint
DROP INDEX "customers_phone_business_mobile_digits";--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "number_fold" text COLLATE "C" GENERATED ALWAYS AS (lower(customer_number)) STORED;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "phone_private_reversed" text COLLATE "C" GENERATED ALWAYS AS (reverse(regexp_replace(phone_private, '\D', '', 'g'))) STORED;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "phone_private_mobile_reversed" text COLLATE "C" GENERATED ALWAYS AS (reverse(regexp_replace(phone_private_mobile, '\D', '', 'g'))) STORED;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "phone_business_reversed" text COLLATE "C" GENERATED ALWAYS AS (reverse(regexp_replace(phone_business, '\D', '', 'g'))) STORED;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "phone_business_mobile_reversed" text COLLATE "C" GENERATED ALWAYS AS (reverse(regexp_replace(phone_business_mobile, '\D', '', 'g'))) STORED;--> statement-breakpoint
CREATE UNIQUE INDEX "customers_number_unique" ON "customers" USING btree ("tenant_id","number_fold");--> statement-breakpoint
CREATE INDEX "customers_phone_private_digits" ON "customers" USING btree ("tenant_id","phone_private_reversed") WHERE "customers"."erased_at" is null and "customers"."phone_private_reversed" is not null;--> statement-breakpoint
CREATE INDEX "customers_phone_private_mobile_digits" ON "customers" USING btree ("tenant_id","phone_private_mobile_reversed") WHERE "customers"."erased_at" is null and "customers"."phone_private_mobile_reversed" is not null;--> statement-breakpoint
CREATE INDEX "customers_phone_business_digits" ON "customers" USING btree ("tenant_id","phone_business_reversed") WHERE "customers"."erased_at" is null and "customers"."phone_business_reversed" is not null;--> statement-breakpoint
CREATE INDEX "customers_phone_business_mobile_digits" ON "customers" USING btree ("tenant_id","phone_business_mobile_reversed") WHERE "customers"."erased_at" is null and "customers"."phone_business_mobile_reversed" is not null;