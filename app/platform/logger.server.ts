/**
 * The operations log: JSON lines on standard error, with a request id, without personal data. What happened in the
 * community belongs in the transparency log or the audit, never here.
 */
import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino'

export type Logger = PinoLogger

/** Names that never reach a log line, however deep a careless caller nests them. */
const SECRET_NAMES = [
  'password',
  'secret',
  'token',
  'cookie',
  'authorization',
  'code',
  'login',
  'name',
  'displayName',
  'address',
  'phone',
  'url',
] as const

/** The lines of a stack that say where, without the first, which repeats the message. */
function placesOf(error: Error): string | undefined {
  return error.stack
    ?.split('\n')
    .filter(line => /^\s+at /.test(line))
    .join('\n')
}

/** An error as what broke and where. A database's message may quote the row, which may be personal: its code serves. */
function plainError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, constraint_name: constraint } = error as { code?: unknown; constraint_name?: unknown }
  return {
    type: error.name,
    ...(error.name === 'PostgresError' ? {} : { message: error.message }),
    ...(typeof code === 'string' ? { errorCode: code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    stack: placesOf(error),
  }
}

/** The portal's logger. Levels as pino's; `silent` for tests. */
export function openLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      errorKey: 'error',
      formatters: { level: label => ({ level: label }) },
      redact: {
        paths: SECRET_NAMES.flatMap(name => [name, `*.${name}`, `*.*.${name}`]),
        remove: true,
      },
      serializers: { error: plainError },
    },
    destination ?? pino.destination({ dest: 2, sync: true }),
  )
}
