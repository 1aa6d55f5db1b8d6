import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: [
        'display',
        'title',
        'dialog',
        'section',
        'body',
        'control',
        'label',
        'status',
        'small',
        'axis',
        'mono',
        'mono-large',
        'mono-reveal',
        'entry',
      ],
      'font-weight': ['normal', 'book', 'column', 'medium', 'semibold', 'bold'],
      radius: ['strip', 'status', 'control', 'panel', 'sheet', 'phone'],
      shadow: ['control', 'fill', 'menu', 'dialog'],
    },
  },
})

/** Joins class names; of two that set the same property the later one holds. */
export const cn = (...classes: ClassValue[]) => merge(clsx(classes))
