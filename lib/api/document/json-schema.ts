import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Schema } from '#lib/api/document/types'

/**
 * A schema as JSON Schema, of what is sent (`input`) or answered (`output`). Those with an id are put into `schemas`, once
 * each, and referred to; one id that stands for two forms is a fault of ours. Answers may be given more fields in time,
 * so they are left open.
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, Schema>): Schema {
  const made = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    override({ jsonSchema }) {
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
      // A format says it already, and where a number is read from text the pattern is that of the text.
      if (jsonSchema.format !== undefined || jsonSchema.type !== 'string') delete jsonSchema.pattern
    },
  })
  const {
    $schema: _,
    $defs,
    ...root
  } = JSON.parse(JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/'))
  for (const [id, definition] of Object.entries<Schema>($defs ?? {})) {
    if (schemas[id] !== undefined && !isDeepStrictEqual(schemas[id], definition))
      throw new Error(`the id ${id} stands for two forms`)
    schemas[id] = definition
  }
  return root
}

/** The schema itself where this refers to one. */
export function resolved(schema: Schema, schemas: Readonly<Record<string, Schema>>): Schema {
  const { $ref, ...rest } = schema
  if ($ref === undefined) return schema
  return { ...schemas[$ref.slice($ref.lastIndexOf('/') + 1)], ...rest }
}
