// The directory searches as you type: the same form, the same URL, only #results is exchanged.
const form = document.querySelector('form[data-live]');
const status = document.getElementById('results-status');

if (form && status) {
  let timer;
  let running;

  // The shareable URL: only what is filled in.
  const address = () => {
    const filled = [...new FormData(form)].filter(([, value]) => value !== '');
    const query = new URLSearchParams(filled).toString();
    return form.getAttribute('action') + (query ? `?${query}` : '');
  };

  const load = async () => {
    running?.abort();
    const current = (running = new AbortController());
    const url = address();
    const results = document.getElementById('results');
    results.setAttribute('aria-busy', 'true');
    try {
      const response = await fetch(url, { signal: current.signal, headers: { Accept: 'text/html' } });
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const found = page.getElementById('results');
      if (!found) throw new Error(`no results in ${url}`);
      results.replaceWith(found);
      // The same list in the other languages.
      const languages = page.querySelector('nav.languages');
      if (languages) document.querySelector('nav.languages')?.replaceWith(languages);
      history.replaceState(null, '', url);
      document.title = page.title;
      status.textContent = found.dataset.summary ?? '';
    } catch (error) {
      if (current.signal.aborted) return;
      location.assign(url); // The server says better than we can what went wrong.
    }
  };

  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(load, wait);
  };

  form.addEventListener('input', (event) => soon(event.target.type === 'search' ? 150 : 0));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    soon(0);
  });
}
