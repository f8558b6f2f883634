export type { ChannelConfig } from './preference-rules.ts'
export { findChannelConfig, startPreferences } from './preferences.ts'
