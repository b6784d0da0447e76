// Keeps what is typed into a long form in this tab until it is sent, so that a closed page or a lost session costs nothing.

const form = document.querySelector('form[data-draft]');

if (form) {
  const key = `draft:${form.dataset.draft}`;
  const kept = (name) => name && name !== 'form-token' && name !== 'revision' && !name.startsWith('seen-');
  const fields = () => [...form.elements].filter((field) => kept(field.name) && field.type !== 'hidden');
  const value = (field) => (field.type === 'radio' || field.type === 'checkbox' ? field.checked : field.value);
  const restore = (values) => {
    for (const field of fields()) {
      const name = field.type === 'radio' ? `${field.name}=${field.value}` : field.name;
      if (!(name in values)) { continue; }
      if (field.type === 'radio' || field.type === 'checkbox') { field.checked = values[name]; } else { field.value = values[name]; }
    }
  };
  const read = () => Object.fromEntries(fields().map((field) => [
    field.type === 'radio' ? `${field.name}=${field.value}` : field.name, value(field)]));
  const shown = read();

  // What the server sent back after a mistake is newer than the draft.
  let draft = null;
  try { draft = JSON.parse(sessionStorage.getItem(key) ?? 'null'); } catch { draft = null; }
  if (draft && !document.getElementById('problems') && JSON.stringify(draft) !== JSON.stringify(shown)) {
    restore(draft);
    const notice = document.createElement('div');
    notice.className = 'notice';
    notice.setAttribute('role', 'status');
    const words = document.createElement('p');
    words.textContent = form.dataset.restored;
    const undo = document.createElement('button');
    undo.type = 'button';
    undo.className = 'link-button';
    undo.textContent = form.dataset.drop;
    undo.addEventListener('click', () => { restore(shown); sessionStorage.removeItem(key); notice.remove(); });
    words.append(' ', undo);
    notice.append(words);
    form.before(notice);
  }
  form.addEventListener('input', () => sessionStorage.setItem(key, JSON.stringify(read())));
  form.addEventListener('submit', () => sessionStorage.setItem(key, JSON.stringify(read())));
}
