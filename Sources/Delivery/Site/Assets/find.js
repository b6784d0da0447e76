// The command field as a palette: what /console/find would show, below the field, as one types. Enter opens the first,
// the arrows choose, Escape closes. Without this script the field is a form that leads to the same rows.

const form = document.querySelector('.command-field');
const field = form?.querySelector('input');

if (form && field) {
  const list = document.createElement('ul');
  list.id = 'palette';
  list.className = 'palette';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', form.dataset.results);
  form.append(list);
  const status = document.createElement('p');
  status.className = 'hidden-text';
  status.setAttribute('role', 'status');
  form.append(status);
  for (const [name, value] of [['role', 'combobox'], ['aria-expanded', 'false'], ['aria-controls', 'palette'], ['aria-autocomplete', 'list']]) {
    field.setAttribute(name, value);
  }

  let timer;
  let running;
  let chosen = -1;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };

  const mark = (index) => {
    const options = [...list.children];
    if (options.length === 0) return;
    chosen = (index + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute('aria-selected', at === chosen ? 'true' : 'false'));
    field.setAttribute('aria-activedescendant', options[chosen].id);
    options[chosen].scrollIntoView({ block: 'nearest' });
  };

  const forms = JSON.parse(form.dataset.found);
  const found = (number) => {
    const { lang } = document.documentElement;
    const words = forms[new Intl.PluralRules(lang).select(number)] ?? forms.other;
    return words.replace('#', new Intl.NumberFormat(lang).format(number));
  };

  const show = (groups) => {
    list.replaceChildren();
    for (const group of groups) {
      const title = group.querySelector('h2').textContent;
      for (const link of group.querySelectorAll('[data-find]')) {
        const option = document.createElement('li');
        option.id = `find-${list.children.length}`;
        option.setAttribute('role', 'option');
        option.dataset.address = link.getAttribute('href');
        const name = document.createElement('span');
        name.textContent = link.textContent;
        const also = document.createElement('span');
        also.className = 'also';
        also.textContent = [title, link.nextElementSibling?.textContent].filter(Boolean).join(' · ');
        option.append(name, also);
        option.addEventListener('pointerdown', (event) => { event.preventDefault(); location.assign(option.dataset.address); });
        list.append(option);
      }
    }
    const count = list.children.length;
    list.hidden = count === 0;
    field.setAttribute('aria-expanded', count > 0 ? 'true' : 'false');
    status.textContent = found(count);
    if (count > 0) mark(0);
  };

  const look = async () => {
    running?.abort();
    const current = (running = new AbortController());
    if (field.value.trim() === '') { close(); return; }
    try {
      const response = await fetch(`${form.getAttribute('action')}?${new URLSearchParams({ q: field.value })}`, { signal: current.signal });
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      show(page.querySelectorAll('.find-group'));
    } catch (error) {
      if (!current.signal.aborted) close();
    }
  };

  field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, 120); });
  field.addEventListener('blur', close);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      if (list.hidden) field.blur();
      close();
    } else if (!list.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      mark(chosen + (event.key === 'ArrowDown' ? 1 : -1));
    }
  });
  form.addEventListener('submit', (event) => {
    const option = list.hidden ? null : list.children[chosen];
    if (option) { event.preventDefault(); location.assign(option.dataset.address); }
  });
}
