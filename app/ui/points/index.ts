/** The shelf of volunteer points: tables of vouchers, the owner's forms, the officers' desk. Loaded by their pages only. */
export { type EnteredPoints, PointDesk } from './point-desk.tsx'
export { GiveForm, RedeemForm } from './use-forms.tsx'
export { PointVouchers } from './vouchers.tsx'
