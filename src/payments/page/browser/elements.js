/**
 * Makes an element. Texts become text, never markup.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Readonly<Record<string, string | boolean | EventListener>>} [attributes] functions listen to the event of that name;
 *   true sets an attribute without a value, false leaves it out
 * @param {readonly (Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children)
  return element
}

/**
 * A labelled input, with its help or error below.
 *
 * @param {string} label
 * @param {Readonly<Record<string, string | boolean | EventListener>>} attributes with `name`, which is its id, too
 */
export function makeInput(label, attributes) {
  const input = make('input', { id: String(attributes['name']), autocomplete: 'off', ...attributes })
  return { input, element: make('p', { class: 'field' }, make('label', { for: input.id }, label), input) }
}

/**
 * @param {string} label
 * @param {string} name
 */
export function makeTick(label, name) {
  const input = make('input', { type: 'checkbox', id: name, name })
  return { input, element: make('p', { class: 'tick' }, input, make('label', { for: name }, label)) }
}
