
'use strict';
(() => {
  const $ = id => document.getElementById(id);
  const levels = { Trace: 0, Debug: 1, Information: 2, Warning: 3, Error: 4, Critical: 5 };
  const commands = ['stop', 'start', 'restart', 'kill'];
  const maxLines = 3000;
  const rows = new Map();
  let replicas = [], selected = null, stream = null, lines = [], pending = [], painting = false;

  // What stands behind the # reaches no server and no log, and goes at once: the token, a replica to show, values to preset in the panel. The token is kept for all tabs, since links of the
  // shop open new ones; the next start has another.
  let wished = null;
  function takeHash() {
    const given = new URLSearchParams(location.hash.slice(1));
    if (![...given.keys()].length) return;
    history.replaceState(null, '', location.pathname);
    if (given.get('token')) localStorage.setItem('runner-token', given.get('token'));
    wished = given.get('replica');
    given.delete('token');
    given.delete('replica');
    runner.preset = given;
    document.dispatchEvent(new Event('runner-preset'));
  }
  const token = () => localStorage.getItem('runner-token') || '';
  const askForToken = () => { $('token-form').hidden = !!token(); };
  $('token-form').addEventListener('submit', event => {
    event.preventDefault();
    localStorage.setItem('runner-token', $('token').value.trim());
    $('token').value = '';
    askForToken();
    refresh();
  });

  let toastTimer;
  function toast(text) {
    $('toast').textContent = text;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => { $('toast').textContent = ''; }, 6000);
  }

  async function send(path, body) {
    try {
      const headers = { 'X-Runner-Token': token() };
      if (body) headers['Content-Type'] = 'application/json';
      const answer = await fetch(path, { method: 'POST', headers, body: body && JSON.stringify(body) });
      if (answer.status === 401) {
        localStorage.removeItem('runner-token');
        askForToken();
        $('token').focus();
      }
      if (!answer.ok) toast((await answer.json()).title);
      return answer.ok;
    } catch {
      toast('The runner does not answer.');
      return false;
    }
  }

  async function run(replica, command) {
    await send(`/api/resources/${replica}/${command}`);
    refresh();
  }

  function uptime(seconds) {
    if (seconds == null) return '';
    const s = Math.floor(seconds);
    if (s < 60) return `${s} s`;
    if (s < 3600) return `${Math.floor(s / 60)} min`;
    return `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min`;
  }

  function look(replica) {
    if (replica.state === 'Running') return replica.health === 'Healthy' ? ['good', 'Healthy'] : ['warn busy', replica.health];
    if (replica.state === 'FailedToStart') return ['bad', 'Failed to start'];
    if (replica.nextStartAt) return ['bad busy', 'Restarting'];
    if (replica.state === 'Exited') return [replica.exitCode ? 'bad' : '', 'Exited'];
    if (replica.state === 'NotStarted') return ['', 'Not started'];
    return [replica.state === 'Finished' ? '' : 'warn busy', replica.state];
  }

  const allowed = {
    stop: r => r.pid != null || r.nextStartAt != null,
    start: r => r.pid == null,
    restart: r => r.pid != null,
    kill: r => r.pid != null,
  };

  function rowOf(name) {
    let row = rows.get(name);
    if (row) return row;
    row = $('row').content.firstElementChild.cloneNode(true);
    row.querySelector('.name').textContent = name;
    row.querySelector('.name').addEventListener('click', () => select(name, true));
    row.querySelector('.restarts').dataset.label = 'Restarts';
    row.querySelector('.up').dataset.label = 'Up';
    for (const command of commands) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = command[0].toUpperCase() + command.slice(1);
      button.className = command;
      button.setAttribute('aria-label', `${button.textContent} ${name}`);
      if (command === 'kill') button.title = 'SIGKILL: as if it had crashed. It is started again.';
      button.addEventListener('click', () => run(name, command));
      row.querySelector('.actions').append(button);
    }
    rows.set(name, row);
    $('rows').append(row);
    return row;
  }

  const set = (element, text) => { if (element.textContent !== text) element.textContent = text; };

  function paintRow(replica) {
    const row = rowOf(replica.replica);
    const [style, text] = look(replica);
    const state = row.querySelector('.state');
    state.className = `state ${style}`;
    set(state.querySelector('b'), text);
    set(row.querySelector('.reason'), replica.state === 'Running' && replica.health === 'Healthy' ? '' : replica.reason || '');
    set(row.querySelector('.source'), replica.type === 'Project' ? '' : replica.source);
    set(row.querySelector('.pid'), replica.pid == null ? '' : String(replica.pid));
    set(row.querySelector('.restarts'), String(replica.restarts));
    set(row.querySelector('.up'), uptime(replica.uptimeSeconds));
    const links = row.querySelector('.links');
    const wanted = JSON.stringify(replica.links) + replica.url;
    if (links.dataset.shown !== wanted) {
      links.dataset.shown = wanted;
      links.replaceChildren(...replica.links.map(link => {
        const a = document.createElement('a');
        a.href = link.url;
        a.target = '_blank';
        a.rel = 'noreferrer';
        a.textContent = link.text ? `${link.text} · ${link.url.replace(/^https?:\/\//, '')}` : link.url.replace(/^https?:\/\//, '');
        return a;
      }));
      if (!replica.links.length) links.textContent = (replica.url || '').replace(/^\w+:\/\//, '');
    }
    for (const button of row.querySelectorAll('.actions button')) button.disabled = !token() || !allowed[button.className](replica);
    row.setAttribute('aria-selected', String(replica.replica === selected));
  }

  function paint() {
    replicas.forEach(paintRow);
    const healthy = replicas.filter(r => r.health === 'Healthy').length;
    set($('summary'), `${healthy} of ${replicas.length} healthy`);
    document.dispatchEvent(new CustomEvent('runner-replicas', { detail: replicas }));
    if (wished && rows.has(wished)) {
      // Forgotten first: selecting paints again.
      const [name, row] = [wished, rows.get(wished)];
      wished = null;
      select(name, false);
      row.scrollIntoView({ block: 'center' });
      row.querySelector('.kill:not(:disabled)')?.focus();
    }
  }

  async function refresh() {
    try {
      const answer = await fetch('/api/resources');
      replicas = await answer.json();
      paint();
    } catch {
      set($('summary'), 'The runner does not answer. Has it been ended?');
    }
  }

  function select(name, focus) {
    selected = name;
    $('detail').hidden = false;
    set($('detail-name'), name);
    $('download').href = `/api/resources/${name}/logs?format=text`;
    lines = [];
    pending = [];
    $('log').replaceChildren();
    $('log-empty').hidden = false;
    stream?.close();
    stream = new EventSource(`/api/resources/${name}/logs`);
    stream.onmessage = event => {
      pending.push(JSON.parse(event.data));
      if (!painting) {
        painting = true;
        requestAnimationFrame(paintLog);
      }
    };
    loadEnvironment(name);
    paint();
    if (focus) $('detail-name').focus();
  }

  const shown = line => levels[line.level] >= Number($('level').value)
    && line.text.toLowerCase().includes($('filter').value.toLowerCase());

  function item(line) {
    const li = document.createElement('li');
    li.className = `l${levels[line.level]}${line.text.startsWith('[runner]') ? ' runner' : ''}`;
    const time = document.createElement('time');
    time.dateTime = line.time;
    time.textContent = new Date(line.time).toTimeString().slice(0, 8) + '.' + line.time.slice(20, 23);
    const text = document.createElement('span');
    text.textContent = line.text;
    li.append(time, text);
    return li;
  }

  function paintLog() {
    painting = false;
    lines.push(...pending);
    const fresh = pending.filter(shown);
    pending = [];
    if (lines.length > maxLines) lines = lines.slice(-maxLines);
    $('log').append(...fresh.map(item));
    while ($('log').childElementCount > maxLines) $('log').firstElementChild.remove();
    afterPaint();
  }

  function afterPaint() {
    $('log-empty').hidden = $('log').childElementCount > 0;
    if ($('follow').checked) $('panel-log').scrollTop = $('panel-log').scrollHeight;
  }

  function repaintLog() {
    $('log').replaceChildren(...lines.filter(shown).map(item));
    afterPaint();
  }

  async function loadEnvironment(name) {
    const answer = await fetch(`/api/resources/${name}/environment`);
    const variables = await answer.json();
    if (name !== selected) return;
    $('env').replaceChildren(...variables.flatMap(variable => {
      const dt = document.createElement('dt');
      dt.textContent = variable.name;
      const dd = document.createElement('dd');
      dd.textContent = variable.value;
      if (variable.masked) dd.title = 'A secret; not shown here.';
      return [dt, dd];
    }));
  }

  function tab(name) {
    for (const each of ['log', 'env']) {
      const active = each === name;
      $(`tab-${each}`).setAttribute('aria-selected', String(active));
      $(`tab-${each}`).tabIndex = active ? 0 : -1;
      $(`panel-${each}`).hidden = !active;
    }
    $('log-tools').hidden = name !== 'log';
    if (name === 'env' && selected) loadEnvironment(selected);
  }

  for (const each of ['log', 'env']) {
    $(`tab-${each}`).addEventListener('click', () => tab(each));
    $(`tab-${each}`).addEventListener('keydown', event => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      const other = each === 'log' ? 'env' : 'log';
      tab(other);
      $(`tab-${other}`).focus();
    });
  }
  $('filter').addEventListener('input', repaintLog);
  $('level').addEventListener('change', repaintLog);
  $('follow').addEventListener('change', afterPaint);
  $('clear').addEventListener('click', () => { lines = []; repaintLog(); });
  $('close').addEventListener('click', () => {
    const name = selected;
    selected = null;
    stream?.close();
    $('detail').hidden = true;
    paint();
    rows.get(name)?.querySelector('.name').focus();
  });
  $('panel-log').addEventListener('wheel', () => {
    const panel = $('panel-log');
    requestAnimationFrame(() => { $('follow').checked = panel.scrollTop + panel.clientHeight >= panel.scrollHeight - 4; });
  }, { passive: true });
  document.addEventListener('keydown', event => {
    if (event.key === '/' && !$('detail').hidden && !/INPUT|SELECT/.test(document.activeElement.tagName)) {
      event.preventDefault();
      $('filter').focus();
    }
    if (event.key === 'Escape' && !$('detail').hidden) $('close').click();
  });

  // What the panel (page.panel.js) needs of this.
  const runner = window.runner = { $, set, token, toast, send, refresh, preset: null };
  takeHash();
  addEventListener('hashchange', () => { takeHash(); askForToken(); refresh(); });
  addEventListener('storage', () => { askForToken(); refresh(); });
  askForToken();
  refresh().then(() => { if (replicas.length && !selected) select((replicas.find(r => r.health !== 'Healthy') || replicas[replicas.length - 1]).replica, false); });
  setInterval(() => { if (!document.hidden) refresh(); }, 1000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
})();
