/** The server door of people: signing in and out, who is asking, invitations and offices; the owners' register. */
export {
  type AcceptRefusal,
  acceptInvite,
  acceptInviteAs,
  type InvitationProblem,
  type OpenInvitation,
  readOpenInvitation,
} from './accept-invite.server.ts'
export {
  type AddUserRefusal,
  addUser,
  disableUser,
  listOfficeHolders,
  type NewUser,
  type OfficeHolder,
  readDisplayNames,
} from './add-user.server.ts'
export { type ActName, noteAct } from './audit.server.ts'
export { auditedPortal, type OfficeAct } from './audited-portal.server.ts'
export {
  type ChangeRefusal,
  decideRoleChange,
  type ProposedChange,
  proposeRoleChange,
  type RoleChange,
  readOfficeBoard,
  readRoleChanges,
} from './change-office.server.ts'
export { checkPeople, PEOPLE_INVARIANTS, type PeopleFinding } from './check-people.server.ts'
export { chooseClaimProof } from './claim-proof.server.ts'
export {
  type CodeDeskRefusal,
  type CodeOrder,
  type DeskCode,
  decideCode,
  requestCode,
} from './code-desk.server.ts'
export { confirmRoll } from './confirm-roll.server.ts'
export { enqueueHouseholdMessages, enqueueMessage, type MessageOrder } from './enqueue-message.server.ts'
export { type EnterPersonRefusal, enterPerson } from './enter-person.server.ts'
export { type EraseRefusal, type ErasureElsewhere, eraseOwnAccount, erasePerson } from './erase.server.ts'
export { createPeopleKey } from './factor-secret.server.ts'
export {
  discardRoll,
  mapRoll,
  READ_ROLL_IMPORT,
  ROLL_FILE_LIMIT_BYTES,
  type RollRefusal,
  readRollImportJob,
  settleRoll,
  uploadRoll,
} from './import-roll.server.ts'
export { type InviteRefusal, inviteFromConsole } from './invite-user.server.ts'
export { issueOwnerCode, type OwnerCode, type OwnerCodeRefusal } from './issue-owner-code.server.ts'
export {
  addJurisdiction,
  appointLevelOverseer,
  endLevelOverseer,
  inviteLevelOverseer,
  type JurisdictionRefusal,
  type LevelOverseer,
  placeCommunity,
  readJurisdictions,
  readLevelsAbove,
  readMicroGrids,
  setMicroGrid,
} from './jurisdiction.server.ts'
export {
  type DraftedLetters,
  type DraftedSlot,
  draftLetters,
  type LetterRefusal,
  markHandedOver,
  openLetters,
  PRINT_LETTERS,
  REMOVE_LETTERS,
  removeLettersJob,
  requestLetters,
  storeLetters,
} from './letters.server.ts'
export {
  decideMerge,
  type MergeRefusal,
  proposeMerge,
  proposeUndo,
  readMergeBoard,
} from './merge-persons.server.ts'
export {
  type ChoiceRefusal,
  chooseMessages,
  type MessageChoice,
  readOwnMessageChoice,
} from './message-choice.server.ts'
export { readOwnData } from './own-data.server.ts'
export {
  type AccountProblem,
  addKnownTotp,
  enrolPasskey,
  enrolTotp,
  type Factors,
  giveSecondFactor,
  mayChangeKeys,
  type Passkey,
  prepareTotp,
  type Renewed,
  readFactors,
  removeFactor,
  renewRecoveryCodes,
} from './own-factors.server.ts'
export {
  changePassword,
  endOtherSessions,
  endSession,
  listSessions,
  type OwnSession,
  type PasswordRefusal,
  readOwnLogin,
} from './own-sessions.server.ts'
export {
  type PasskeyProblem,
  passkeyHost,
  passkeyInvitation,
  passkeyQuestion,
  passwordlessQuestion,
} from './passkey.server.ts'
export { type PasskeySignInRefusal, signInByPasskey } from './passkey-sign-in.server.ts'
export { type PersonCard, readPersonCards, readPersonNames } from './person.server.ts'
export {
  actorOf,
  ledTo,
  readActor,
  requireActor,
  requireSignedIn,
  startPathOf,
} from './read-actor.server.ts'
export {
  type AuditPage,
  type OwnAudit,
  readAudit,
  readOwnAudit,
  type ShownAct,
} from './read-audit.server.ts'
export {
  type CodeRequest,
  type LetterBatch,
  type LetterBoard,
  type LetterPage,
  readLetterBoard,
  readLetterPage,
  readWaitingCodes,
} from './read-letters.server.ts'
export {
  readHomesOf,
  readPersonOf,
  readPersonsOf,
  readRegister,
  readRegisterByDay,
  readUnitsOf,
  readUserOfPerson,
} from './read-register.server.ts'
export {
  type BuildingSummary,
  type RollImport,
  readRollImport,
  readRollImports,
  readUnit,
  readUnits,
  type UnitList,
  type UnitPage,
  type UnitRecord,
} from './read-roll.server.ts'
export {
  APPLY_RETENTION,
  applyRetentionJob,
  askForRetention,
  type RetentionElsewhere,
  readRetention,
  setRetention,
} from './retention.server.ts'
export { sealAudit, sealDueAudits } from './seal-audit.server.ts'
export { type Sending, sendDueMessages, type ToldMessage } from './send-messages.server.ts'
export { type SignedIn, type SignInRefusal, signIn, signOut } from './sign-in.server.ts'
export {
  askSmsSignIn,
  askSmsVerification,
  readOwnSmsNumber,
  removeSmsNumber,
  type SmsRefusal,
  type SmsSending,
  sendDueSmsCodes,
  signInBySms,
  verifySmsNumber,
} from './sms-sign-in.server.ts'
export {
  type FactorKinds,
  type FactorRefusal,
  readFactorKinds,
  takeSecondFactor,
} from './take-second-factor.server.ts'
export { readWaitingSecret, totpCodeAt } from './totp-factor.server.ts'
