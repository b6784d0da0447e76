// Ticking rows: how many are ticked, a box for all on the page, and ranges with the shift key. Without it, each box works.

const form = document.querySelector('[data-bulk]');
const boxes = form ? [...form.querySelectorAll('tbody input[name="member"]')] : [];
const all = form?.querySelector('[data-all]');

if (form && boxes.length > 0) {
  const head = form.querySelector('thead th.tick');
  const label = document.createElement('label');
  const every = document.createElement('input');
  every.type = 'checkbox';
  const words = document.createElement('span');
  words.className = 'hidden-text';
  words.textContent = form.dataset.chooseAll;
  label.append(every, words);
  head?.replaceChildren(label);

  const count = form.querySelector('.bulk-count');
  const none = count.textContent;

  const forms = JSON.parse(form.dataset.chosen);
  const chosen = (number) => {
    const { lang } = document.documentElement;
    const words = forms[new Intl.PluralRules(lang).select(number)] ?? forms.other;
    return words.replace('#', new Intl.NumberFormat(lang).format(number));
  };

  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    count.textContent = all?.checked ? form.dataset.matching : ticked === 0 ? none : chosen(ticked);
    every.checked = ticked === boxes.length;
    every.indeterminate = ticked > 0 && ticked < boxes.length;
    form.classList.toggle('has-choice', ticked > 0 || Boolean(all?.checked));
  };

  let last = -1;
  boxes.forEach((box, place) => {
    box.addEventListener('click', (event) => {
      if (event.shiftKey && last >= 0) {
        for (const between of boxes.slice(Math.min(last, place), Math.max(last, place) + 1)) { between.checked = box.checked; }
      }
      last = place;
      tell();
    });
  });
  every.addEventListener('change', () => { for (const box of boxes) { box.checked = every.checked; } tell(); });
  all?.addEventListener('change', tell);
  window.addEventListener('pageshow', tell);
  tell();
}
