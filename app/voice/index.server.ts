/** The server door of the voice: asking, acting on cases, and reading them; what the branch watches; the re-deriver. */
export { type ActRefusal, type ActRequest, actOnCase, type NextAct } from './act-on-case.server.ts'
export {
  addSpot,
  type ClocksRefusal,
  readClocks,
  readSpots,
  removeSpot,
  type Spot,
  type SpotRefusal,
  setClocks,
} from './arrange-voice.server.ts'
export {
  type CaseRefusal,
  checkDocuments as checkOwnDocuments,
  type DocumentsRefusal,
  type TextRefusal,
  type VoiceCommunity,
} from './case-access.server.ts'
export { attachCaseDocument, readCaseDocument, readDocumentKinds } from './case-document.server.ts'
export { checkVoice, VOICE_INVARIANTS, type VoiceFinding } from './check-voice.server.ts'
export {
  askChallenge,
  listRequest,
  type NewRequest,
  type OpenRefusal,
  readSimilar,
} from './open-case.server.ts'
export {
  type ReadCase,
  readCase,
  readCaseOfLeaf,
  readChallengeMarks,
  readChallengesOn,
  readOverdueChallenges,
  readOwnCases,
  readPublicCases,
  readRequestMonth,
  readSupervisionOrders,
  readVoiceDesk,
} from './read-cases.server.ts'
export {
  answerService,
  type PublishedRound,
  publishServiceRound,
  readServiceQuestion,
  readServiceRounds,
  readServiceSentences,
  type ServiceQuestion,
  type ServiceRefusal,
} from './service-survey.server.ts'
export {
  answerSurvey,
  closeSurvey,
  openSurvey,
  readSatisfaction,
  readSatisfactionTrend,
  readSurveyHomes,
  readSurveys,
  type Satisfaction,
  type SurveyRefusal,
  type SurveyView,
} from './survey.server.ts'
export { tellOverdue, tendVoice } from './tend-voice.server.ts'
