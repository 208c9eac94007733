/**
 * The pages of this site asked as a browser asks them: the real routes through the real framework, without a build. Addresses,
 * statuses, headers and HTML are what a reader gets.
 */
import type { ServerBuild } from '@remix-run/node'
import { rememberPortal } from '#platform/process'
import { answerPages } from '../../app/cli/answer-pages.ts'
import * as entry from '../../app/entry.server.tsx'
import * as root from '../../app/root.tsx'
import * as start from '../../app/routes/_index.tsx'
import * as home from '../../app/routes/c.$slug._index.tsx'
import * as askIndex from '../../app/routes/c.$slug.ask._index.tsx'
import * as askCase from '../../app/routes/c.$slug.ask.$case._index.tsx'
import * as askDocument from '../../app/routes/c.$slug.ask.$case.documents.$sha.ts'
import * as askCaseOwn from '../../app/routes/c.$slug.ask.$case.own.tsx'
import * as askService from '../../app/routes/c.$slug.ask.$case.service.tsx'
import * as askNew from '../../app/routes/c.$slug.ask.new.tsx'
import * as askOwn from '../../app/routes/c.$slug.ask.own.tsx'
import * as askSimilar from '../../app/routes/c.$slug.ask.similar.ts'
import * as askSpend from '../../app/routes/c.$slug.ask.spend.tsx'
import * as surveyIndex from '../../app/routes/c.$slug.ask.survey._index.tsx'
import * as surveyAnswer from '../../app/routes/c.$slug.ask.survey.$survey.answer.tsx'
import * as books from '../../app/routes/c.$slug.books.tsx'
import * as checkpoint from '../../app/routes/c.$slug.checkpoint.ts'
import * as council from '../../app/routes/c.$slug.council._index.tsx'
import * as meeting from '../../app/routes/c.$slug.council.meetings.$meeting._index.tsx'
import * as meetingFile from '../../app/routes/c.$slug.council.meetings.$meeting.$file.ts'
import * as meetingCalendar from '../../app/routes/c.$slug.council.meetings.$meeting.meeting[.]ics.ts'
import * as register from '../../app/routes/c.$slug.council.register.tsx'
import * as topic from '../../app/routes/c.$slug.council.topics.$topic.tsx'
import * as documents from '../../app/routes/c.$slug.documents.$sha.ts'
import * as entryLeaf from '../../app/routes/c.$slug.entries.$index.leaf.ts'
import * as entryProof from '../../app/routes/c.$slug.entries.$index.proof.ts'
import * as fees from '../../app/routes/c.$slug.fees.tsx'
import * as fund from '../../app/routes/c.$slug.fund.tsx'
import * as log from '../../app/routes/c.$slug.log.tsx'
import * as me from '../../app/routes/c.$slug.me.tsx'
import * as pointsDesk from '../../app/routes/c.$slug.office.points.tsx'
import * as pollsNew from '../../app/routes/c.$slug.office.polls.new.tsx'
import * as projectsDesk from '../../app/routes/c.$slug.office.projects._index.tsx'
import * as projectDesk from '../../app/routes/c.$slug.office.projects.$proposal.tsx'
import * as voiceDesk from '../../app/routes/c.$slug.office.voice._index.tsx'
import * as voiceCase from '../../app/routes/c.$slug.office.voice.$case.tsx'
import * as voiceArrange from '../../app/routes/c.$slug.office.voice.arrange.tsx'
import * as voiceNew from '../../app/routes/c.$slug.office.voice.new.tsx'
import * as voiceSheet from '../../app/routes/c.$slug.office.voice.sheet.tsx'
import * as voiceSurveys from '../../app/routes/c.$slug.office.voice.surveys.tsx'
import * as oversight from '../../app/routes/c.$slug.oversight._index.tsx'
import * as sample from '../../app/routes/c.$slug.oversight.sample.tsx'
import * as points from '../../app/routes/c.$slug.points._index.tsx'
import * as pointsOwn from '../../app/routes/c.$slug.points.own.tsx'
import * as projects from '../../app/routes/c.$slug.projects._index.tsx'
import * as project from '../../app/routes/c.$slug.projects.$proposal._index.tsx'
import * as projectDocument from '../../app/routes/c.$slug.projects.$proposal.documents.$sha.ts'
import * as projectOwn from '../../app/routes/c.$slug.projects.$proposal.own.tsx'
import * as projectNew from '../../app/routes/c.$slug.projects.new.tsx'
import * as rules from '../../app/routes/c.$slug.rules.tsx'
import * as search from '../../app/routes/c.$slug.search.tsx'
import * as statements from '../../app/routes/c.$slug.statements._index.tsx'
import * as statementFile from '../../app/routes/c.$slug.statements.$file.ts'
import * as tile from '../../app/routes/c.$slug.tile.$.ts'
import * as unmatched from '../../app/routes/c.$slug.unmatched.tsx'
import * as votes from '../../app/routes/c.$slug.votes._index.tsx'
import * as poll from '../../app/routes/c.$slug.votes.$poll._index.tsx'
import * as pollFile from '../../app/routes/c.$slug.votes.$poll.$file.ts'
import * as pollArchive from '../../app/routes/c.$slug.votes.$poll.archive[.]zip.ts'
import * as board from '../../app/routes/c.$slug.votes.$poll.board[.]json.ts'
import * as cast from '../../app/routes/c.$slug.votes.$poll.cast.tsx'
import * as lobby from '../../app/routes/c.$slug.votes.$poll.lobby.tsx'
import * as mine from '../../app/routes/c.$slug.votes.$poll.mine.tsx'
import * as receipt from '../../app/routes/c.$slug.votes.$poll.receipts.$seq._index.tsx'
import * as receiptFile from '../../app/routes/c.$slug.votes.$poll.receipts.$seq.json.ts'
import * as roll from '../../app/routes/c.$slug.votes.$poll.roll.tsx'
import * as withdraw from '../../app/routes/c.$slug.votes.$poll.withdraw.tsx'
import * as vouchers from '../../app/routes/c.$slug.vouchers._index.tsx'
import * as voucher from '../../app/routes/c.$slug.vouchers.$key._index.tsx'
import * as leaf from '../../app/routes/c.$slug.vouchers.$key.leaf.ts'
import * as proof from '../../app/routes/c.$slug.vouchers.$key.proof.ts'
import * as csv from '../../app/routes/c.$slug.vouchers[.]csv.ts'
import { forgedBeside } from '../support/forged.ts'
import type { TestPortal } from '../support/portal.ts'

