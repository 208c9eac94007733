/** Lets dependency-cruiser judge a tree by our rules. Used on the project and on trees planted with faults. */
import { join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { RULES } from './rules.ts'

export interface Judgement {
  /** Files looked at: a cruise that matched nothing proves nothing. */
  readonly files: readonly string[]
  /** `rule: from -> to`, sorted. */
  readonly findings: readonly { readonly rule: string; readonly from: string; readonly to: string }[]
}

/** Judges the folders below a root directory. */
export async function judgeTree(root: string, folders: readonly string[]): Promise<Judgement> {
  const tsConfig = join(root, 'tsconfig.json')
  const { output } = await cruise(
    [...folders],
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...RULES] },
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: true,
      tsConfig: { fileName: tsConfig },
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'require', 'node', 'default', 'types'],
      },
    },
    {},
    { tsConfig: extractTSConfig(tsConfig) },
  )
  const { modules, summary } = output as ICruiseResult
  return {
    files: modules.map(module => module.source).filter(source => /^(app|db|migrations|tests)\//.test(source)),
    findings: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  }
}
