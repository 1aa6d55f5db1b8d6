import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { ApiDocument, ApiResponse, OperationObject, Schema } from '#lib/api/document/types'

type Told = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string }

/**
 * Judges real answers by what the document says, through a validator that knows nothing of the schemas it was made of:
 * gives what is wrong with an answer, nothing if nothing is. Whatever the document does not tell of is wrong here.
 */
export function openJudge(document: ApiDocument) {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true })
  formats(ajv)
  ajv.addVocabulary(['components'])
  const components = closed(structuredClone(document.components))

  /** What is wrong with a value by a schema of the document. */
  function faults(schema: Schema, value: unknown): string[] {
    const validate = ajv.compile({ ...closed(structuredClone(schema)), components })
    validate(value)
    return validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`) ?? []
  }

  function judge(path: string, method: string, told: Told): string[] {
    const name = method.toLowerCase()
    const operation: OperationObject | undefined = document.paths[path]?.[name]
    const announced: ApiResponse | undefined = operation?.responses[told.status]
    if (announced === undefined) return [`${method} ${path} does not announce ${told.status}`]
    const lacking = Object.entries(announced.headers ?? {}).filter(
      ([header, { required }]) => required && !(header.toLowerCase() in told.headers),
    )
    return [...lacking.map(([header]) => `${header} is missing`), ...faultsOfBody(announced, told)]
  }

  function faultsOfBody({ content = {} }: ApiResponse, { headers, text }: Told): string[] {
    const [type = ''] = (headers['content-type'] ?? '').split(';')
    if (text === '') return Object.keys(content).length === 0 ? [] : ['the body is missing']
    const schema = content[type]?.schema
    if (schema === undefined) return [`${type} is not announced`]
    return faults(schema, type.endsWith('json') ? JSON.parse(text) : text)
  }

  return { judge, faults }
}

/** The same with every object shut, so that a field that nobody told of shows. */
function closed<Part>(part: Part): Part {
  if (typeof part !== 'object' || part === null) return part
  for (const each of Object.values(part)) closed(each)
  if ('type' in part && part.type === 'object' && 'properties' in part && !('additionalProperties' in part))
    Object.assign(part, { additionalProperties: false })
  return part
}
