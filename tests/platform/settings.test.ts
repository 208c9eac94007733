import { describe, expect, it } from 'vitest'
import { describeSettingProblems, readSettings } from '#platform/process'

const PRODUCTION = {
  NODE_ENV: 'production',
  BASE_URL: 'https://portal.example.cn',
  DATABASE_URL: 'postgres://portal:hush@db/mingzhang',
}

function problemsOf(env: Record<string, string>): string[] {
  const read = readSettings(env)
  return read.ok ? [] : read.error.map(problem => problem.variable)
}

describe('settings', () => {
  it('need nothing for a demo', () => {
    const read = readSettings({})
    expect(read.ok && read.value).toMatchObject({
      production: false,
      port: 3000,
      baseUrl: 'http://localhost:3000',
      databaseUrl: null,
      logHost: 'mingzhang.local',
      timestampUrl: null,
      trustedProxies: 0,
    })
    expect(read.ok && read.value.dataDirectory).toMatch(/\/data$/)
  })

  it('count an empty variable as unset', () => {
    expect(readSettings({ DATABASE_URL: '', PORT: '' })).toEqual(readSettings({}))
  })

  it('take a production environment and the host of its log from it', () => {
    const read = readSettings({ ...PRODUCTION, BASE_URL: 'https://portal.example.cn/' })
    expect(read.ok && read.value).toMatchObject({
      production: true,
      baseUrl: 'https://portal.example.cn',
      logHost: 'portal.example.cn',
    })
  })

  it('refuse the embedded database in production unless it is asked for by name', () => {
    const { DATABASE_URL: _, ...embedded } = PRODUCTION
    expect(problemsOf(embedded)).toEqual(['MINGZHANG_EMBEDDED'])
    expect(problemsOf({ ...embedded, MINGZHANG_EMBEDDED: 'yes' })).toEqual(['MINGZHANG_EMBEDDED'])
    expect(problemsOf({ ...embedded, MINGZHANG_EMBEDDED: 'accept-power-loss' })).toEqual([])
  })

  it('refuse production without https, except on this machine', () => {
    const { BASE_URL: _, ...unnamed } = PRODUCTION
    expect(problemsOf(unnamed)).toEqual(['BASE_URL'])
    expect(problemsOf({ ...PRODUCTION, BASE_URL: 'http://portal.example.cn' })).toEqual(['BASE_URL'])
    expect(problemsOf({ ...PRODUCTION, BASE_URL: 'http://127.0.0.1:3000' })).toEqual([])
  })

  it.each([
    ['NODE_ENV', 'prod'],
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['BASE_URL', 'https://portal.example.cn/path'],
    ['BASE_URL', 'https://user@portal.example.cn'],
    ['BASE_URL', 'portal.example.cn'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['OBJECT_STORE', 's3://bucket'],
    ['LOG_HOST', 'Portal.Example'],
    ['LOG_LEVEL', 'loud'],
    ['TSA_URL', 'ftp://tsa'],
    ['TRUST_PROXY', 'true'],
    ['SESSION_IDLE_MINUTES', '1'],
    ['SESSION_HOURS', '0'],
  ])('refuse %s=%s by name', (variable, value) => {
    expect(problemsOf({ [variable]: value })).toEqual([variable])
  })

  it('name all problems at once, in both languages, and repeat no value', () => {
    const read = readSettings({ PORT: 'x', DATABASE_URL: 'mysql://u:hush@h/d' })
    const lines = read.ok ? [] : describeSettingProblems(read.error).split('\n')
    expect(lines).toHaveLength(4)
    expect(lines.filter(line => line.startsWith('PORT: '))).toHaveLength(2)
    expect(lines.join()).not.toContain('hush')
  })
})