/** Addresses as the files under app/routes name them. */
const PAGES: Readonly<Record<string, object>> = {
  '': start,
  'c/:slug': home,
  'c/:slug/ask': askIndex,
  'c/:slug/ask/new': askNew,
  'c/:slug/ask/own': askOwn,
  'c/:slug/ask/spend': askSpend,
  'c/:slug/ask/survey': surveyIndex,
  'c/:slug/ask/survey/:survey/answer': surveyAnswer,
  'c/:slug/ask/:case': askCase,
  'c/:slug/ask/:case/own': askCaseOwn,
  'c/:slug/ask/:case/service': askService,
  'c/:slug/ask/similar': askSimilar,
  'c/:slug/ask/:case/documents/:sha': askDocument,
  'c/:slug/office/voice': voiceDesk,
  'c/:slug/office/voice/arrange': voiceArrange,
  'c/:slug/office/voice/new': voiceNew,
  'c/:slug/office/voice/sheet': voiceSheet,
  'c/:slug/office/voice/surveys': voiceSurveys,
  'c/:slug/office/voice/:case': voiceCase,
  'c/:slug/books': books,
  'c/:slug/checkpoint': checkpoint,
  'c/:slug/council': council,
  'c/:slug/council/register': register,
  'c/:slug/council/topics/:topic': topic,
  'c/:slug/council/meetings/:meeting': meeting,
  'c/:slug/council/meetings/:meeting/:file': meetingFile,
  'c/:slug/council/meetings/:meeting/meeting.ics': meetingCalendar,
  'c/:slug/documents/:sha': documents,
  'c/:slug/entries/:index/leaf': entryLeaf,
  'c/:slug/entries/:index/proof': entryProof,
  'c/:slug/fees': fees,
  'c/:slug/fund': fund,
  'c/:slug/log': log,
  'c/:slug/me': me,
  'c/:slug/office/polls/new': pollsNew,
  'c/:slug/office/projects': projectsDesk,
  'c/:slug/office/projects/:proposal': projectDesk,
  'c/:slug/office/points': pointsDesk,
  'c/:slug/points': points,
  'c/:slug/points/own': pointsOwn,
  'c/:slug/projects': projects,
  'c/:slug/projects/new': projectNew,
  'c/:slug/projects/:proposal': project,
  'c/:slug/projects/:proposal/documents/:sha': projectDocument,
  'c/:slug/projects/:proposal/own': projectOwn,
  'c/:slug/rules': rules,
  'c/:slug/search': search,
  'c/:slug/oversight': oversight,
  'c/:slug/oversight/sample': sample,
  'c/:slug/statements': statements,
  'c/:slug/statements/:file': statementFile,
  'c/:slug/tile/*': tile,
  'c/:slug/unmatched': unmatched,
  'c/:slug/votes': votes,
  'c/:slug/votes/:poll': poll,
  'c/:slug/votes/:poll/:file': pollFile,
  'c/:slug/votes/:poll/archive.zip': pollArchive,
  'c/:slug/votes/:poll/board.json': board,
  'c/:slug/votes/:poll/cast': cast,
  'c/:slug/votes/:poll/lobby': lobby,
  'c/:slug/votes/:poll/mine': mine,
  'c/:slug/votes/:poll/receipts/:seq': receipt,
  'c/:slug/votes/:poll/receipts/:seq/json': receiptFile,
  'c/:slug/votes/:poll/roll': roll,
  'c/:slug/votes/:poll/withdraw': withdraw,
  'c/:slug/vouchers': vouchers,
  'c/:slug/vouchers.csv': csv,
  'c/:slug/vouchers/:key': voucher,
  'c/:slug/vouchers/:key/leaf': leaf,
  'c/:slug/vouchers/:key/proof': proof,
}

