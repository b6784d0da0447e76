// Saves an application as it is typed, box by box. Without it the button Save does the same. A box that another device has
// changed meanwhile is left alone until somebody has chosen; what the network did not take is kept in this tab and tried again.

const form = document.querySelector('form[data-save]');

if (form) {
  const state = form.querySelector('[data-state]');
  const template = form.querySelector('template[data-conflict-template]');
  const boxes = [...form.querySelectorAll('[data-box]')];
  const seen = (name) => form.elements.namedItem(`seen-${name}`);
  const store = `join:${form.dataset.save}`;
  const first = 2000;
  // What the server has, as far as this page knows.
  const kept = new Map(boxes.map((box) => [box.name, box.value]));
  const undecided = new Set();
  let timer;
  let running = false;
  let wait = first;

  const tell = (words) => { if (state.textContent !== words) { state.textContent = words; } };
  const changed = () => boxes.filter((box) => box.value !== kept.get(box.name) && !undecided.has(box.name));
  const soon = (delay) => { clearTimeout(timer); timer = setTimeout(save, delay); };

  // ---- What this tab holds until the server has it

  const hold = () => {
    const waiting = boxes.filter((box) => box.value !== kept.get(box.name))
      .map((box) => [box.name, { value: box.value, seen: seen(box.name).value }]);
    try {
      if (waiting.length === 0) { sessionStorage.removeItem(store); }
      else { sessionStorage.setItem(store, JSON.stringify(Object.fromEntries(waiting))); }
    } catch { /* Private windows may refuse; the boxes still have it. */ }
  };

  const restore = () => {
    let held = {};
    try { held = JSON.parse(sessionStorage.getItem(store) ?? '{}'); } catch { held = {}; }
    for (const box of boxes) {
      const one = held[box.name];
      if (!one || one.value === box.value || form.querySelector(`[data-conflict="${box.name}"]`)) { continue; }
      box.value = one.value;
      // With the mark of then: what was changed elsewhere since is told, and not overwritten.
      seen(box.name).value = one.seen;
    }
  };

  // ---- Two devices at one box

  const choose = (fieldset, box, mark) => {
    fieldset.addEventListener('change', (event) => {
      if (event.target.value === 'there') {
        box.value = fieldset.dataset.value;
        kept.set(box.name, box.value);
      } else {
        kept.set(box.name, fieldset.dataset.value);
      }
      if (mark) { seen(box.name).value = mark; }
      undecided.delete(box.name);
      box.focus();
      fieldset.remove();
      if (undecided.size === 0 && changed().length === 0) { tell(form.dataset.saved); }
      hold();
      soon(0);
    });
  };

  const differ = (name, conflict, mark) => {
    const box = boxes.find((each) => each.name === name);
    form.querySelector(`[data-conflict="${name}"]`)?.remove();
    const fieldset = template.content.firstElementChild.cloneNode(true);
    fieldset.dataset.conflict = name;
    fieldset.dataset.value = conflict.value;
    fieldset.querySelector('[data-words]').textContent = conflict.words;
    for (const radio of fieldset.querySelectorAll('input')) { radio.name = `choice-${name}`; radio.checked = false; }
    undecided.add(name);
    choose(fieldset, box, mark);
    seen(name).after(fieldset);
  };

  // ---- What is still missing

  const tellMissing = (problems) => {
    const place = form.querySelector('[data-missing]');
    place.querySelector('ul').replaceChildren(...problems.map((problem) => {
      const row = document.createElement('li');
      const link = document.createElement('a');
      link.href = `#field-${problem.name}`;
      link.textContent = problem.message;
      row.append(link);
      return row;
    }));
    place.querySelector('[data-some]').hidden = problems.length === 0;
    place.querySelector('[data-none]').hidden = problems.length > 0;
  };

  // ---- Saving

  const take = (sent, answer) => {
    for (const [name, value] of sent) {
      if (name in answer.conflicts) {
        differ(name, answer.conflicts[name], answer.marks[name]);
      } else {
        kept.set(name, value);
        seen(name).value = answer.marks[name];
      }
    }
    tellMissing(answer.problems);
    if (undecided.size > 0) { tell(form.dataset.differs); } else { tell(changed().length > 0 ? '' : form.dataset.saved); }
  };

  async function save() {
    if (running) { return; }
    const sent = new Map(changed().map((box) => [box.name, box.value]));
    if (sent.size === 0) { return; }
    running = true;
    const body = new URLSearchParams({
      'form-token': form.elements.namedItem('form-token').value, key: form.elements.namedItem('key').value });
    for (const [name, value] of sent) {
      body.append(name, value);
      body.append(`seen-${name}`, seen(name).value);
    }
    let next = null;
    try {
      const response = await fetch(`${form.getAttribute('action')}/save`, { method: 'POST', body, keepalive: document.visibilityState === 'hidden' });
      if (response.status >= 500) { throw new Error(String(response.status)); }
      if (response.ok) {
        take(sent, await response.json());
        wait = first;
        // What was typed meanwhile.
        if (changed().length > 0) { next = 400; }
      } else {
        tell(form.dataset.refused);
      }
    } catch {
      tell(form.dataset.failed);
      next = wait;
      wait = Math.min(wait * 2, 60000);
    }
    running = false;
    hold();
    if (next !== null) { soon(next); }
  }

  form.addEventListener('input', (event) => {
    if (!event.target.matches('[data-box]')) { return; }
    // What stands there is no longer true of what is typed now.
    if (state.textContent === form.dataset.saved) { tell(''); }
    hold();
    soon(700);
  });
  form.addEventListener('change', (event) => { if (event.target.matches('[data-box]')) { soon(0); } });
  form.addEventListener('submit', () => clearTimeout(timer));
  window.addEventListener('online', () => { wait = first; soon(0); });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') { save(); } });

  for (const fieldset of form.querySelectorAll('[data-conflict]')) {
    const box = boxes.find((each) => each.name === fieldset.dataset.conflict);
    undecided.add(box.name);
    choose(fieldset, box, null);
  }
  restore();
  hold();
  if (changed().length > 0) { soon(0); }
}
