/**
 * The one place that reads the environment. Everything else takes `Settings`.
 *
 * | Variable | Default | Meaning |
 * |---|---|---|
 * | `NODE_ENV` | `development` | `production` for a real community: no demo, strict settings |
 * | `PORT` | `3000` | port to listen on; 0 takes a free one |
 * | `HOST` | all addresses | address to listen on |
 * | `BASE_URL` | `http://localhost:PORT` | how people reach the portal; in production required, and https unless it is this machine |
 * | `DATABASE_URL` | none: embedded | native PostgreSQL, as the application's login (a member of `mingzhang_app`) |
 * | `DATABASE_OWNER_URL` | `DATABASE_URL` | the owner's login, for migrations only |
 * | `MINGZHANG_EMBEDDED` | none | `accept-power-loss` lets production start on the embedded database, which can lose its last moments in a power cut |
 * | `PORTAL_DATA` | `data/` of the project | keys, source documents and the embedded database |
 * | `OBJECT_STORE` | `PORTAL_DATA/objects` | directory of source documents and issued files |
 * | `LOG_HOST` | host of `BASE_URL` in production, else `mingzhang.local` | host in the origin of a new community's transparency log; an existing origin never changes |
 * | `LOG_LEVEL` | `info` | `fatal` to `trace`, or `silent` |
 * | `TSA_URL` | none | RFC 3161 timestamp authority; none seals statements without a timestamp (PAdES B-B) |
 * | `TSA_CA` | none | PEM file of the timestamp authority's root; without it no timestamp is asked for |
 * | `SMS_GATEWAY`, `WECOM_GATEWAY`, `EMAIL_GATEWAY` | none | addresses that take messages as JSON over HTTP; without them the demo prints messages and a real portal offers no such way |
 * | `TRUST_PROXY` | `0` | number of reverse proxies in front that set X-Forwarded-For, -Proto and -Host |
 * | `SESSION_IDLE_MINUTES` | `60` | a sign-in ends after so long without a request |
 * | `SESSION_HOURS` | `12` | a sign-in ends after so long in any case |
 */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '#db'
import { err, ok, type Result } from '#kernel'

export interface Settings {
  readonly production: boolean
  readonly port: number
  /** Null listens on all addresses. */
  readonly host: string | null
  /** Without a trailing slash. */
  readonly baseUrl: string
  /** Null is the embedded database. */
  readonly databaseUrl: string | null
  readonly databaseOwnerUrl: string | null
  readonly dataDirectory: string
  readonly objectDirectory: string
  readonly logHost: string
  readonly logLevel: string
  readonly timestampUrl: string | null
  readonly timestampAuthorityFile: string | null
  /** Where messages to people are handed over; null is not offered. */
  readonly gatewayUrls: Readonly<Record<'sms' | 'wecom' | 'email', string | null>>
  readonly trustedProxies: number
  readonly sessionIdleMs: number
  readonly sessionAbsoluteMs: number
}

/** A setting that cannot be used: its variable and what it takes, for the person who set it. The value may be a secret and is not repeated. */
export interface SettingProblem {
  readonly variable: string
  readonly expected: string
  readonly expectedChinese: string
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/

function isUrlOf(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol)
}

function whole(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(text => Number.parseInt(text, 10))
    .refine(value => value >= least && value <= most)
}

const postgresUrl = z.string().refine(text => isUrlOf(text, ['postgres:', 'postgresql:']))

const gatewayUrl = z.string().refine(text => isUrlOf(text, ['http:', 'https:']))

