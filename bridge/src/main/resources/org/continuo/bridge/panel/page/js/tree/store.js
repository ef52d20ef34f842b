// Keeps the tree of takes in this browser (IndexedDB), so that closing the page loses nothing.

const DATABASE = 'continuo'
const TAKES = 'takes'
const SELECTED = 'continuo.selected'

export class TakeStore {
  #database = null
  #known = new Map()
  #saving = Promise.resolve()

  constructor(tree, said) {
    this.tree = tree
    this.said = said
  }

  /** Reads what was kept, and keeps the tree from now on. Where the browser keeps nothing, that is said once. */
  async open() {
    try {
      this.#database = await opened()
      const takes = await done(this.#database.transaction(TAKES).objectStore(TAKES).getAll())
      for (const take of takes) this.#known.set(take.id, take)
      this.tree.restore(takes, Number(localStorage.getItem(SELECTED)))
    } catch {
      this.said('This browser keeps no takes once the page is closed. Save them as a file.')
      return
    }
    this.tree.addEventListener('change', () => {
      this.#saving = this.#saving.then(() => this.#save()).catch(() => {
        this.said('There is no room left in this browser for more takes. Save them as a file.')
      })
    })
  }

  /** Resolves when all that was changed until now is kept. */
  saved() {
    return this.#saving
  }

  async #save() {
    localStorage.setItem(SELECTED, String(this.tree.selected))
    // As they are now: what comes or goes while this is written is for the next time.
    const takes = new Map(this.tree.takes)
    const work = this.#database.transaction(TAKES, 'readwrite')
    const store = work.objectStore(TAKES)
    for (const id of this.#known.keys()) {
      if (!takes.has(id)) store.delete(id)
    }
    for (const [id, take] of takes) {
      if (this.#known.get(id) !== take) store.put(take)
    }
    await new Promise((resolve, reject) => {
      work.oncomplete = resolve
      work.onerror = work.onabort = () => reject(work.error)
    })
    this.#known = takes
  }
}

async function opened() {
  const request = indexedDB.open(DATABASE, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(TAKES, { keyPath: 'id' })
  return done(request)
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