function buildOf(more: Readonly<Record<string, object>>): ServerBuild {
  const paths = Object.entries({ ...PAGES, ...more })
  const shared = { hasAction: false, hasClientAction: false, hasClientLoader: false, module: '/none.js' }
  const future = {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_lazyRouteDiscovery: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
    v3_routeConfig: false,
    unstable_optimizeDeps: true,
  }
  const routes = [
    { id: 'root', path: '', module: root },
    ...paths.map(([path, module]) => ({
      id: path || 'start',
      parentId: 'root',
      path: path || undefined,
      index: path === '' || undefined,
      module,
    })),
  ]
  return {
    mode: 'production',
    entry: { module: entry as ServerBuild['entry']['module'] },
    routes: Object.fromEntries(routes.map(route => [route.id, route])) as unknown as ServerBuild['routes'],
    assets: {
      entry: { imports: [], module: '/none.js' },
      routes: Object.fromEntries(
        routes.map(({ module, ...route }) => [
          route.id,
          { ...shared, ...route, hasLoader: 'loader' in module, hasErrorBoundary: 'ErrorBoundary' in module },
        ]),
      ),
      url: '/none.js',
      version: '1',
    },
    publicPath: '/',
    assetsBuildDirectory: 'none',
    future,
    isSpaMode: false,
  } as ServerBuild
}

export interface PublicSite {
  /** Asks for an address of the site, as nobody unless a cookie is given. */
  ask(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** Sends a form as a browser does, with these headers. */
  send(
    path: string,
    fields: readonly (readonly [name: string, value: string])[],
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>
  /** The HTML of a page that must be there. */
  html(path: string): Promise<string>
  /** What a script would get instead of the page: all that its loaders gave out. */
  data(path: string): Promise<string>
}

/** The site over a portal; `more` are pages of officers by their addresses. */
export function openPublicSite(portal: TestPortal, more: Readonly<Record<string, object>> = {}): PublicSite {
  const answer = answerPages(buildOf(more))
  const respond = (path: string, init: RequestInit) => {
    // One portal is remembered per process, and a test file may hold one per database.
    rememberPortal(portal)
    const request = new Request(`${portal.settings.baseUrl}${path}`, init)
    return answer(request, {
      nonce: 'nonce',
      clientAddress: '192.0.2.1',
      requestId: 'test',
      reportError: error => {
        throw error
      },
    })
  }
  const ask = (path: string, headers: Readonly<Record<string, string>> = {}) => respond(path, { headers })
  const textOf = async (path: string) => {
    const response = await ask(path)
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`)
    return response.text()
  }
  return {
    ask,
    send: (path, fields, headers = {}) =>
      respond(path, {
        method: 'POST',
        headers,
        body: new URLSearchParams(
          [...fields, ...forgedBeside(fields.map(([name]) => name))].map(pair => [...pair]),
        ),
      }),
    html: textOf,
    data(path) {
      const [pathname, search] = path.split('?')
      const name = pathname === '/' ? '/_root' : pathname
      return textOf(`${name}.data${search === undefined ? '' : `?${search}`}`)
    },
  }
}

/** The words of a page, spaces collapsed. */
export function wordsIn(html: string): string {
  return html
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
}
