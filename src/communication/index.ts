export { startPreferences } from './preferences.ts'
