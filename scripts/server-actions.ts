/** What a file says that a server action may not be or be used for, each as a sentence; none where all is well. */
export function offencesOf(path: string, source: string): string[] {
  return [...asActions(path, source), ...asForms(source)]
}

const DIRECTIVE = /(['"])use server\1/

/** A file of actions exports nothing but them, each made by formAction or publicFormAction under its own name. */
function asActions(path: string, source: string): string[] {
  if (!DIRECTIVE.test(source)) return []
  if (!path.startsWith('app/')) return ["'use server' stands outside of app"]
  if (!/^(['"])use server\1/.test(source) || DIRECTIVE.test(source.slice(12)))
    return ["'use server' stands elsewhere than on the first line"]
  return [...source.matchAll(/^\s*export\b/gm)].flatMap(({ 0: word, index }) => {
    const rest = source.slice(index + word.length)
    if (/^ (?:type|interface) /.test(rest)) return []
    const [, name, called] = /^ const (\w+) = (?:formAction|publicFormAction)\(\s*'(\w+)'/.exec(rest) ?? []
    if (name === undefined) return [`exported without formAction:${rest.split('\n', 1)}`]
    return name === called ? [] : [`${name} calls itself ${called}`]
  })
}

/**
 * An action is called from an event handler: as a form's, its answer would be rendered into HTML where JavaScript is
 * off, and a secret with it.
 */
function asForms(source: string): string[] {
  const offences = ['useActionState', 'useFormState', 'next/form'].filter((word) => source.includes(word))
  if (/\sformAction=/.test(source)) offences.push('formAction=')
  for (const tag of openTags(source, 'form')) if (/\saction=|\{\.\.\./.test(tag)) offences.push(tag)
  return offences
}

/** Opening tags of an element with all their attributes, whatever stands within the braces. */
function openTags(source: string, element: string): string[] {
  return [...source.matchAll(new RegExp(`<${element}\\b`, 'gi'))].map(({ index }) => {
    let depth = 0
    let end = index
    while (end < source.length && !(source[end] === '>' && depth === 0)) {
      if (source[end] === '{') depth++
      if (source[end] === '}') depth--
      end++
    }
    return source.slice(index, end)
  })
}
