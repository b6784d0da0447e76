// What the rooms add to pages that work without it: keys, the list of keys, the menu on a phone, a look at what is wrong.

const shortcuts = document.getElementById('shortcuts');
const field = document.querySelector('[data-command-field]');
const menu = document.querySelector('[data-side-menu]');

// On a wide screen the places stand open beside the page; on a phone they are a menu.
const wide = window.matchMedia('(min-width: 60rem)');
const fitMenu = () => { if (menu) { menu.open = wide.matches; } };
wide.addEventListener('change', fitMenu);
fitMenu();

document.querySelector('[data-focus]')?.focus();
shortcuts?.querySelector('[data-close]')?.addEventListener('click', () => shortcuts.close());

const isTyping = (target) => target instanceof HTMLElement
  && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName) && !/^(checkbox|radio)$/.test(target.type));

const places = {
  t: '/console', m: '/console/members', d: '/console/dues', s: '/console/standing', p: '/console/people', j: '/console/journal',
};
let leader = 0;

function rows() { return [...document.querySelectorAll('[data-row]')]; }

function move(step) {
  const all = rows();
  if (all.length === 0) { return; }
  const now = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
  (next.querySelector('a') ?? next).focus();
  next.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k' && field) {
    event.preventDefault();
    field.focus();
    field.select();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) { return; }
  if (Date.now() - leader < 1500 && places[event.key]) {
    leader = 0;
    const link = document.querySelector(`.side-bar a[href$="${places[event.key]}"]:not([hreflang])`);
    if (link) { event.preventDefault(); location.assign(link.href); }
    return;
  }
  switch (event.key) {
    case 'g': leader = Date.now(); break;
    case '?': if (shortcuts) { event.preventDefault(); shortcuts.showModal(); } break;
    case 'j': move(1); break;
    case 'k': move(-1); break;
    case 'x': {
      const row = document.activeElement?.closest('[data-row]');
      row?.querySelector('input[type="checkbox"]')?.click();
      break;
    }
    default:
  }
});
