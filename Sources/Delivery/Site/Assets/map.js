// Pan, zoom and clusters for [data-map]. Without this module the map is static and complete.
// The view is the SVG's viewBox; strokes do not scale, so dots keep their size on the screen.
const SVG = 'http://www.w3.org/2000/svg';
const CELL = 30; // Dots of one region closer than this many screen pixels become one cluster.
const DEEPEST = 40;

function start(root) {
  const scope = root.closest('.map-layout') ?? root;
  const frame = root.querySelector('.map-view');
  const svg = frame.querySelector('svg');
  const controls = root.querySelector('.map-controls');
  const [left, top, width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
  const dots = [...svg.querySelectorAll('.dot')].map((element) => ({
    element,
    key: element.dataset.member,
    region: element.dataset.region,
    x: Number(element.dataset.x),
    y: Number(element.dataset.y),
    cluster: null,
  }));
  const byKey = new Map(dots.map((dot) => [dot.key, dot]));
  const clusterLayer = svg.appendChild(document.createElementNS(SVG, 'g'));
  const label = svg.appendChild(document.createElementNS(SVG, 'text'));
  label.setAttribute('class', 'map-label');
  let view = { x: left, y: top, zoom: 1 };
  let shown = null;
  let pending = 0;

  const unitsPerPixel = () => width / view.zoom / (svg.clientWidth || width);

  function show(next) {
    const zoom = Math.min(DEEPEST, Math.max(1, next.zoom));
    const inside = (value, low, size) => Math.min(Math.max(value, low), low + size - size / zoom);
    view = { zoom, x: inside(next.x, left, width), y: inside(next.y, top, height) };
    pending ||= requestAnimationFrame(draw);
  }

  function zoomAt(factor, x = view.x + width / view.zoom / 2, y = view.y + height / view.zoom / 2) {
    const zoom = Math.min(DEEPEST, Math.max(1, view.zoom * factor));
    const kept = view.zoom / zoom;
    show({ zoom, x: x - (x - view.x) * kept, y: y - (y - view.y) * kept });
  }

  function fit(members) {
    const xs = members.map((dot) => dot.x);
    const ys = members.map((dot) => dot.y);
    const spanX = Math.max(...xs) - Math.min(...xs);
    const spanY = Math.max(...ys) - Math.min(...ys);
    const zoom = Math.min(DEEPEST, width / (spanX * 1.6 + 8), height / (spanY * 1.6 + 8));
    const centreX = Math.min(...xs) + spanX / 2;
    const centreY = Math.min(...ys) + spanY / 2;
    show({ zoom, x: centreX - width / zoom / 2, y: centreY - height / zoom / 2 });
  }

  function draw() {
    pending = 0;
    svg.setAttribute('viewBox', `${view.x} ${view.y} ${width / view.zoom} ${height / view.zoom}`);
    frame.classList.toggle('is-zoomed', view.zoom > 1);
    controls.querySelector('[data-zoom="out"]').disabled = view.zoom <= 1;
    controls.querySelector('[data-zoom="in"]').disabled = view.zoom >= DEEPEST;
    cluster();
    point();
  }

  function cluster() {
    const unit = unitsPerPixel();
    const cells = new Map();
    for (const dot of dots) {
      const cell = `${dot.region} ${Math.floor(dot.x / unit / CELL)} ${Math.floor(dot.y / unit / CELL)}`;
      if (!cells.has(cell)) cells.set(cell, { region: dot.region, members: [] });
      cells.get(cell).members.push(dot);
    }
    clusterLayer.replaceChildren();
    for (const { members } of joined([...cells.values()], 26 * unit)) {
      const group = members.length > 1 && view.zoom < DEEPEST ? clusterOf(members, unit) : null;
      for (const dot of members) {
        dot.cluster = group;
        dot.element.classList.toggle('is-in-cluster', group !== null);
      }
    }
  }

  const middle = (members, axis) => members.reduce((sum, dot) => sum + dot[axis], 0) / members.length;

  // Neighbouring cells whose middles would overlap become one.
  function joined(cells, distance) {
    const kept = [];
    for (let cell of cells) {
      const apart = (other) => Math.hypot(...['x', 'y'].map((axis) => middle(cell.members, axis) - middle(other.members, axis)));
      for (;;) {
        const near = kept.findIndex((other) => other.region === cell.region && apart(other) < distance);
        if (near < 0) break;
        const [other] = kept.splice(near, 1);
        cell = { region: cell.region, members: [...other.members, ...cell.members] };
      }
      kept.push(cell);
    }
    return kept;
  }

  function clusterOf(members, unit) {
    const [x, y] = [middle(members, 'x'), middle(members, 'y')];
    const group = clusterLayer.appendChild(document.createElementNS(SVG, 'g'));
    group.setAttribute('class', `cluster region-${members[0].region}${members.length > 9 ? ' many' : ''}`);
    for (const name of ['halo', 'core']) {
      const path = group.appendChild(document.createElementNS(SVG, 'path'));
      path.setAttribute('class', name);
      path.setAttribute('d', `M${x} ${y}h.01`);
    }
    const text = group.appendChild(document.createElementNS(SVG, 'text'));
    text.setAttribute('x', x);
    text.setAttribute('y', y + 4 * unit);
    text.setAttribute('font-size', 12 * unit);
    text.textContent = members.length;
    group.addEventListener('click', () => moved || fit(members));
    group.addEventListener('pointerenter', () => tell(x, y, names(members)));
    group.addEventListener('pointerleave', quiet);
    return group;
  }

  const nameOf = (dot) => dot.element.querySelector('title').textContent;
  const names = (members) =>
    members.slice(0, 3).map((dot) => nameOf(dot).split(',')[0]).join(', ') + (members.length > 3 ? ' …' : '');

  function tell(x, y, words) {
    const unit = unitsPerPixel();
    const atRight = x > view.x + (width / view.zoom) * 0.6;
    label.setAttribute('x', x + (atRight ? -17 : 17) * unit);
    label.setAttribute('y', y + 5 * unit);
    label.setAttribute('text-anchor', atRight ? 'end' : 'start');
    label.setAttribute('font-size', 14 * unit);
    label.setAttribute('stroke-width', 4 * unit);
    label.textContent = words;
  }

  const quiet = () => (label.textContent = '');

  // Marks the member that the list points at, or the cluster that it is in.
  function point() {
    svg.querySelectorAll('.is-on').forEach((element) => element.classList.remove('is-on'));
    if (!shown) return quiet();
    (shown.cluster ?? shown.element).classList.add('is-on');
    tell(shown.x, shown.y, nameOf(shown));
  }

  function pointAt(key) {
    shown = byKey.get(key) ?? null;
    const seen =
      !shown ||
      (shown.x > view.x && shown.x < view.x + width / view.zoom && shown.y > view.y && shown.y < view.y + height / view.zoom);
    if (seen) point();
    else show({ zoom: view.zoom, x: shown.x - width / view.zoom / 2, y: shown.y - height / view.zoom / 2 });
  }

  for (const [begin, end] of [['pointerover', 'pointerout'], ['focusin', 'focusout']]) {
    scope.addEventListener(begin, (event) => {
      const key = event.target.closest?.('[data-member]')?.dataset.member;
      if (key) pointAt(key);
    });
    scope.addEventListener(end, (event) => {
      if (event.target.closest?.('[data-member]')) pointAt(null);
    });
  }

  // Pointers: one drags, two pinch.
  const fingers = new Map();
  let moved = false;
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const unit = unitsPerPixel();
    return [view.x + (event.clientX - box.left) * unit, view.y + (event.clientY - box.top) * unit];
  };

  frame.addEventListener('pointerdown', (event) => {
    if (event.button === 0) fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (fingers.size === 1) moved = false;
  });
  frame.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    const unit = unitsPerPixel();
    if (fingers.size === 1) {
      if (!moved && Math.hypot(now[0] - before[0], now[1] - before[1]) < 5) return;
      if (!moved) frame.setPointerCapture(event.pointerId);
      moved = true;
      frame.classList.add('is-dragging');
      show({ zoom: view.zoom, x: view.x - (now[0] - before[0]) * unit, y: view.y - (now[1] - before[1]) * unit });
    } else {
      moved = true;
      const other = [...fingers].find(([id]) => id !== event.pointerId)[1];
      const spread = (finger) => Math.hypot(finger[0] - other[0], finger[1] - other[1]) || 1;
      zoomAt(spread(now) / spread(before), ...at({ clientX: other[0], clientY: other[1] }));
    }
    fingers.set(event.pointerId, now);
  });
  for (const name of ['pointerup', 'pointercancel']) {
    frame.addEventListener(name, (event) => {
      fingers.delete(event.pointerId);
      frame.classList.remove('is-dragging');
    });
  }
  frame.addEventListener('pointerleave', (event) => moved || fingers.delete(event.pointerId));
  frame.addEventListener('dragstart', (event) => event.preventDefault());
  frame.addEventListener('click', (event) => moved && event.preventDefault(), true);

  // The wheel scrolls the page until the map has been chosen by a click, a key or Ctrl.
  frame.addEventListener('wheel', (event) => {
    const chosen = event.ctrlKey || event.metaKey || frame.contains(document.activeElement);
    if (!chosen || (view.zoom <= 1 && event.deltaY > 0)) return;
    event.preventDefault();
    zoomAt(Math.exp(-event.deltaY * 0.002), ...at(event));
  }, { passive: false });

  const step = (dx, dy) => show({ zoom: view.zoom, x: view.x + (dx * width) / view.zoom, y: view.y + (dy * height) / view.zoom });
  const actions = {
    ArrowLeft: () => step(-0.15, 0), ArrowRight: () => step(0.15, 0), ArrowUp: () => step(0, -0.15), ArrowDown: () => step(0, 0.15),
    in: () => zoomAt(1.6), out: () => zoomAt(1 / 1.6), reset: () => show({ zoom: 1, x: left, y: top }),
  };
  Object.assign(actions, { '+': actions.in, '=': actions.in, '-': actions.out, 0: actions.reset });
  frame.addEventListener('keydown', (event) => {
    const action = !event.ctrlKey && !event.metaKey && !event.altKey && event.target === frame && actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  controls.addEventListener('click', (event) => actions[event.target.closest('button')?.dataset.zoom]?.());

  frame.tabIndex = 0;
  controls.hidden = false;
  new ResizeObserver(() => show(view)).observe(svg);
}

document.querySelectorAll('[data-map]').forEach(start);
