"use strict";
// The page works without this script. It adds: plans again while sliders move, charts that can be pointed at, live runs and calibrations.
(() => {
  const form = document.getElementById("plan");
  const result = document.getElementById("result");
  const live = document.getElementById("live");
  const hiddenGroups = new Set();

  // --- Charts: the nearest point under the pointer, or the next one by arrow key, shows its text. ---
  const circlesOf = svg => [...svg.querySelectorAll("g[data-group]:not([hidden]) circle")];

  function show(svg, circle) {
    const figure = svg.closest("figure");
    const tip = figure.querySelector(".tip");
    figure.querySelector("circle.active")?.classList.remove("active");
    tip.hidden = !circle;
    if (!circle) return;
    circle.classList.add("active");
    tip.textContent = circle.querySelector("title").textContent;
    const dot = circle.getBoundingClientRect(), box = figure.getBoundingClientRect();
    const left = Math.min(dot.left - box.left + 14, box.width - tip.offsetWidth);
    tip.style.left = `${Math.max(0, left)}px`;
    tip.style.top = `${Math.max(0, dot.top - box.top - tip.offsetHeight - 8)}px`;
  }

  function nearest(svg, event) {
    let best = null, bestDistance = 28;
    for (const circle of circlesOf(svg)) {
      const box = circle.getBoundingClientRect();
      const distance = Math.hypot(box.left + box.width / 2 - event.clientX, box.top + box.height / 2 - event.clientY);
      if (distance < bestDistance) [best, bestDistance] = [circle, distance];
    }
    return best;
  }

  function step(svg, key) {
    const circles = circlesOf(svg).sort((a, b) => a.cx.baseVal.value - b.cx.baseVal.value || b.cy.baseVal.value - a.cy.baseVal.value);
    const at = circles.findIndex(circle => circle.classList.contains("active"));
    const to = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: circles.length - 1 }[key];
    if (to === undefined || circles.length === 0) return false;
    show(svg, circles[Math.max(0, Math.min(circles.length - 1, to))]);
    return true;
  }

  document.addEventListener("pointermove", event => {
    const svg = event.target.closest?.("figure.marks svg");
    if (svg) show(svg, nearest(svg, event));
  });
  document.addEventListener("pointerout", event => {
    const svg = event.target.closest?.("figure.marks svg");
    if (svg && !svg.contains(event.relatedTarget)) show(svg, null);
  });
  document.addEventListener("keydown", event => {
    const svg = event.target.closest?.("figure.marks svg");
    if (svg && event.key === "Escape") show(svg, null);
    if (svg && step(svg, event.key)) event.preventDefault();
  });

  // --- Share and print. ---
  document.addEventListener("click", async event => {
    const button = event.target.closest("button[data-do]");
    if (!button) return;
    if (button.dataset.do === "print") return window.print();
    const link = new URL(document.querySelector("#answer .asked a").getAttribute("href"), location.href).href;
    try {
      if (navigator.share && matchMedia("(pointer: coarse)").matches) return await navigator.share({ title: document.title, url: link });
      await navigator.clipboard.writeText(link);
      button.textContent = "Link copied";
    } catch (error) {
      if (error.name !== "AbortError") window.prompt("The link to this plan", link);
    }
  });

  // --- Filter: groups that are not ticked are hidden, also after planning again. ---
  function filter() {
    for (const box of document.querySelectorAll(".filter input")) box.checked = !hiddenGroups.has(box.value);
    for (const group of document.querySelectorAll("figure.marks g[data-group]")) group.toggleAttribute("hidden", hiddenGroups.has(group.dataset.group));
  }
  document.addEventListener("change", event => {
    if (!event.target.matches(".filter input")) return;
    hiddenGroups[event.target.checked ? "delete" : "add"](event.target.value);
    filter();
  });
  document.addEventListener("click", event => {
    const button = event.target.closest(".filter button");
    if (!button) return;
    for (const box of document.querySelectorAll(".filter input")) hiddenGroups[button.dataset.all === "true" ? "delete" : "add"](box.value);
    filter();
  });

  // --- Planning again: the latest request wins, earlier ones are cancelled. ---
  let running = null;

  function query() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") fields.append(name, value);
    return fields.toString();
  }

  function tell(problems) {
    for (const place of form.querySelectorAll(".problem")) place.textContent = "";
    for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    for (const { field, message } of problems) {
      const place = document.getElementById(`problem-${field}`) ?? document.getElementById("problem-");
      place.textContent = place.textContent ? `${place.textContent}; ${message}` : message;
      document.getElementById(field)?.setAttribute("aria-invalid", "true");
      place.closest("details")?.setAttribute("open", "");
    }
  }

  async function replan() {
    running?.abort();
    const mine = running = new AbortController();
    const progress = document.getElementById("progress");
    const started = performance.now();
    let isStale = false;
    const slow = setTimeout(() => { progress.textContent = "planning …"; result.classList.add("stale"); }, 150);
    try {
      const response = await fetch(`/api/plan?${query()}`, { signal: mine.signal });
      if (response.status !== 200 && response.status !== 400) throw new Error(`the server answered ${response.status}`);
      const isJson = response.headers.get("content-type")?.startsWith("application/json");
      if (!isJson) throw new Error("the request can't be answered");
      const answer = await response.json();
      const problems = answer.problems ?? [];
      tell(problems);
      isStale = problems.length > 0;
      if (answer.html) {
        const open = [...result.querySelectorAll("details[open] > summary")].map(summary => summary.textContent);
        result.innerHTML = answer.html;
        for (const summary of result.querySelectorAll("summary")) if (open.includes(summary.textContent)) summary.parentElement.open = true;
        document.title = `${answer.title} · slm-plan`;
        history.replaceState(null, "", answer.link);
        filter();
      }
      progress.textContent = answer.html ? `planned in ${Math.round(performance.now() - started)} ms`
        : result.children.length > 0 ? "the answer below is to the request before" : "";
    } catch (error) {
      if (error.name === "AbortError") return;
      progress.textContent = `not planned: ${error.message}`;
    } finally {
      clearTimeout(slow);
      if (running === mine) { running = null; result.classList.toggle("stale", isStale); }
    }
  }

  // --- Sliders: by ratio between two ends; they write the field beside them, and follow it. ---
  const ends = { "budget": [10, 1e6], "deadline": [1, 24 * 365], "day-worth": [1, 1e5], "max-gpus": [1, 1024] };
  const hoursPer = { w: 168, d: 24, h: 1, m: 1 / 60 };
  const scale = { k: 1e3, m: 1e6 };
  const round2 = value => Number(value.toPrecision(2));

  function textOf(name, value) {
    if (name === "max-gpus") return String(2 ** Math.round(Math.log2(value)));
    if (name === "budget" || name === "day-worth") return String(round2(value));
    return value < 48 ? `${Math.max(1, Math.round(value))}h` : `${round2(value / 24)}d`;
  }

  function valueOf(name, text) {
    if (name === "deadline") return [...text.matchAll(/([\d.]+)\s*([wdhm])/gi)].reduce((sum, [, number, unit]) => sum + number * hoursPer[unit.toLowerCase()], 0);
    const match = /^\$?\s*([\d.,]+)\s*([km]?)/i.exec(text);
    return match ? Number(match[1].replaceAll(",", "")) * (scale[match[2].toLowerCase()] ?? 1) : 0;
  }

  function place(slider) {
    const [low, high] = ends[slider.dataset.for];
    const field = document.getElementById(slider.dataset.for);
    const value = valueOf(slider.dataset.for, field.value || field.placeholder) || low;
    slider.value = Math.round(1000 * Math.log(Math.min(high, Math.max(low, value)) / low) / Math.log(high / low));
    slider.setAttribute("aria-valuetext", field.value || "not stated");
  }

  if (form) {
    let pending = 0;
    const soon = wait => { clearTimeout(pending); pending = setTimeout(replan, wait); };
    const hasEnough = () => [...new FormData(form)].some(([name, value]) => (name === "model" || name === "budget") && value !== "");
    for (const slider of form.querySelectorAll("input[type=range]")) {
      place(slider);
      slider.addEventListener("input", () => {
        const [low, high] = ends[slider.dataset.for];
        const field = document.getElementById(slider.dataset.for);
        field.value = textOf(slider.dataset.for, low * (high / low) ** (slider.value / 1000));
        slider.setAttribute("aria-valuetext", field.value);
        if (hasEnough()) soon(60);
      });
    }
    form.addEventListener("change", event => {
      const slider = form.querySelector(`input[type=range][data-for="${event.target.id}"]`);
      if (slider) place(slider);
      if (event.target.type !== "range" && result.children.length > 0) soon(0);
    });
    form.addEventListener("submit", event => { event.preventDefault(); soon(0); });
  }

  // --- Live runs and calibrations: the server pushes the whole part after each change. What was open or focused stays so. ---
  if (live) {
    const status = document.getElementById("live-status");
    const renew = html => {
      const focused = live.contains(document.activeElement) ? document.activeElement.closest("figure[id]")?.id : null;
      const at = focused ? circlesOf(document.activeElement.closest("svg")).findIndex(circle => circle.classList.contains("active")) : -1;
      const open = [...live.querySelectorAll("details[open] > summary")].map(summary => summary.textContent);
      live.innerHTML = html;
      for (const summary of live.querySelectorAll("summary")) if (open.includes(summary.textContent)) summary.parentElement.open = true;
      const svg = focused ? document.getElementById(focused)?.querySelector("svg") : null;
      svg?.focus({ preventScroll: true });
      if (svg && at >= 0) show(svg, circlesOf(svg)[at] ?? null);
      const says = live.querySelector("[data-says]")?.dataset.says;
      if (status && says && status.textContent !== says) status.textContent = says;
    };
    const follow = () => {
      const source = new EventSource(live.dataset.stream);
      source.addEventListener("run", event => renew(event.data));
      source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED) setTimeout(follow, 5000); });
    };
    follow();
  }
})();
