
'use strict';
(() => {
  const { $, set, token, send, refresh } = window.runner;
  const selects = new Map();
  let panel = null, replicas = [], asking = false, busy = false, said = '';

  const members = () => new Set(panel.choices.flatMap(choice => choice.resources));
  const chosen = name => selects.get(name)?.value;
  const inForce = choice => choice.inForce.length === 1 ? choice.inForce[0] : null;
  const meets = condition => condition.values.includes(chosen(condition.variable));
  const cautions = () => panel.cautions.filter(caution => caution.when.every(meets));

  function build() {
    $('panel').hidden = false;
    set($('panel-heading'), panel.title);
    for (const choice of panel.choices) {
      const label = $('choice').content.firstElementChild.cloneNode(true);
      label.querySelector('span').textContent = choice.label;
      const select = label.querySelector('select');
      select.name = choice.name;
      select.append(...choice.values.map(value => new Option(value.text ? `${value.value} – ${value.text}` : value.value, value.value)));
      select.value = inForce(choice) ?? choice.values[0].value;
      selects.set(choice.name, select);
      $('panel-choices').append(label);
    }
    preset();
  }

  function preset() {
    const wanted = window.runner.preset;
    if (!panel || !wanted) return;
    window.runner.preset = null;
    let any = false;
    for (const [name, select] of selects) {
      if (!wanted.has(name)) continue;
      select.value = wanted.get(name);
      any = true;
    }
    paint();
    if (any) $('panel-switch').focus();
  }

  // Only who sees a difference is restarted.
  function changes() {
    const all = new Map();
    const put = (resource, name, value) => all.set(resource, { ...all.get(resource), [name]: value });
    for (const choice of panel.choices)
      if (inForce(choice) !== chosen(choice.name)) for (const resource of choice.resources) put(resource, choice.name, chosen(choice.name));
    const permit = panel.permit;
    if (permit) {
      const needed = cautions().some(caution => caution.needsPermit);
      if (needed && !permit.inForce) for (const resource of permit.resources) put(resource, permit.name, permit.value);
      if (!needed && permit.isOverridden) for (const resource of permit.resources) put(resource, permit.name, null);
    }
    return all;
  }

  function fact(label, value) {
    const b = document.createElement('b');
    b.textContent = value;
    return [document.createTextNode(`${label} `), b];
  }

  function facts(element, pairs, rest) {
    const nodes = pairs.flatMap(([label, value], index) => [...(index ? [document.createTextNode(' · ')] : []), ...fact(label, value)]);
    if (rest) nodes.push(document.createTextNode(` · ${rest}`));
    const wanted = nodes.map(node => node.textContent).join('');
    if (element.textContent !== wanted) element.replaceChildren(...nodes);
  }

  function paint() {
    if (!panel) return;
    const names = members();
    const own = replicas.filter(replica => names.has(replica.name));
    const counts = [...names].map(name => own.filter(replica => replica.name === name).length);
    const healthy = own.filter(replica => replica.health === 'Healthy').length;
    const pairs = panel.choices.map(choice => [choice.label, choice.inForce.join(' and ')]);
    pairs.push(['Replicas', [...names].map((name, index) => `${counts[index]} ${name}`).join(', ')]);
    if (panel.permit?.inForce) pairs.push([panel.permit.name, panel.permit.value]);
    facts($('panel-force'), pairs, healthy < own.length ? `${healthy} of ${own.length} healthy …` : '');
    const shown = cautions().map(caution => caution.text);
    if ($('panel-cautions').dataset.shown !== shown.join('\n')) {
      $('panel-cautions').dataset.shown = shown.join('\n');
      $('panel-cautions').replaceChildren(...shown.map(text => {
        const p = document.createElement('p');
        p.className = 'caution';
        p.textContent = text;
        return p;
      }));
    }
    const same = changes().size === 0;
    $('panel-switch').disabled = !token() || same || busy;
    $('panel-restart').disabled = !token() || busy;
    set($('panel-hint'), !token() ? 'Changes need the token that was printed at start.' : said || (same ? 'This is in force.' : ''));
  }

  async function load() {
    if (document.hidden) return;
    try {
      const answer = await fetch('/api/panel');
      if (!answer.ok) return;
      const first = !panel;
      panel = await answer.json();
      if (first) build();
      paint();
    } catch {
      // The list of replicas says that the runner does not answer.
    }
  }

  // Says what is being done for as long as it takes, and then how it ended: what is painted every second in between keeps it.
  async function act(work, done) {
    [busy, said] = [true, 'Restarting …'];
    paint();
    const results = await work();
    [busy, said] = [false, results.every(Boolean) ? done : 'Not all could be restarted.'];
    paint();
    await refresh();
  }

  async function ask() {
    if (document.hidden || asking || !panel?.showsServing) return;
    asking = true;
    try {
      const answers = await (await fetch('/api/panel/serving')).json();
      $('panel-serving').hidden = answers.length === 0;
      facts($('panel-serving'), answers.map(answer => [`${answer.name} is served by`, answer.replica ?? 'nobody']), 'for a visitor without a session');
    } catch {
      $('panel-serving').hidden = true;
    } finally {
      asking = false;
    }
  }

  $('panel-form').addEventListener('submit', async event => {
    event.preventDefault();
    const all = [...changes()];
    if (!token() || !all.length || busy) return;
    await act(() => Promise.all(all.map(([resource, variables]) => send(`/api/resources/${resource}/environment`, variables))), '');
    await load();
  });
  $('panel-restart').addEventListener('click', async () => {
    const names = members();
    const own = replicas.filter(replica => names.has(replica.name) && replica.pid != null);
    await act(() => Promise.all(own.map(replica => send(`/api/resources/${replica.replica}/restart`))), 'Restarted.');
  });
  // What was said is about the choice before.
  $('panel-form').addEventListener('change', () => {
    if (!busy) said = '';
    paint();
  });
  document.addEventListener('runner-replicas', event => { replicas = event.detail; paint(); });
  document.addEventListener('runner-preset', preset);

  load().then(ask);
  setInterval(load, 1000);
  setInterval(ask, 3000);
})();