const Variables = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().min(1).optional(),
  BASE_URL: z
    .string()
    .refine(text => isUrlOf(text, ['http:', 'https:']) && /^https?:\/\/[^/?#@]+\/?$/.test(text))
    .optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  MINGZHANG_EMBEDDED: z.literal('accept-power-loss').optional(),
  PORTAL_DATA: z.string().min(1).optional(),
  OBJECT_STORE: z
    .string()
    .refine(text => !/^[a-z0-9]+:\/\//i.test(text))
    .optional(),
  LOG_HOST: z.string().regex(HOST_NAME).optional(),
  LOG_LEVEL: z.enum(LEVELS).default('info'),
  TSA_URL: z
    .string()
    .refine(text => isUrlOf(text, ['http:', 'https:']))
    .optional(),
  TSA_CA: z.string().min(1).optional(),
  SMS_GATEWAY: gatewayUrl.optional(),
  WECOM_GATEWAY: gatewayUrl.optional(),
  EMAIL_GATEWAY: gatewayUrl.optional(),
  TRUST_PROXY: whole(0, 8).default(0),
  SESSION_IDLE_MINUTES: whole(5, 1440).default(60),
  SESSION_HOURS: whole(1, 168).default(12),
})
type Variables = z.infer<typeof Variables>
type Name = keyof Variables

/** What each variable takes, said to the person who set it: before any page exists, so not in i18n. */
const EXPECTED: Readonly<Record<Name, readonly [english: string, chinese: string]>> = {
  NODE_ENV: ['production or development', '只能是 production 或 development'],
  PORT: ['a port number from 0 to 65535', '0 到 65535 的端口号'],
  HOST: ['an address to listen on, or leave it unset', '监听地址，或不设置'],
  BASE_URL: [
    'the address people open, such as https://portal.example.cn, without a path; production needs it, with https',
    '公众访问的网址，如 https://portal.example.cn，不带路径；正式运行必须设置，且为 https',
  ],
  DATABASE_URL: ['postgres://user:password@host:port/database', 'postgres://用户:密码@主机:端口/库名'],
  DATABASE_OWNER_URL: ['postgres://owner:password@host:port/database', 'postgres://属主:密码@主机:端口/库名'],
  MINGZHANG_EMBEDDED: [
    'DATABASE_URL must be set in production; to run on the embedded database all the same, knowing that a power cut can lose its last moments, set MINGZHANG_EMBEDDED=accept-power-loss',
    '正式运行须设置 DATABASE_URL；如明知断电可能丢失最后时刻的记录仍要用内嵌数据库，请设 MINGZHANG_EMBEDDED=accept-power-loss',
  ],
  PORTAL_DATA: ['a directory', '一个目录'],
  OBJECT_STORE: [
    'a directory; S3-compatible stores are not supported yet',
    '一个目录；暂不支持 S3 兼容的对象存储',
  ],
  LOG_HOST: ['a host name in lower case, such as portal.example.cn', '小写主机名，如 portal.example.cn'],
  LOG_LEVEL: [`one of ${LEVELS.join(', ')}`, `只能是 ${LEVELS.join('、')} 之一`],
  TSA_URL: ['the http or https address of an RFC 3161 timestamp authority', 'RFC 3161 时间戳服务的网址'],
  TSA_CA: ['a PEM file with the root certificate of the timestamp authority', '时间戳服务根证书的 PEM 文件'],
  SMS_GATEWAY: ['the http or https address that takes text messages', '接收短信的网关网址'],
  WECOM_GATEWAY: ['the http or https address that takes WeCom messages', '接收企业微信消息的网关网址'],
  EMAIL_GATEWAY: ['the http or https address that takes e-mails', '接收电子邮件的网关网址'],
  TRUST_PROXY: ['the number of reverse proxies in front, 0 to 8', '前面反向代理的层数，0 到 8'],
  SESSION_IDLE_MINUTES: ['whole minutes from 5 to 1440', '5 到 1440 的整数分钟'],
  SESSION_HOURS: ['whole hours from 1 to 168', '1 到 168 的整数小时'],
}

function problem(variable: Name): SettingProblem {
  return { variable, expected: EXPECTED[variable][0], expectedChinese: EXPECTED[variable][1] }
}

function isThisMachine(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)
}

/** What is fine for a demo and not for a real community. */
function productionProblems(given: Variables): SettingProblem[] {
  if (given.NODE_ENV !== 'production') return []
  const problems: SettingProblem[] = []
  const base = given.BASE_URL
  if (base === undefined || (base.startsWith('http:') && !isThisMachine(base)))
    problems.push(problem('BASE_URL'))
  if (given.DATABASE_URL === undefined && given.MINGZHANG_EMBEDDED === undefined) {
    problems.push(problem('MINGZHANG_EMBEDDED'))
  }
  return problems
}

function settingsOf(given: Variables): Settings {
  const dataDirectory = resolve(given.PORTAL_DATA ?? join(projectRoot(), 'data'))
  const production = given.NODE_ENV === 'production'
  const baseUrl = (given.BASE_URL ?? `http://localhost:${given.PORT}`).replace(/\/$/, '')
  return {
    production,
    port: given.PORT,
    host: given.HOST ?? null,
    baseUrl,
    databaseUrl: given.DATABASE_URL ?? null,
    databaseOwnerUrl: given.DATABASE_OWNER_URL ?? null,
    dataDirectory,
    objectDirectory: resolve(given.OBJECT_STORE ?? join(dataDirectory, 'objects')),
    logHost: given.LOG_HOST ?? (production ? new URL(baseUrl).hostname : 'mingzhang.local'),
    logLevel: given.LOG_LEVEL,
    timestampUrl: given.TSA_URL ?? null,
    timestampAuthorityFile: given.TSA_CA === undefined ? null : resolve(given.TSA_CA),
    gatewayUrls: {
      sms: given.SMS_GATEWAY ?? null,
      wecom: given.WECOM_GATEWAY ?? null,
      email: given.EMAIL_GATEWAY ?? null,
    },
    trustedProxies: given.TRUST_PROXY,
    sessionIdleMs: given.SESSION_IDLE_MINUTES * 60_000,
    sessionAbsoluteMs: given.SESSION_HOURS * 3_600_000,
  }
}

/** Reads the environment; an empty variable counts as unset. All unusable settings are named at once. */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
): Result<Settings, readonly SettingProblem[]> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = Variables.safeParse(given)
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map(issue => issue.path[0] as Name))
    return err([...names].map(problem))
  }
  const problems = productionProblems(parsed.data)
  return problems.length > 0 ? err(problems) : ok(settingsOf(parsed.data))
}

/** The problems as lines for a terminal, Chinese and English. */
export function describeSettingProblems(problems: readonly SettingProblem[]): string {
  return problems
    .map(
      ({ variable, expected, expectedChinese }) =>
        `${variable}: ${expectedChinese}\n${variable}: ${expected}`,
    )
    .join('\n')
}
