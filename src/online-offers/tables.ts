import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text } from 'drizzle-orm/pg-core'
import { customers } from '../customers/customer-table.ts'
import { instant, money, plainDate, ref } from '../platform/database/columns.ts'
import { payments } from '../payments/tables.ts'
import { files } from '../platform/tables.ts'
import { aggregateTable, belongsTo, byReference } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'

/** MINUTES and HOURS run from the first check-in, the others on the calendar. */
export const periodUnits = ['MINUTES', 'HOURS', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const

/** What a studio sells to people without contract: day passes, guest passes, cards of several visits. */
export const onlineOffers = aggregateTable(
  'online_offers',
  {
    studioId: ref('studio_id').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    imageKey: ref('image_key'),
    /** In the currency of the studio; null = free. */
    price: money('price'),
    /** Visits. */
    quantity: integer('quantity').notNull().default(1),
    periodOfUseValue: integer('period_of_use_value').notNull(),
    periodOfUseUnit: text('period_of_use_unit', { enum: periodUnits }).notNull(),
    /** For periods of minutes and hours: until when the first check-in must have been. Null = one day. */
    redeemWithinValue: integer('redeem_within_value'),
    redeemWithinUnit: text('redeem_within_unit', { enum: ['DAY', 'WEEK', 'MONTH', 'YEAR'] }),
    saleFrom: plainDate('sale_from'),
    saleTo: plainDate('sale_to'),
    /** Unexpired purchases of one customer; null = any number. */
    perCustomerLimit: integer('per_customer_limit'),
    requiredRateCode: text('required_rate_code'),
    allowOnAccount: boolean('allow_on_account').notNull().default(false),
    position: integer('position').notNull(),
    active: boolean('active').notNull().default(true),
  },
  (t) => [
    index('online_offers_studio').on(t.tenantId, t.studioId, t.position, t.id),
    check('online_offers_price_counted', sql`${t.price} >= 0`),
    check('online_offers_quantity_positive', sql`${t.quantity} >= 1`),
    check('online_offers_period_positive', sql`${t.periodOfUseValue} >= 1`),
    check('online_offers_limit_positive', sql`${t.perCustomerLimit} >= 1`),
    check('online_offers_sale_ordered', sql`${t.saleFrom} <= ${t.saleTo}`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.imageKey, files),
  ],
)

/** A bought or granted offer. This row is the check-in pass. */
export const onlineOfferPurchases = aggregateTable(
  'online_offer_purchases',
  {
    onlineOfferId: ref('online_offer_id').notNull(),
    /** Where the pass counts. */
    studioId: ref('studio_id').notNull(),
    customerId: ref('customer_id').notNull(),
    name: text('name').notNull(),
    price: money('price').notNull(),
    purchasedAt: instant('purchased_at').notNull(),
    purchaseDate: plainDate('purchase_date').notNull(),
    /** Local dates of the studio, both inclusive. */
    validFrom: plainDate('valid_from').notNull(),
    validTo: plainDate('valid_to').notNull(),
    quantity: integer('quantity').notNull(),
    remaining: integer('remaining').notNull(),
    /** Length of a period of minutes or hours; null = the dates alone count. */
    useMinutes: integer('use_minutes'),
    /** End of that period, known from the first check-in on. */
    usableUntil: instant('usable_until'),
    /** What paid for it through a provider. */
    paymentId: ref('payment_id'),
  },
  (t) => [
    index('online_offer_purchases_customer').on(t.tenantId, t.customerId, t.validTo),
    index('online_offer_purchases_offer').on(t.tenantId, t.onlineOfferId),
    check('online_offer_purchases_quantity_positive', sql`${t.quantity} >= 1`),
    check('online_offer_purchases_remaining_counted', sql`${t.remaining} between 0 and ${t.quantity}`),
    check('online_offer_purchases_dates_ordered', sql`${t.validFrom} <= ${t.validTo}`),
    check('online_offer_purchases_period_timed', sql`${t.usableUntil} is null or ${t.useMinutes} >= 1`),
    belongsTo(t, t.onlineOfferId, onlineOffers),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.paymentId, payments),
    byReference(t, t.paymentId),
  ],
)
