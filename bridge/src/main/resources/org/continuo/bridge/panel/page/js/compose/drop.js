// Files dropped onto the page.

/** Calls `file` with a MIDI file that is dropped anywhere on `root`. */
export function takeIn(root, file) {
  const holdsFile = (event) => event.dataTransfer?.types.includes('Files')
  root.addEventListener('dragover', (event) => {
    if (!holdsFile(event)) return
    event.preventDefault()
    root.classList.add('dropping')
  })
  root.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) root.classList.remove('dropping')
  })
  root.addEventListener('drop', (event) => {
    root.classList.remove('dropping')
    if (!holdsFile(event)) return
    event.preventDefault()
    file(event.dataTransfer.files[0])
  })
}
