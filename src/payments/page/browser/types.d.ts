/** What the gateway answers, as far as the page uses it. */
export interface Session {
  readonly state: 'OPEN' | 'CONSUMED' | 'EXPIRED' | 'LOCKED'
  readonly amount: { readonly amount: number; readonly currency: string }
  readonly referenceText: string
  readonly studioName: string
  readonly paymentMethods: readonly string[]
  readonly paymentInstruments: readonly StoredInstrument[]
  readonly requireDirectDebitSignature: boolean
  readonly mandateText?: string
  readonly creditorId?: string
  /** Whose fields the page has to show, where they are not its own. */
  readonly provider?: 'STRIPE'
  /** The page of this session for frames, seen from the root of the gateway. */
  readonly embeddedPage: string
  /** What the payer has begun and not given up. */
  readonly paymentRequest?: PaymentRequest & { readonly token: string }
}

export interface InstrumentDetails {
  readonly type: string
  readonly holder?: string
  readonly brand?: string
  readonly last4?: string
  readonly bankName?: string
}

export interface StoredInstrument extends InstrumentDetails {
  readonly paymentInstrumentToken: string
}

export interface PaymentRequest {
  readonly status: string
  readonly paymentMethod?: string
  readonly failureReason?: string
  readonly paymentInstrumentDetails?: InstrumentDetails
  readonly paymentInstrumentToken?: string
  readonly nextAction?: NextAction
}

/** What the payer has to do elsewhere, or in fields of the provider on this page. */
export type NextAction = { readonly type: 'REDIRECT' | 'CHALLENGE'; readonly url: string } | ElementsAction

export interface ElementsAction {
  readonly type: 'ELEMENTS'
  readonly publishableKey: string
  readonly clientSecret: string
  /** What the secret opens: a payment, or an instrument that is only stored. */
  readonly intent: 'PAYMENT' | 'SETUP'
}

/** What the server has written into the page. */
export interface Facts {
  readonly language: string
  readonly texts: Readonly<Record<string, string>>
  /** The origin of the page around this one; absent where the page stands alone. */
  readonly parent?: string
  readonly embeddedPage?: string
  /** Whose program the page has loaded. */
  readonly provider?: 'SANDBOX' | 'STRIPE'
}

/** What a widget passes on to its page. */
export interface Settings {
  readonly countryCode?: string
  readonly locale?: string
  readonly styling?: Readonly<Record<string, string>>
  readonly i18n?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly featureFlags?: Readonly<Record<string, boolean>>
  readonly devMode?: boolean
  readonly hidePaymentButton?: boolean
  readonly customerData?: CustomerData
}

/** Fills in the name of the holder. */
export interface CustomerData {
  readonly firstname?: string
  readonly lastname?: string
  readonly firstName?: string
  readonly lastName?: string
}

export interface PaymentState {
  readonly isProcessing: boolean
  readonly canSubmit: boolean
}

export interface Problem {
  readonly code: string
  readonly message: string
}

export type ToPage = { readonly type: 'SUBMIT' } | { readonly type: 'CUSTOMER'; readonly customerData: CustomerData }

export type FromPage =
  | { readonly type: 'READY' }
  | { readonly type: 'HEIGHT'; readonly height: number }
  | { readonly type: 'STATE'; readonly state: PaymentState }
  | { readonly type: 'ERROR'; readonly problem: Problem }
  | {
      readonly type: 'SUCCESS'
      readonly token: string
      readonly details?: InstrumentDetails | undefined
      readonly instrumentToken?: string | undefined
    }

/** What a page of a studio passes to `paymentWidget.init`. */
export interface WidgetConfig extends Settings {
  readonly userSessionToken: string
  readonly container: string | HTMLElement
  /** Taken for compatibility: the host that the script comes from decides. */
  readonly environment?: string
  readonly onPaymentStateChange?: (state: PaymentState) => void
  readonly onSuccess?: (
    paymentRequestToken: string,
    paymentInstrumentDetails?: InstrumentDetails,
    paymentInstrumentToken?: string,
  ) => void
  readonly onError?: (problem: Problem) => void
}

/** The ways of paying that a payer can choose between. */
export interface Way {
  readonly label: string
  readonly method: string
  /** What the payer fills in; absent for ways that need nothing. */
  readonly fields?: Fields
  readonly instrumentToken?: string
}

export interface Fields {
  readonly element: HTMLElement
  /** Whether the payer may send what is filled in; what is wrong with it appears when it is sent. */
  readonly canSubmit: () => boolean
  /** What goes to the gateway; undefined where something is missing, which the page then shows. */
  readonly read: () => object | undefined
  readonly fillHolder: (name: string) => void
}

/** What the page uses of the program that Stripe serves. */
export interface StripeJs {
  elements(options: { readonly clientSecret: string }): StripeElements
  confirmPayment(wish: StripeConfirmation): Promise<StripeOutcome>
  confirmSetup(wish: StripeConfirmation): Promise<StripeOutcome>
}

export interface StripeElements {
  create(type: 'payment'): { mount(element: HTMLElement): void; destroy(): void }
  submit(): Promise<StripeOutcome>
}

export interface StripeConfirmation {
  readonly elements: StripeElements
  readonly clientSecret: string
  readonly confirmParams: { readonly return_url: string }
  readonly redirect: 'if_required'
}

export interface StripeOutcome {
  readonly error?: { readonly type: string; readonly message?: string }
}

declare global {
  interface Window {
    readonly Stripe?: (publishableKey: string, options: { readonly locale: string }) => StripeJs
  }
}
