import module from 'node:module'

// Finds modules without reading the manifest of a package for each of them; docs/adr/0019-quick-imports.md has the figures.
// What it does not know for sure, Node.js resolves as ever.

const own = new URL('../', import.meta.url).href
const dependencies = new URL('node_modules/', own).href
/** Packages in which every file that ends with `.js` is an ECMAScript module. */
const purePackages = ['drizzle-orm'].map((name) => new URL(`${name}/`, dependencies).href)

/** What a package is called for our modules, all of which get the same one. */
const packages = new Map()

const isOurs = (url) => url.startsWith(own) && !url.startsWith(dependencies)

/** How a file beside `parent` is read; nothing where its name alone does not say so. */
function formatBeside(parent, specifier) {
  if (specifier.endsWith('.ts')) return 'module-typescript'
  if (specifier.endsWith('.mjs')) return 'module'
  if (specifier.endsWith('.js') && purePackages.some((folder) => parent.startsWith(folder))) return 'module'
  return undefined
}

module.registerHooks({
  resolve(specifier, context, next) {
    const { parentURL: parent, conditions } = context
    if (!parent?.startsWith(own) || !conditions.includes('import')) return next(specifier, context)
    if (/^\.\.?\//.test(specifier)) {
      const format = formatBeside(parent, specifier)
      return format ? { url: new URL(specifier, parent).href, format, shortCircuit: true } : next(specifier, context)
    }
    if (!isOurs(parent) || !/^[@a-z][^:]*$/.test(specifier)) return next(specifier, context)
    const found = packages.get(specifier) ?? { ...next(specifier, context), shortCircuit: true }
    packages.set(specifier, found)
    return found
  },
})
