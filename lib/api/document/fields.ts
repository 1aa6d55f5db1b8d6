import { resolved } from '#lib/api/document/json-schema'
import type { Schema, Schemas } from '#lib/api/document/types'
import type { FieldView } from '#lib/api/document/view'

/**
 * The fields of a schema, those within others below them under their path. Of what has several forms a field is required
 * where every form has it so.
 */
export function fieldsOf(schema: Schema, schemas: Schemas, within = ''): FieldView[] {
  const forms = formsOf(schema, schemas)
  const names = [...new Set(forms.flatMap(({ properties = {} }) => Object.keys(properties)))]
  return names.flatMap((name) => {
    const found = forms.flatMap(({ properties = {} }) => properties[name] ?? [])
    const path = within === '' ? name : `${within}.${name}`
    const types = new Set(found.flatMap((each) => typesOf(each, schemas)))
    const row = {
      name: path,
      type: [...types].join(' or '),
      required: forms.every(({ required = [] }) => required.includes(name)),
      description: [...new Set(found.flatMap((each) => resolved(each, schemas).description ?? []))].join(' '),
    }
    const [first] = found
    return first === undefined ? [row] : [row, ...partsOf(first, schemas, path)]
  })
}

function partsOf(schema: Schema, schemas: Schemas, path: string): FieldView[] {
  const { items } = resolved(schema, schemas)
  return items === undefined ? fieldsOf(schema, schemas, path) : fieldsOf(items, schemas, `${path}[]`)
}

/** The objects that a schema stands for, null left out; of a list, what it lists. */
function formsOf(schema: Schema, schemas: Schemas): Schema[] {
  const own = resolved(schema, schemas)
  if (own.properties !== undefined) return [own]
  return [...(own.anyOf ?? []), ...(own.oneOf ?? [])].flatMap((each) => formsOf(each, schemas))
}

const FORMATS: Readonly<Record<string, string>> = { 'date-time': 'time', date: 'date', uuid: 'id' }

/** What a value may be, in words: `"active"`, `text`, `list of text`, `null`. */
export function typesOf(schema: Schema, schemas: Schemas): string[] {
  const { const: only, enum: choices, anyOf, oneOf, items, type = [], format } = resolved(schema, schemas)
  const [several] = [anyOf ?? oneOf]
  if (several !== undefined) return [...new Set(several.flatMap((each) => typesOf(each, schemas)))]
  if (only !== undefined) return [JSON.stringify(only)]
  if (choices !== undefined) return choices.map((each) => JSON.stringify(each))
  if (items !== undefined) return [`list of ${typesOf(items, schemas).join(' or ')}`]
  return [type].flat().map((each) => (each === 'string' ? (FORMATS[format ?? ''] ?? 'text') : (WORDS[each] ?? each)))
}

const WORDS: Readonly<Record<string, string>> = { integer: 'whole number', boolean: 'true or false' }
