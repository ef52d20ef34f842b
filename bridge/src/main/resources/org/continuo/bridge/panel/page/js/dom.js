// Elements, made and found.

/** An element with properties and children. `on` has listeners, `data` data-attributes, `aria` aria-attributes. */
export function h(tag, { on = {}, data = {}, aria = {}, style = {}, ...properties } = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value
    else if (value !== null && value !== undefined) element.setAttribute(name, value)
  }
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener)
  for (const [name, value] of Object.entries(data)) element.dataset[name] = value
  for (const [name, value] of Object.entries(aria)) element.setAttribute('aria-' + name, value)
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value)
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false))
  return element
}

export function find(id) {
  return document.getElementById(id)
}

/** Gives a file to the musician. */
export function download(name, bytes, type) {
  const address = URL.createObjectURL(new Blob([bytes], { type }))
  h('a', { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
